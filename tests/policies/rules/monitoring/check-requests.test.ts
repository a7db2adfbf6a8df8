import { describe, expect, it } from "vitest";
import { monitoringRules } from "../../../../policies/rules/monitoring.ts";
import { judge } from "../../support/outcome.ts";
import { declared } from "../../support/stack.ts";

const edge = declared("aws:cloudfront/distribution:Distribution", {
  aliases: ["shop.example.com"],
  defaultCacheBehavior: { targetOriginId: "app" },
  origins: [{ originId: "app", customOriginConfig: {} }],
});

const asked = (requestDefinition: object, more: object = {}) =>
  declared("datadog:index/syntheticsTest:SyntheticsTest", { subtype: "http", requestDefinition, ...more });

const outcome = (rule: string, ...checks: Parameters<typeof judge>[2]) =>
  judge(monitoringRules, rule, [edge, ...checks]).outcome;

describe("the address that a check asks", () => {
  it.each<[string, object, object, string]>([
    ["the product's", { url: "https://shop.example.com/a" }, {}, "pass"],
    ["with a query", { url: "https://shop.example.com/?a=b" }, {}, "pass"],
    ["with a variable", { url: "https://{{ HOST }}/" }, {}, "unknown"],
    ["at another port", { url: "https://shop.example.com:8443/" }, {}, "fail"],
    ["none", { url: "shop" }, {}, "fail"],
    ["nothing", {}, {}, "unknown"],
    [
      "with a secret",
      { url: "https://shop.example.com/" },
      { requestHeaders: { Authorization: "Bearer a" } },
      "fail",
    ],
    [
      "with a secret of Datadog's keeping",
      { url: "https://shop.example.com/" },
      { requestHeaders: { Authorization: "Bearer {{ TOKEN }}", accept: "text/html" } },
      "pass",
    ],
    ["its certificate", { host: "shop.example.com", port: "443" }, { subtype: "ssl" }, "pass"],
    ["its certificate elsewhere", { host: "shop.example.com", port: "8443" }, { subtype: "ssl" }, "fail"],
    [
      "another name's certificate",
      { host: "shop.example.com", servername: "example.org", port: "443" },
      { subtype: "ssl" },
      "fail",
    ],
    ["in a browser", { url: "https://shop.example.com/" }, { type: "browser", subtype: undefined }, "pass"],
  ])("%s", (_title, request, more, expected) => {
    expect(outcome("checks-ask-the-product", asked(request, more))).toBe(expected);
  });
});

describe("what a check takes for well", () => {
  const steps = (...browserSteps: readonly object[]) =>
    asked({}, { type: "browser", subtype: undefined, browserSteps });

  it.each([
    ["a browser's assertion", steps({ type: "assertCurrentUrl" }), "pass"],
    ["a browser's assertion that may fail", steps({ type: "assertCurrentUrl", allowFailure: true }), "fail"],
    ["clicks", steps({ type: "click" }), "fail"],
    ["an answer of DNS", asked({}, { subtype: "dns" }), "unknown"],
    ["any certificate", asked({}, { subtype: "ssl", assertions: [{ type: "responseTime" }] }), "fail"],
    ["created", asked({}, { assertions: [{ type: "statusCode", operator: "is", target: "201" }] }), "pass"],
  ])("%s", (_title, check, expected) => {
    expect(outcome("checks-assert-success", check)).toBe(expected);
  });
});
