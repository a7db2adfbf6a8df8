/** Alerts on the way to the services: the CDN and the domain's certificate. */
import type { PlatformRows } from "../alert.ts";
import { cloudWatch, delaySeconds } from "../cloudwatch.ts";
import { certificateCheck } from "../synthetic-checks.ts";
import { aws, awsCount } from "../telemetry.ts";
import { allTraffic, quietest, windowFor } from "../traffic.ts";

export const edgeAlerts = {
  "edge-errors": {
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
  // ACM begins to renew a certificate, which lasts 198 days since 2026, 45 days before it ends; one that lasted 395
  // days, 60 before: whatever is left below that means a fault.
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
    meaning: "Renewal is a fortnight late; the DNS records that prove the domain may be gone.",
    severity: "SEV4",
    runbook: "certificates-and-dns",
    dashboard: "Operations",
    signals: (spec) => [{ kind: "check", check: certificateCheck("certificate-renewal-late", 30, spec) }],
  },
  // ACM's own view of every certificate of the stack, those that no check asks for among them.
  "certificate-renewal-stuck": {
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
