import { describe, expect, it } from "vitest";
import { headerRules } from "../../../../policies/rules/edge/headers.ts";
import type { Registration } from "../../../../readiness/engine/registration.ts";
import { resource } from "../../support/linked.ts";
import { judge } from "../../support/outcome.ts";
import { type Props, site } from "../../support/site.ts";
import { unknown } from "../../support/stack.ts";

const outcome = (id: string, resources: readonly Registration[], stack = "prod") =>
  judge(headerRules, id, resources, stack).outcome;

const headers = (securityHeadersConfig: Props) =>
  resource("aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy", "headers", {
    securityHeadersConfig,
  });

it.each([
  [31_536_000, "pass"],
  [31_535_999, "fail"],
  [undefined, "fail"],
  [unknown, "unknown"],
])("HSTS for %s seconds: %s", (accessControlMaxAgeSec, expected) => {
  const policy = headers({ strictTransportSecurity: { accessControlMaxAgeSec } });
  expect(outcome("edge-hsts-for-a-year", [policy])).toBe(expected);
});

const csp = (contentSecurityPolicy: unknown) => headers({ contentSecurityPolicy: { contentSecurityPolicy } });

it.each([
  ["default-src 'self'; form-action 'self'", "pass"],
  ["default-src 'self'; Script-Src 'unsafe-inline'; form-action 'self'", "fail"],
  [undefined, "fail"],
  [unknown, "unknown"],
])("Content-Security-Policy %j: %s", (policy, expected) => {
  expect(outcome("edge-scripts-limited", [csp(policy)])).toBe(expected);
});

it.each([
  ["DENY", "default-src 'self'", "pass"],
  ["SAMEORIGIN", "frame-ancestors https://partner.example.com", "pass"],
  ["DENY", "frame-ancestors *", "fail"],
  [undefined, "frame-ancestors 'none'", "fail"],
])("framing by X-Frame-Options %s and %s: %s", (frameOption, contentSecurityPolicy, expected) => {
  const policy = headers({ frameOptions: { frameOption }, contentSecurityPolicy: { contentSecurityPolicy } });
  expect(outcome("edge-framing-denied", [policy])).toBe(expected);
});

it.each([
  ["nextjs", true, "fail"],
  ["nextjs", false, "pass"],
  ["vite", true, "pass"],
  ["nextjs", unknown, "unknown"],
])("of %s's pages the edge's policy takes the place: %s: %s", (framework, override, expected) => {
  const app = resource("vercel:index/project:Project", "portal", { framework });
  const policy = headers({
    contentSecurityPolicy: { contentSecurityPolicy: "default-src 'self'", override },
  });
  expect(outcome("edge-nonces-count", [app, policy])).toBe(expected);
});

describe("headers of the policy's own", () => {
  const custom = (items: readonly (readonly [string, string])[], more: Props = {}) =>
    resource("aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy", "headers", {
      customHeadersConfig: { items: items.map(([header, value]) => ({ header, value })) },
      ...more,
    });
  const apart = [
    ["Cross-Origin-Opener-Policy", "same-origin"],
    ["Cross-Origin-Resource-Policy", "same-site"],
  ] as const;

  it.each([
    ["camera=(), geolocation=(self), microphone=()", "pass"],
    ["camera=(), geolocation=(), microphone=*", "fail"],
    ["camera=(), geolocation=()", "fail"],
    ["", "fail"],
  ])("permissions-policy: %s: %s", (value, expected) => {
    expect(outcome("edge-permissions-denied", [custom([["permissions-policy", value]])])).toBe(expected);
  });

  it.each([
    ["keep other sites apart", custom(apart), "pass"],
    ["say nothing", custom([]), "fail"],
    ["let them in", custom([["cross-origin-opener-policy", "unsafe-none"], apart[1]]), "fail"],
    ["share with everybody", custom([...apart, ["access-control-allow-origin", "*"]]), "fail"],
    [
      "share with everybody by CORS",
      custom(apart, { corsConfig: { accessControlAllowOrigins: { items: ["https://*"] } } }),
      "fail",
    ],
    [
      "share with the site itself by CORS",
      custom(apart, { corsConfig: { accessControlAllowOrigins: { items: ["https://www.example.com"] } } }),
      "pass",
    ],
    ["share with they do not say whom", custom(apart, { corsConfig: {} }), "fail"],
    [
      "share with a site by CORS",
      custom(apart, { corsConfig: { accessControlAllowOrigins: { items: ["https://a.example.com"] } } }),
      "unknown",
    ],
    [
      "take the server's name",
      custom(apart, { removeHeadersConfig: { items: [{ header: "Server" }] } }),
      "pass",
    ],
    [
      "take cookies",
      custom(apart, { removeHeadersConfig: { items: [{ header: "Set-Cookie" }] } }),
      "unknown",
    ],
  ])("%s", (_, policy, expected) => {
    expect(outcome("edge-other-sites-kept-apart", [policy, site()])).toBe(expected);
  });
});

describe("edge-headers-everywhere", () => {
  const with_ = { responseHeadersPolicyId: unknown };
  const policy = headers({});
  const linked = { defaultCacheBehavior: [policy] };

  it.each([
    ["on every behaviour", { defaultCacheBehavior: with_, orderedCacheBehaviors: [with_] }, linked, "pass"],
    [
      "on a path alone, by a policy of this stack",
      { defaultCacheBehavior: with_, orderedCacheBehaviors: [with_] },
      { orderedCacheBehaviors: [policy] },
      "pass",
    ],
    ["on the only behaviour", { defaultCacheBehavior: with_ }, linked, "pass"],
    ["but for a path", { defaultCacheBehavior: with_, orderedCacheBehaviors: [{}] }, linked, "fail"],
    ["of another stack", { defaultCacheBehavior: with_ }, {}, "fail"],
  ])("headers %s", (_, props, links, expected) => {
    expect(outcome("edge-headers-everywhere", [policy, site(props, links)])).toBe(expected);
  });
});
