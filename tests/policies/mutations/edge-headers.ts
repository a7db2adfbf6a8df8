import { type Mutation, on, set, unset } from "./mutation.ts";

const distribution = "aws:cloudfront/distribution:Distribution";
const headers = "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy";
const security = "securityHeadersConfig";
const policy = `${security}.contentSecurityPolicy.contentSecurityPolicy`;

export const edgeHeaderMutations: readonly Mutation[] = [
  {
    rule: "edge-headers-everywhere",
    title: "pages carry no security headers",
    change: on(distribution, unset("defaultCacheBehavior.responseHeadersPolicyId")),
  },
  {
    rule: "edge-hsts-for-a-year",
    title: "browsers forget HTTPS after a day",
    change: on(headers, set(`${security}.strictTransportSecurity.accessControlMaxAgeSec`, 86_400)),
  },
  {
    rule: "edge-hsts-for-subdomains",
    title: "subdomains may use plain HTTP",
    change: on(headers, set(`${security}.strictTransportSecurity.includeSubdomains`, false)),
  },
  {
    rule: "edge-scripts-limited",
    title: "inline scripts run",
    change: on(
      headers,
      set(
        `${security}.contentSecurityPolicy.contentSecurityPolicy`,
        "default-src 'self'; script-src 'self' 'unsafe-inline'",
      ),
    ),
  },
  {
    rule: "edge-scripts-limited",
    title: "there is no Content-Security-Policy",
    stack: "staging",
    change: on(headers, unset(`${security}.contentSecurityPolicy`)),
  },
  {
    rule: "edge-nonces-count",
    title: "the edge's policy takes the place of the pages' own, nonces and all",
    change: on(headers, set(`${security}.contentSecurityPolicy.override`, true)),
  },
  {
    rule: "edge-content-types-not-guessed",
    title: "browsers guess content types",
    change: on(headers, unset(`${security}.contentTypeOptions`)),
  },
  {
    rule: "edge-framing-denied",
    also: ["edge-headers-count"],
    title: "other sites may frame the pages",
    change: on(headers, unset(`${security}.frameOptions`)),
  },
  {
    rule: "edge-referrer-withheld",
    title: "whole addresses are told to other sites",
    change: on(headers, set(`${security}.referrerPolicy.referrerPolicy`, "unsafe-url")),
  },
  {
    rule: "edge-permissions-denied",
    title: "no Permissions-Policy is sent",
    change: on(headers, unset("customHeadersConfig.items.0")),
  },
  {
    rule: "edge-scripts-limited",
    title: "scripts may come from any site with HTTPS",
    change: on(headers, set(policy, "default-src 'self' https://*; form-action 'self'")),
  },
  {
    rule: "edge-framing-denied",
    title: "the Content-Security-Policy lets everybody frame the pages",
    change: on(headers, set(policy, "default-src 'self'; form-action 'self'; frame-ancestors *")),
  },
  {
    rule: "edge-headers-count",
    title: "Vercel's Strict-Transport-Security counts instead",
    change: on(headers, set(`${security}.strictTransportSecurity.override`, false)),
  },
  {
    rule: "edge-permissions-denied",
    title: "the camera is for everybody",
    change: on(headers, set("customHeadersConfig.items.0.value", "camera=*, geolocation=(), microphone=()")),
  },
  {
    rule: "edge-other-sites-kept-apart",
    title: "other sites' windows may reach ours",
    change: on(headers, unset("customHeadersConfig.items.1")),
  },
  {
    rule: "edge-other-sites-kept-apart",
    title: "cookies are taken from answers",
    stack: "staging",
    change: on(headers, set("removeHeadersConfig.items.1", { header: "set-cookie" })),
  },
  {
    rule: "edge-other-sites-kept-apart",
    title: "every site's scripts may read answers",
    change: on(
      headers,
      set("corsConfig", {
        accessControlAllowCredentials: true,
        accessControlAllowHeaders: { items: ["*"] },
        accessControlAllowMethods: { items: ["ALL"] },
        accessControlAllowOrigins: { items: ["*"] },
        originOverride: true,
      }),
    ),
  },
];
