/** Alerts on the way to the services: the CDN and the domain's certificate. */
import type { PlatformRows } from "./alert.ts";
import { certificateCheck } from "./checks.ts";
import { cloudWatch } from "./cloudwatch.ts";
import { aws } from "./telemetry.ts";

export const edgeAlerts = {
  "edge-errors": {
    title: "the edge answers with errors",
    meaning: "Visitors get errors from CloudFront, perhaps without any request reaching a service.",
    severity: "SEV3",
    runbook: "infrastructure",
    dashboard: "Operations",
    signals: (spec) => [
      {
        ...cloudWatch(
          { series: aws(spec, "avg", "cloudfront.5xx_error_rate") },
          ">",
          { critical: 1, warning: 0.5, recovery: 0.3 },
          "%",
        ),
        onMissingData: "resolve",
      },
    ],
  },
  // ACM renews a certificate 60 days before it ends (AWS, "Managed certificate renewal"): both mean a fault.
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
    meaning: "Renewal is a month late; the DNS records that prove the domain may be gone.",
    severity: "SEV4",
    runbook: "certificates-and-dns",
    dashboard: "Operations",
    signals: (spec) => [{ kind: "check", check: certificateCheck("certificate-renewal-late", 30, spec) }],
  },
} as const satisfies PlatformRows;
