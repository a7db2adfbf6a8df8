import { describe, expect, it } from "vitest";
import { applicationFirewallRules } from "../../../../policies/rules/application/firewall.ts";
import { resource } from "../../support/linked.ts";
import { judge } from "../../support/outcome.ts";
import { unknown } from "../../support/stack.ts";

type Props = Readonly<Record<string, unknown>>;

const outcome = (id: string, props: Props) =>
  judge(applicationFirewallRules, id, [
    resource("vercel:index/firewallConfig:FirewallConfig", "firewall", props),
  ]).outcome;

describe("app-firewall-managed-rules", () => {
  const rulesets = ["sqli", "xss", "rce", "lfi", "rfi"];
  const all = Object.fromEntries(rulesets.map((set) => [set, { action: "deny" }]));
  const judged = (change: Props) =>
    outcome("app-firewall-managed-rules", { managedRulesets: { owasp: { ...all, ...change } } });

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

  it("are there", () => {
    expect(outcome("app-firewall-managed-rules", {})).toBe("fail");
  });
});

describe("app-login-rate-limited", () => {
  const limited = (action: string, path: string, type = "path") =>
    outcome("app-login-rate-limited", {
      rules: {
        rules: [
          {
            conditionGroups: [{ conditions: [{ type, value: path }] }],
            action: { action: "rate_limit", rateLimit: { limit: 100, window: 3_600, action } },
          },
        ],
      },
    });

  it.each([
    ["rate_limit", "pass"],
    ["deny", "pass"],
    ["challenge", "pass"],
    ["log", "fail"],
    ["bypass", "fail"],
  ])("who is over the limit meets %s: %s", (action, expected) => {
    expect(limited(action, "/login")).toBe(expected);
  });

  it.each(["/login", "/log-in", "/signin", "/sign-in", "/api/auth"])("%s is a way to log in", (path) => {
    expect(limited("deny", path)).toBe("pass");
    expect(limited("deny", path, "user_agent")).toBe("fail");
  });
});
