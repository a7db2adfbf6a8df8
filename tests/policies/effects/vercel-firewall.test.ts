import { describe, expect, it } from "vitest";
import {
  type Asked,
  bypasses,
  holds,
  isAbout,
  keptOut,
  untold,
} from "../../../policies/effects/vercel-firewall.ts";

const asked = { method: "POST", path: "/Shop/api" };
const config = (more: object) => ({ projectId: "p", ...more });
const rule = (action: string, conditions: readonly object[], more: object = {}) => ({
  name: action,
  action: { action },
  conditionGroups: [{ conditions }],
  ...more,
});
const rules = (...all: readonly object[]) =>
  config({ rules: { rules: all } }) as Parameters<typeof bypasses>[0];
const onPath = (value: string, op = "pre") => ({ type: "path", op, value });

describe("a condition", () => {
  it.each([
    [{ type: "path", op: "eq", value: "/shop/api" }, true],
    [{ type: "path", op: "neq", value: "/shop/api" }, false],
    [{ type: "path", op: "pre", value: "/shop" }, true],
    [{ type: "path", op: "pre", value: "/shop", neg: true }, false],
    [{ type: "path", op: "suf", value: "/api" }, true],
    [{ type: "path", op: "sub", value: "p/a" }, true],
    [{ type: "path", op: "re", value: ".*" }, undefined],
    [{ type: "path", op: "re", value: ".*", neg: true }, undefined],
    [{ type: "method", op: "inc", values: ["GET", "POST"] }, true],
    [{ type: "method", op: "ninc", values: ["GET", "POST"] }, false],
    [{ type: "environment", op: "eq", value: "production" }, true],
    [{ type: "environment", op: "eq", value: "preview" }, false],
    [{ type: "path", op: "ex" }, true],
    [{ type: "path", op: "nex" }, false],
    [{ type: "ip_address", op: "eq", value: "192.0.2.1" }, undefined],
  ])("%j: %s", (condition, expected) => {
    expect(holds(condition, asked)).toBe(expected);
  });
});

describe("a condition on a header", () => {
  const headers: NonNullable<Asked["headers"]> = { "user-agent": "Mozilla/5.0", "x-secret": untold };

  it.each([
    [{ type: "header", key: "Authorization", op: "nex" }, true],
    [{ type: "header", key: "Authorization", op: "ex" }, false],
    [{ type: "header", key: "Authorization", op: "neq", value: "a" }, true],
    [{ type: "header", key: "Authorization", op: "eq", value: "a" }, false],
    [{ type: "header", key: "Authorization", op: "ex", neg: true }, true],
    [{ type: "header", key: "X-Secret", op: "nex" }, false],
    [{ type: "header", key: "X-Secret", op: "neq", value: "a" }, undefined],
    [{ type: "user_agent", op: "sub", value: "mozilla" }, true],
    [{ type: "user_agent", op: "sub", value: "curl" }, false],
  ])("%j of a browser: %s", (condition, expected) => {
    expect(holds(condition, { ...asked, headers })).toBe(expected);
    expect(holds(condition, asked)).toBe(undefined);
  });
});

it.each([
  ["one group of two", [[onPath("/a")], [onPath("/shop")]], true],
  ["no group", [[onPath("/a")], [onPath("/b")]], false],
  ["every condition of a group", [[onPath("/shop"), { type: "method", op: "eq", value: "POST" }]], true],
  ["a condition of a group", [[onPath("/shop"), { type: "method", op: "eq", value: "GET" }]], false],
  ["perhaps", [[onPath("/shop"), { type: "header", key: "a", op: "ex" }]], undefined],
])("a rule is about a request by %s", (_, groups, expected) => {
  const conditionGroups = groups.map((conditions) => ({ conditions }));
  expect(isAbout({ name: "r", action: { action: "deny" }, conditionGroups }, asked)).toBe(expected);
});

it.each([
  ["no rule", rules(rule("deny", [onPath("/a")])), 0],
  ["a rule", rules(rule("bypass", [onPath("/a")])), 1],
  ["a rule that is switched off", rules(rule("bypass", [onPath("/a")], { active: false })), 0],
  [
    "an address",
    config({ ipRules: { rules: [{ action: "bypass", hostname: "*", ip: "192.0.2.0/24" }] } }),
    1,
  ],
  ["no address", config({ ipRules: { rules: [{ action: "deny", hostname: "*", ip: "192.0.2.0/24" }] } }), 0],
])("the firewall is passed by %s", (_, subject, expected) => {
  expect(bypasses(subject)).toHaveLength(expected);
});

it.each([
  ["are let in", rules(rule("deny", [onPath("/.git")])), 0],
  ["are denied", rules(rule("deny", [onPath("/")])), 1],
  ["are denied some page", rules(rule("deny", [onPath("/login")])), 1],
  [
    "are let in thirty times a minute",
    rules({
      ...rule("", [onPath("/login")]),
      action: { action: "rate_limit", rateLimit: { limit: 30, window: 60, action: "deny" } },
    }),
    0,
  ],
  [
    "are let in less often",
    rules({
      ...rule("", [onPath("/login")]),
      action: { action: "rate_limit", rateLimit: { limit: 29, window: 60, action: "deny" } },
    }),
    1,
  ],
  ["are sent elsewhere", rules(rule("redirect", [onPath("/")])), 1],
  [
    "are denied by address",
    config({ ipRules: { rules: [{ action: "deny", hostname: "*", ip: "0.0.0.0/0" }] } }),
    1,
  ],
  ["are logged as bots", config({ managedRulesets: { botProtection: { action: "log", active: true } } }), 0],
  ["are challenged as bots", config({ managedRulesets: { botProtection: { action: "challenge" } } }), 1],
])("customers %s", (_, subject, expected) => {
  const pages = ["/any/page", "/login"].map((path) => ({ method: "GET", path }));
  expect(keptOut(subject, pages)).toHaveLength(expected);
});
