import { describe, expect, it } from "vitest";
import { serviceHostRules } from "../../../../policies/rules/edge/service-host.ts";
import type { Registration } from "../../../../readiness/engine/registration.ts";
import { resource } from "../../support/linked.ts";
import { judge } from "../../support/outcome.ts";
import { type Props, site } from "../../support/site.ts";
import { unknown } from "../../support/stack.ts";

const outcome = (id: string, resources: readonly Registration[]) =>
  judge(serviceHostRules, id, resources).outcome;

const exceptHost = "b689b0a8-53d0-40ab-baf2-68738e2966ac";
const allViewer = "216adef6-5c7f-47e4-b989-5492eafa07d3";
const withCloudFronts = "33f36d7e-f396-46d9-90e0-52428a34d9dc";
const cachingDisabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
const cachingOptimized = "658327ea-f89d-4fab-a63d-7e88639e58f6";

const app = (name: string, functionDefaultTimeout?: unknown) =>
  resource("vercel:index/project:Project", name, { resourceConfig: { functionDefaultTimeout } });
const domain = (host: string, of: Registration, more: Props = {}) =>
  resource("vercel:index/projectDomain:ProjectDomain", host, { domain: host, ...more }, { projectId: [of] });
const portal = app("portal", 30);
const shop = app("shop", 30);
const own = [portal, shop, domain("portal.origin", portal), domain("shop.origin", shop)];
const customers = "www.example.com";

const origin = (originId: string, more: Props = {}, config: Props = {}) => ({
  originId,
  domainName: `${originId.replace(/-.*/, "")}.origin`,
  customOriginConfig: { originProtocolPolicy: "https-only", ...config },
  ...more,
});
const to = (targetOriginId: string, originRequestPolicyId: unknown = withCloudFronts, more: Props = {}) => ({
  targetOriginId,
  originRequestPolicyId,
  cachePolicyId: cachingDisabled,
  viewerProtocolPolicy: "redirect-to-https",
  ...more,
});

describe("edge-host-is-the-services", () => {
  const judged = (domains: readonly Registration[], ...behaviours: readonly object[]) =>
    outcome("edge-host-is-the-services", [
      ...own,
      ...domains,
      site({
        origins: [origin("portal"), origin("shop")],
        defaultCacheBehavior: behaviours[0],
        orderedCacheBehaviors: behaviours.slice(1),
      }),
    ]);

  it.each([
    ["its project's", [domain(customers, portal)], [to("portal")], "pass"],
    ["nobody's", [], [to("portal")], "fail"],
    ["another project's", [domain(customers, shop)], [to("portal")], "fail"],
    [
      "one that leads elsewhere",
      [domain(customers, portal, { redirect: "a.example" })],
      [to("portal")],
      "fail",
    ],
    ["a branch's", [domain(customers, portal, { gitBranch: "next" })], [to("portal")], "fail"],
    ["its own", [], [to("portal", exceptHost)], "pass"],
    [
      "its own, and the other's the customers'",
      [domain(customers, portal)],
      [to("portal"), to("shop", exceptHost, { pathPattern: "/shop/*" })],
      "pass",
    ],
    [
      "the customers', for two projects",
      [domain(customers, portal)],
      [to("portal"), to("shop", allViewer, { pathPattern: "/shop/*" })],
      "fail",
    ],
    ["not known yet", [], [to("portal", unknown)], "unknown"],
  ])("a service is asked for a name that is %s", (_, domains, behaviours, expected) => {
    expect(judged(domains, ...behaviours)).toBe(expected);
  });
});

