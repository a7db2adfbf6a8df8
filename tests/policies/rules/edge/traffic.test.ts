import { describe, expect, it } from "vitest";
import { trafficRules } from "../../../../policies/rules/edge/traffic.ts";
import type { Registration } from "../../../../readiness/engine/registration.ts";
import { resource } from "../../support/linked.ts";
import { judge } from "../../support/outcome.ts";
import { type Links, type Props, site } from "../../support/site.ts";
import { unknown } from "../../support/stack.ts";

const outcome = (id: string, resources: readonly Registration[]) =>
  judge(trafficRules, id, resources).outcome;

const service = (name: string) => {
  const app = resource("vercel:index/project:Project", name);
  const domain = `${name}.origin.example.com`;
  return [app, resource("vercel:index/projectDomain:ProjectDomain", name, { domain }, { projectId: [app] })];
};
const both = [...service("portal"), ...service("shop")];
const origin = (originId: string, domainName: unknown = `${originId}.origin.example.com`) => ({
  originId,
  domainName,
  customOriginConfig: {},
});
const files = { originId: "files", domainName: unknown };
const check = (url: string, of = "portal") =>
  resource("datadog:index/syntheticsTest:SyntheticsTest", url, {
    tags: [`service:${of}`],
    requestDefinition: { url },
  });
const to = (targetOriginId: string, pathPattern?: string) => ({ targetOriginId, pathPattern });
const distribution = (more: Props = {}, links: Links = {}) =>
  site(
    { origins: [origin("portal"), origin("shop"), files], defaultCacheBehavior: to("portal"), ...more },
    links,
  );

describe("edge-requests-reach-their-service", () => {
  const page = check("https://www.example.com/login");
  const ordered = (...behaviours: readonly object[]) => distribution({ orderedCacheBehaviors: behaviours });

  it.each([
    ["its service by default", [distribution(), page], "pass"],
    [
      "its service by path",
      [ordered(to("shop", "/shop/*")), check("https://www.example.com/shop/a", "shop")],
      "pass",
    ],
    ["another service", [ordered(to("shop", "/log*")), page], "fail"],
    ["files", [ordered(to("files", "/login")), page], "fail"],
    ["files, which it does not ask for", [ordered(to("files", "/static/*")), page], "pass"],
    ["nothing of this stack", [distribution({ origins: [origin("portal", "example.org")] }), page], "fail"],
    ["what is not known yet", [ordered(to("files", unknown)), page], "unknown"],
    [
      "nobody knows what, as nothing is watched",
      [distribution(), check("https://www.example.org/")],
      "unknown",
    ],
  ])("a request reaches %s", (_, resources, expected) => {
    expect(outcome("edge-requests-reach-their-service", [...both, ...resources])).toBe(expected);
  });
});

it.each([
  ["its services' names", [origin("portal"), origin("shop"), files], "pass"],
  ["a name of somebody else's", [origin("portal"), origin("shop", "example.org")], "fail"],
  ["a name that is not known yet", [origin("portal", unknown)], "unknown"],
])("CloudFront calls %s", (_, origins, expected) => {
  const orderedCacheBehaviors = origins.slice(1).map(({ originId }) => to(originId, `/${originId}/*`));
  expect(outcome("edge-origins-own", [...both, distribution({ origins, orderedCacheBehaviors })])).toBe(
    expected,
  );
});

describe("edge-customers-address-told", () => {
  const code = `function handler(event) { event.request.headers["x-viewer-address"] = { value: event.viewer.ip }; return event.request; }`;
  const own = resource("aws:cloudfront/function:Function", "address", { code });
  const other = resource("aws:cloudfront/function:Function", "other", { code: "function handler() {}" });
  const tells = { functionAssociations: [{ eventType: "viewer-request", functionArn: unknown }] };
  const judged = (byDefault: object, ordered: readonly object[], links: Links) =>
    outcome("edge-customers-address-told", [
      own,
      other,
      distribution(
        {
          defaultCacheBehavior: { ...to("portal"), ...byDefault },
          orderedCacheBehaviors: ordered,
        },
        links,
      ),
    ]);

  it.each([
    ["everywhere", tells, [{ ...to("shop", "/shop"), ...tells }], { defaultCacheBehavior: [own] }, "pass"],
    ["but for files", tells, [to("files", "/static/*")], { defaultCacheBehavior: [own] }, "pass"],
    ["but for one path", tells, [to("shop", "/shop")], { defaultCacheBehavior: [own] }, "fail"],
    ["nowhere", {}, [], {}, "fail"],
    ["by another stack's function", tells, [], {}, "fail"],
    ["by what is not understood", tells, [], { defaultCacheBehavior: [other] }, "unknown"],
  ])("the address is told %s", (_, byDefault, ordered, links, expected) => {
    expect(judged(byDefault, ordered, links)).toBe(expected);
  });
});

it.each([
  [{ enabled: true, restrictions: { geoRestriction: { restrictionType: "none" } } }, "pass"],
  [{ enabled: false, restrictions: { geoRestriction: { restrictionType: "none" } } }, "fail"],
  [{ enabled: true, restrictions: { geoRestriction: { restrictionType: "whitelist" } } }, "fail"],
])("the site with %j answers: %s", (props, expected) => {
  expect(outcome("edge-site-answers", [distribution(props)])).toBe(expected);
});

it("every origin is asked, and every one that is asked is there", () => {
  const judged = (origins: readonly object[]) =>
    outcome("edge-origins-own", [...both, distribution({ origins })]);
  expect(judged([origin("portal")])).toBe("pass");
  expect(judged([origin("portal"), origin("shop")])).toBe("fail");
  expect(judged([origin("shop")])).toBe("fail");
});
