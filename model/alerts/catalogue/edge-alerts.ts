/** Alerts on the way to the services: the CDN and the domain's certificate. */
import type { StackSpec } from "../../config/stack-spec.ts";
import type { PlatformRows } from "../alert.ts";
import { cloudWatch, delaySeconds } from "../cloudwatch.ts";
import { certificateCheck } from "../synthetic-checks.ts";
import { aws, awsCount } from "../telemetry.ts";
import { allTraffic, quietest, windowFor } from "../traffic.ts";

/** CloudFront, its firewall, and the certificate that it has of ACM. */
const needs = { edge: ["cloudfront"] } as const;

export const edgeAlerts = {
  "edge-errors": {
    needs,
    title: "the edge answers with errors",
    meaning: "Visitors get errors from CloudFront, perhaps without any request reaching a service.",
    severity: "SEV3",
    runbook: "infrastructure",
    dashboard: "Operations",
    graph: "Edge errors",
    signals: (spec) => [
      {
        ...cloudWatch(
          { series: aws(spec, "avg", "cloudfront.5xx_error_rate") },
          ">",
          { critical: 1, warning: 0.5, recovery: 0.3 },
          "%",
        ),
        // A mean of each minute's percentage: of a quiet minute's requests one alone is a third.
        windowMinutes: windowFor(900, quietest(allTraffic(spec)), 60),
        onMissingData: "resolve",
      },
    ],
  },
  "edge-client-errors": {
    needs,
    title: "the edge refuses many requests",
    meaning: "Links that lead nowhere, logins that expired, or a firewall that blocks customers.",
    severity: "SEV4",
    runbook: "infrastructure",
    dashboard: "Operations",
    graph: "Edge 4xx rate",
    signals: (spec) => [
      {
        ...cloudWatch(
          { series: aws(spec, "avg", "cloudfront.4xx_error_rate") },
          ">",
          { critical: 15, warning: 10, recovery: 5 },
          "%",
        ),
        onMissingData: "resolve",
      },
    ],
  },
  "edge-origin-slow": {
    needs,
    title: "the origin answers the edge slowly",
    meaning: "What the edge cannot serve by itself takes over a second to begin.",
    severity: "SEV3",
    runbook: "infrastructure",
    dashboard: "Operations",
    graph: "Edge origin latency",
    signals: (spec) => [
      {
        ...cloudWatch(
          // CloudFront's additional metrics, which the distribution pays for.
          { series: aws(spec, "avg", "cloudfront.origin_latency") },
          ">",
          { critical: 1000, warning: 750, recovery: 500 },
          "ms",
        ),
        onMissingData: "resolve",
      },
    ],
  },
  "firewall-blocks-unusual": {
    needs,
    title: "the firewall blocks unusually many requests",
    meaning: "An attack that is being stopped, or a rule that hits customers.",
    severity: "SEV4",
    runbook: "security",
    dashboard: "Operations",
    graph: "Requests that the firewall blocked",
    signals: (spec) => [
      {
        kind: "anomaly",
        expression: { series: awsCount(spec, "wafv2.blocked_requests") },
        direction: "above",
        // No threshold stands beside it, so it may not learn for three weeks first.
        season: "daily",
        windowMinutes: 30,
        evaluationDelaySeconds: delaySeconds,
        onMissingData: "resolve",
      },
    ],
  },
  "certificate-expiry": {
    title: "the certificate ends within 14 days",
    meaning: "On that day every browser refuses the site.",
    severity: "SEV2",
    runbook: "certificates-and-dns",
    dashboard: "Operations",
    signals: (spec) => [{ kind: "check", check: certificateCheck("certificate-expiry", 14, spec) }],
  },
  "certificate-renewal-late": {
    title: "the certificate has not been renewed",
    meaning: "Renewal is a week or two late; the DNS records that prove the domain may be gone.",
    severity: "SEV4",
    runbook: "certificates-and-dns",
    dashboard: "Operations",
    signals: (spec) => [
      { kind: "check", check: certificateCheck("certificate-renewal-late", renewedBy(spec), spec) },
    ],
  },
  // ACM's own view of every certificate of the stack, those that no check asks for among them.
  "certificate-renewal-stuck": {
    needs,
    title: "ACM does not renew a certificate",
    meaning: "Renewal has failed for ten days; there are weeks left to mend the validation.",
    severity: "SEV4",
    runbook: "certificates-and-dns",
    dashboard: "Operations",
    graph: "Days until a certificate ends",
    signals: (spec) => [
      {
        ...cloudWatch(
          { series: aws(spec, "min", "certificatemanager.days_to_expiry") },
          "<",
          { critical: 35, warning: 40, recovery: 42 },
          "",
        ),
        over: "min",
        // ACM reports twice a day: AWS, "Supported CloudWatch metrics".
        windowMinutes: 24 * 60,
      },
    ],
  },
} as const satisfies PlatformRows;

/**
 * Days before the end of a certificate by which it has been renewed. ACM begins 45 days before one that lasts 198, as
 * since 2026, and 60 before one of 395; Vercel within the last 30 ("When is the SSL certificate renewed?").
 */
function renewedBy({ edge }: StackSpec): number {
  return edge.kind === "cloudfront" ? 30 : 21;
}
