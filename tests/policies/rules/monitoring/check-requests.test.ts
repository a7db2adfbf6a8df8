import { describe, expect, it } from "vitest";
import { monitoringRules } from "../../../../policies/rules/monitoring.ts";
import { resource } from "../../support/linked.ts";
import { judge } from "../../support/outcome.ts";
import { declared, unknown } from "../../support/stack.ts";

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

  const ok = { type: "statusCode", operator: "is", target: "200" };
  const moved = { ...ok, target: "307" };
  const says = { type: "body", operator: "contains", target: "Orders" };
  const follows = { optionsList: { followRedirects: true } };
  const redirected = (target: string, optionsList = {}) =>
    asked({}, { optionsList, assertions: [moved, { type: "header", property: "Location", target }] });

  it.each([
    ["a browser's assertion", steps({ type: "assertCurrentUrl" }), "pass"],
    ["a browser's assertion that may fail", steps({ type: "assertCurrentUrl", allowFailure: true }), "fail"],
    ["clicks", steps({ type: "click" }), "fail"],
    ["an answer of DNS", asked({}, { subtype: "dns" }), "unknown"],
    ["any certificate", asked({}, { subtype: "ssl", assertions: [{ type: "responseTime" }] }), "fail"],
    ["a redirect to where it should lead", redirected("/login"), "pass"],
    ["a redirect to anywhere", asked({}, { assertions: [moved] }), "fail"],
    ["a redirect that it follows", redirected("/login", { followRedirects: true }), "fail"],
    ["what a redirect leads to", asked({}, { ...follows, assertions: [ok] }), "fail"],
    ["what a redirect leads to, by what it says", asked({}, { ...follows, assertions: [ok, says] }), "pass"],
    ["a refusal", asked({}, { assertions: [{ ...ok, target: "401" }] }), "fail"],
    ["created", asked({}, { assertions: [{ type: "statusCode", operator: "is", target: "201" }] }), "pass"],
  ])("%s", (_title, check, expected) => {
    expect(outcome("checks-assert-success", check)).toBe(expected);
  });
});

describe("how a check proves who it is", () => {
  const login = (props: object, additionalSecretOutputs = ["value"]) =>
    declared(
      "datadog:index/syntheticsGlobalVariable:SyntheticsGlobalVariable",
      { name: "LOGIN", value: "Bearer a", ...props },
      { name: "login", additionalSecretOutputs },
    );
  const checked = (variable: ReturnType<typeof login>) =>
    outcome(
      "checks-ask-the-product",
      variable,
      resource(
        "datadog:index/syntheticsTest:SyntheticsTest",
        "check",
        {
          subtype: "http",
          requestDefinition: { url: "https://shop.example.com/" },
          configVariables: [{ id: unknown }],
        },
        { configVariables: [variable] },
      ),
    );

  it("is hidden in Datadog and in the state", () => {
    expect(checked(login({ secure: true }))).toBe("pass");
    expect(checked(login({}))).toBe("fail");
    expect(checked(login({ secure: false }))).toBe("fail");
    expect(checked(login({ isTotp: true }))).toBe("pass");
    expect(checked(login({ secure: true }, []))).toBe("fail");
    expect(checked(login({ secure: unknown }))).toBe("unknown");
  });
});
