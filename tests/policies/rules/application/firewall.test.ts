import { describe, expect, it } from "vitest";
import { applicationFirewallRules } from "../../../../policies/rules/application/firewall.ts";
import type { Registration } from "../../../../readiness/engine/registration.ts";
import { resource } from "../../support/linked.ts";
import { judge } from "../../support/outcome.ts";
import { unknown } from "../../support/stack.ts";

type Props = Readonly<Record<string, unknown>>;

const outcome = (id: string, resources: readonly Registration[]) =>
  judge(applicationFirewallRules, id, resources).outcome;

const portal = resource("vercel:index/project:Project", "portal");
const other = resource("vercel:index/project:Project", "shop");
const firewall = (props: Props) =>
  resource("vercel:index/firewallConfig:FirewallConfig", "firewall", props, { projectId: [portal] });
const check = (name: string, path: string, service = "portal", ...more: readonly string[]) =>
  resource("datadog:index/syntheticsTest:SyntheticsTest", `${service}-${name}`, {
    tags: [`service:${service}`, `check:${name}`, ...more],
    requestDefinition: { url: `https://www.example.com${path}` },
  });
const rules = (...all: readonly Props[]) => ({ rules: { rules: all } });

describe("app-firewall-managed-rules", () => {
  const rulesets = ["sqli", "xss", "rce", "lfi", "rfi", "gen", "ma", "sd", "sf"];
  const all = Object.fromEntries(rulesets.map((set) => [set, { action: "deny" }]));
  const judged = (change: Props) =>
    outcome("app-firewall-managed-rules", [firewall({ managedRulesets: { owasp: { ...all, ...change } } })]);

  it("deny", () => {
    expect(judged({})).toBe("pass");
    expect(judged({ sqli: { action: "deny", active: true } })).toBe("pass");
    expect(judged({ sqli: { action: unknown } })).toBe("unknown");
  });

  it.each(rulesets)("deny %s, and do not only log it", (set) => {
    expect(judged({ [set]: undefined })).toBe("fail");
    expect(judged({ [set]: { action: "log" } })).toBe("fail");
    expect(judged({ [set]: { action: "deny", active: false } })).toBe("fail");
  });

  it("deny what is against a language, where they are used", () => {
    expect(judged({ php: { action: "deny" } })).toBe("pass");
    expect(judged({ php: { action: "log" } })).toBe("fail");
  });

  it("are there", () => {
    expect(outcome("app-firewall-managed-rules", [firewall({})])).toBe("fail");
  });
});

describe("app-firewall-on", () => {
  it("is each project's own, and the only one", () => {
    const on = firewall({ enabled: true });
    expect(outcome("app-firewall-on", [portal, on])).toBe("pass");
    expect(outcome("app-firewall-on", [portal, other, on])).toBe("fail");
    expect(outcome("app-firewall-on", [portal, firewall({})])).toBe("fail");
    expect(outcome("app-firewall-on", [portal, on, { ...on, urn: `${on.urn}-2`, name: "second" }])).toBe(
      "fail",
    );
  });
});

describe("the limits", () => {
  const limit = (path: string, more: Props = {}, conditions: readonly Props[] = []) => ({
    conditionGroups: [{ conditions: [{ type: "path", op: "pre", value: path }, ...conditions] }],
    action: {
      action: "rate_limit",
      rateLimit: {
        algo: "fixed_window",
        limit: 1_200,
        window: 60,
        action: "deny",
        keys: ["header:x-viewer-address"],
        ...more,
      },
    },
  });
  const judged = (id: string, checks: readonly Registration[], ...all: readonly Props[]) =>
    outcome(id, [portal, firewall(rules(...all)), ...checks]);
  const api = (...all: readonly Props[]) =>
    judged(
      "app-api-rate-limited",
      [check("api-list", "/api/orders"), check("api-read", "/api/orders/1")],
      ...all,
    );
  const login = (...all: readonly Props[]) =>
    judged("app-login-rate-limited", [check("login", "/log-in")], ...all);

  it.each([
    ["1,200 a minute", [limit("/api")], "pass"],
    ["one more", [limit("/api", { limit: 1_201 })], "fail"],
    ["one a second", [limit("/api", { limit: 60 })], "pass"],
    ["less, which pages need", [limit("/api", { limit: 59 })], "fail"],
    ["12,000 in ten minutes", [limit("/api", { limit: 12_000, window: 600 })], "pass"],
    ["two limits, of which one is strict enough", [limit("/api", { limit: 9_999 }), limit("/api")], "pass"],
    ["a limit that only logs", [limit("/api", { action: "log" })], "fail"],
    ["a limit that is switched off", [{ ...limit("/api"), active: false }], "fail"],
    ["a limit of a part", [limit("/api/orders/1")], "fail"],
    ["a limit of something else", [limit("/images")], "fail"],
    ["a limit of reading", [limit("/api", {}, [{ type: "method", op: "eq", value: "GET" }])], "fail"],
    [
      "a limit of some countries",
      [limit("/api", {}, [{ type: "geo_country", op: "eq", value: "AQ" }])],
      "fail",
    ],
    ["a limit of all customers together", [limit("/api", { keys: ["ip"] })], "fail"],
    [
      "a limit of what a client calls itself",
      [limit("/api", { keys: ["header:x-viewer-address", "header:user-agent"] })],
      "fail",
    ],
    ["no rules", [], "fail"],
    ["a limit that is not known yet", [limit("/api", { limit: unknown })], "unknown"],
  ])("of the API: %s", (_, all, expected) => {
    expect(api(...all)).toBe(expected);
  });

  it.each([
    [100, 3_600, "pass"],
    [16, 600, "pass"],
    [17, 600, "fail"],
    [2, 60, "fail"],
    [9, 3_600, "fail"],
  ])("of log-ins: %i in %i seconds: %s", (requests, window, expected) => {
    const more = { limit: requests, window };
    expect(login(limit("/log-in", more))).toBe(expected);
    expect(login(limit("/log-in", more, [{ type: "method", op: "eq", value: "POST" }]))).toBe(expected);
    expect(login(limit("/log-in", more, [{ type: "method", op: "eq", value: "GET" }]))).toBe("fail");
  });

  it("of log-ins, at the page of any name that is tagged as the login", () => {
    const few = { limit: 16, window: 600 };
    const tagged = [check("door", "/door", "portal", "page-role:portal", "page-role:login")];
    expect(judged("app-login-rate-limited", tagged, limit("/door", few))).toBe("pass");
    expect(judged("app-login-rate-limited", tagged, limit("/log-in", few))).toBe("fail");
    expect(judged("app-login-rate-limited", [check("door", "/door")], limit("/door", few))).toBe("fail");
  });

  it.each(["rate_limit", "challenge"])("stop by %s", (action) => {
    expect(api(limit("/api", { action }))).toBe("pass");
  });

  it("are asked by the name of the path where no check tells it", () => {
    const others = [check("api-list", "/shop/api", "shop")];
    expect(judged("app-api-rate-limited", others, limit("/api"))).toBe("pass");
    expect(judged("app-api-rate-limited", others, limit("/images"))).toBe("fail");
    expect(judged("app-login-rate-limited", others, limit("/sign-in", { limit: 100, window: 3_600 }))).toBe(
      "pass",
    );
    expect(judged("app-login-rate-limited", others)).toBe("fail");
  });
});
