/** The response headers of every page: graded A+ by Mozilla's HTTP Observatory and securityheaders.com. */
import type * as aws from "@pulumi/aws";
import type { Origin } from "./origin.ts";

/** Two years, as hstspreload.org recommends. */
const hstsSeconds = 63_072_000;

/**
 * @param connectSources origins that pages may call besides their own, such as `https://api.example.com`
 * @param inlineScripts whether pages have a nonce of their own, or every inline script has to run
 */
export function securityHeaders(
  connectSources: readonly string[],
  inlineScripts: Origin["inlineScripts"],
): aws.cloudfront.ResponseHeadersPolicyArgs {
  return {
    comment: "Security headers of every response",
    securityHeadersConfig: {
      strictTransportSecurity: {
        accessControlMaxAgeSec: hstsSeconds,
        includeSubdomains: true,
        preload: true,
        override: true,
      },
      // A page with a nonce sends a policy of its own, which then counts instead.
      contentSecurityPolicy: {
        contentSecurityPolicy: contentSecurityPolicy(connectSources, inlineScripts),
        override: false,
      },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: "DENY", override: true },
      referrerPolicy: { referrerPolicy: "strict-origin-when-cross-origin", override: true },
    },
    customHeadersConfig: {
      items: [
        {
          header: "permissions-policy",
          value:
            "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()",
          override: true,
        },
        { header: "cross-origin-opener-policy", value: "same-origin", override: true },
        { header: "cross-origin-resource-policy", value: "same-origin", override: true },
      ],
    },
    removeHeadersConfig: { items: [{ header: "x-powered-by" }] },
  };
}

function contentSecurityPolicy(
  connectSources: readonly string[],
  inlineScripts: Origin["inlineScripts"],
): string {
  return [
    "default-src 'self'",
    "base-uri 'none'",
    ["connect-src 'self'", ...connectSources].join(" "),
    "form-action 'self'",
    "frame-ancestors 'none'",
    "img-src 'self' data:",
    "object-src 'none'",
    ...(inlineScripts === "unsafe" ? ["script-src 'self' 'unsafe-inline'"] : []),
    // Frameworks write style attributes into pages, and these run nothing.
    "style-src 'self' 'unsafe-inline'",
    "upgrade-insecure-requests",
  ].join("; ");
}

/** Where the browser sends real-user monitoring of a Datadog site, such as `https://browser-intake-datadoghq.eu`. */
export function rumIntake(site: string): string {
  return `https://browser-intake-${site.replace(/\.(?=.*\.)/g, "-")}`;
}
