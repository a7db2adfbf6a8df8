/** What of the vendors of single parts needs which plan. */
import type { Feature } from "./plan.ts";

const developer = { of: "sentry", plan: "developer" } as const;
const team = { of: "sentry", plan: "team" } as const;
const onSentrysPage = {
  confidence: "cited",
  source: "sentry.io/pricing, as transcribed (2026-09)",
} as const;
const sentry = (name: string) => `sentry:index/${name}:${name.charAt(0).toUpperCase()}${name.slice(1)}`;

export const elsewhereFeatures = {
  "sentry-errors": {
    name: "errors in Sentry",
    offer: developer,
    ...onSentrysPage,
    types: [sentry("sentryKey")],
  },
  "sentry-more-users": {
    name: "errors in Sentry that more than one person can look at",
    offer: team,
    ...onSentrysPage,
    types: [sentry("sentryProject")],
    instead: "errors.kind: datadog, without a project of its own",
  },
  "sentry-integrations": {
    name: "alerts of Sentry's that reach PagerDuty",
    offer: team,
    ...onSentrysPage,
    types: [sentry("sentryIssueAlert")],
    instead: "errors.kind: datadog, whose monitors page",
  },
  "neon-history-of-a-week": {
    name: "a way back to any second of a week",
    offer: { of: "neon", plan: "launch" },
    confidence: "cited",
    source: "neon.com/docs/introduction/plans (2026-11)",
    // No provider declares it: the config asks.
    types: [],
    instead: "six hours of history, and the dump of each day",
  },
  "cloudflare-records": {
    name: "records and signatures of a zone at Cloudflare",
    offer: undefined,
    confidence: "guess",
    source: "no page that names a plan was found",
    types: ["cloudflare:index/dnsRecord:DnsRecord", "cloudflare:index/zoneDnssec:ZoneDnssec"],
  },
} as const satisfies Readonly<Record<string, Feature>>;