describe("edge-vercel-certificate-renewed", () => {
  const challenge = (more: Props = {}) =>
    to("portal-plain", withCloudFronts, {
      pathPattern: "/.well-known/acme-challenge/*",
      viewerProtocolPolicy: "allow-all",
      ...more,
    });
  const plain = (more: Props = {}) => origin("portal-plain", more, { originProtocolPolicy: "http-only" });
  const judged = (behaviour: object, asked: object = plain(), policy = withCloudFronts) =>
    outcome("edge-vercel-certificate-renewed", [
      ...own,
      domain(customers, portal),
      site({
        origins: [origin("portal"), asked],
        defaultCacheBehavior: to("portal", policy),
        orderedCacheBehaviors: [behaviour],
      }),
    ]);

  it.each([
    ["its project", judged(challenge()), "pass"],
    [
      "its project, as the authority asks",
      judged(challenge(), origin("portal-plain", {}, { originProtocolPolicy: "match-viewer" })),
      "pass",
    ],
    [
      "its project, without a slash before the path",
      judged(challenge({ pathPattern: ".well-known/acme-challenge/*" })),
      "pass",
    ],
    ["a redirect", judged(challenge({ viewerProtocolPolicy: "redirect-to-https" })), "fail"],
    ["the pages, over HTTPS", judged(challenge({ pathPattern: "/other/*" })), "fail"],
    ["its project over HTTPS", judged(challenge(), origin("portal-plain")), "fail"],
    ["another project", judged(challenge(), plain({ domainName: "shop.origin" })), "fail"],
    ["its project, by its own name", judged(challenge({ originRequestPolicyId: exceptHost })), "fail"],
    ["what somebody was told before", judged(challenge({ cachePolicyId: cachingOptimized })), "fail"],
    [
      "its project, with the secret",
      judged(challenge(), plain({ customHeaders: [{ name: "X-Origin-Secret", value: "s" }] })),
      "fail",
    ],
    [
      "nothing, and nobody has to",
      judged(to("portal", exceptHost, { pathPattern: "/a" }), plain(), exceptHost),
      "pass",
    ],
  ])("an authority reaches %s", (_, found, expected) => {
    expect(found).toBe(expected);
  });
});

it.each([
  [withCloudFronts, "pass"],
  [allViewer, "fail"],
  [exceptHost, "fail"],
  ["11111111-2222-3333-4444-555555555555", "fail"],
  [unknown, "unknown"],
])("visitors are told apart by %s: %s", (policy, expected) => {
  expect(outcome("edge-visitors-told-apart", [site({ defaultCacheBehavior: to("portal", policy) })])).toBe(
    expected,
  );
});

describe("edge-waits-for-services", () => {
  const judged = (more: Props, config: Props = {}, seconds: unknown = 30) => {
    const service = app("portal", seconds);
    const props = { origins: [origin("portal", more, config)], defaultCacheBehavior: to("portal") };
    return outcome("edge-waits-for-services", [service, domain("portal.origin", service), site(props)]);
  };
  const once = { connectionAttempts: 1, connectionTimeout: 10 };
  const twice = { connectionAttempts: 2, connectionTimeout: 5 };

  it.each([
    ["longer than a function, and once", judged(once, { originReadTimeout: 35 }), "pass"],
    [
      "longer, twice, and stops in time",
      judged({ ...twice, responseCompletionTimeout: 40 }, { originReadTimeout: 40 }),
      "pass",
    ],
    ["longer, twice", judged(twice, { originReadTimeout: 40 }), "fail"],
    [
      "longer, twice, without an end",
      judged({ ...twice, responseCompletionTimeout: 0 }, { originReadTimeout: 40 }),
      "fail",
    ],
    ["as long as a function", judged(once, { originReadTimeout: 30 }), "fail"],
    ["as long as CloudFront likes", judged(once), "fail"],
    ["as long as CloudFront likes, for a quick function", judged(once, {}, 20), "pass"],
    [
      "for a function that takes as long as Vercel likes",
      judged(once, { originReadTimeout: 60 }, null),
      "fail",
    ],
    [
      "for a connection, half a minute",
      judged({ ...twice, connectionTimeout: 10, responseCompletionTimeout: 40 }, { originReadTimeout: 40 }),
      "fail",
    ],
    ["for what is not known yet", judged(once, { originReadTimeout: unknown }), "unknown"],
  ])("CloudFront waits %s", (_, found, expected) => {
    expect(found).toBe(expected);
  });

  it("asks nothing of what answers authorities alone", () => {
    const props = {
      origins: [
        origin("portal", { ...once, responseCompletionTimeout: 40 }, { originReadTimeout: 40 }),
        origin("portal-plain"),
      ],
      defaultCacheBehavior: to("portal"),
      orderedCacheBehaviors: [
        to("portal-plain", allViewer, { pathPattern: "/.well-known/acme-challenge/*" }),
      ],
    };
    expect(outcome("edge-waits-for-services", [...own, site(props)])).toBe("pass");
  });
});
