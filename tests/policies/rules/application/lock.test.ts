import { describe, expect, it } from "vitest";
import { lockRules } from "../../../../policies/rules/application/lock.ts";
import type { Registration } from "../../../../readiness/engine/registration.ts";
import { resource } from "../../support/linked.ts";
import { judge } from "../../support/outcome.ts";
import { unknown } from "../../support/stack.ts";

type Props = Readonly<Record<string, unknown>>;

const outcome = (id: string, resources: readonly Registration[]) => judge(lockRules, id, resources).outcome;

const portal = resource("vercel:index/project:Project", "portal");
const secret = resource("random:index/randomPassword:RandomPassword", "cron");
const firewall = (props: Props, of: readonly Registration[] = []) =>
  resource("vercel:index/firewallConfig:FirewallConfig", "firewall", props, {
    projectId: [portal],
    rules: of,
  });
const rules = (...all: readonly Props[]) => ({ rules: { rules: all } });
const header = (key: string, op: string, more: Props = {}) => ({ type: "header", key, op, ...more });
const path = (op: string, value: unknown, more: Props = {}) => ({
  type: "path",
  op,
  [Array.isArray(value) ? "values" : "value"]: value,
  ...more,
});
const deny = (...groups: readonly (readonly Props[])[]) =>
  rules({ action: { action: "deny" }, conditionGroups: groups.map((conditions) => ({ conditions })) });
const absent = header("x-origin-secret", "nex");
const wrong = header("x-origin-secret", "neq", { value: unknown });

describe("app-origin-locked", () => {
  const header = { type: "header", key: "x-origin-secret" };
  const absent = { conditions: [{ ...header, op: "nex" }] };
  const wrong = { conditions: [{ ...header, op: "neq", value: unknown }] };
  const lock = (conditionGroups: readonly Props[], more: Props = {}) => [
    firewall(rules({ action: { action: "deny" }, conditionGroups, ...more })),
  ];
  const environment = (value: string) => ({ type: "environment", op: "eq", value });

  it.each([
    ["whatever lacks the secret", lock([absent, wrong]), "pass"],
    [
      "the same in production",
      lock([{ conditions: [environment("production"), ...absent.conditions] }, wrong]),
      "pass",
    ],
    [
      "the same, said by a negation",
      lock([{ conditions: [{ ...header, op: "ex", neg: true }] }, wrong]),
      "pass",
    ],
    ["what has the header", lock([{ conditions: [{ ...header, op: "nex", neg: true }] }, wrong]), "fail"],
    [
      "the same of previews alone",
      lock([{ conditions: [environment("preview"), ...absent.conditions] }, wrong]),
      "fail",
    ],
    ["what has no header", lock([absent]), "fail"],
    [
      "the same on one path",
      lock([absent, { conditions: [...wrong.conditions, { type: "path", op: "pre", value: "/a" }] }]),
      "fail",
    ],
    ["nothing, since it is switched off", lock([absent, wrong], { active: false }), "fail"],
    ["nothing, since it only logs", lock([absent, wrong], { action: { action: "log" } }), "fail"],
    ["what is not known yet", [firewall({ rules: unknown })], "unknown"],
  ])("keeps out %s", (_, resources, expected) => {
    expect(outcome("app-origin-locked", resources)).toBe(expected);
  });
});

describe("app-origin-locked, with a way for some", () => {
  const either = (...more: readonly Props[]) => deny([absent, ...more], [wrong, ...more]);

  it.each([
    [
      "authorities that issue certificates",
      either(path("pre", "/.well-known/acme-challenge/", { neg: true })),
      "pass",
    ],
    ["another path", either(path("pre", "/open/", { neg: true })), "fail"],
    ["a path of another beginning", either(path("ninc", ["/open"])), "fail"],
    [
      "who calls himself the clock",
      either({ type: "user_agent", op: "neq", value: "vercel-cron/1.0" }),
      "fail",
    ],
    ["who has a header", either(header("x-partner", "nex")), "fail"],
    ["who has any authorization", either(header("authorization", "nex")), "fail"],
    [
      "who has an authorization like the clock's",
      either(header("authorization", "pre", { value: "Bearer ", neg: true })),
      "fail",
    ],
    [
      "who brings no authorization, by one reading of neq",
      either(header("authorization", "neq", { value: unknown })),
      "fail",
    ],
  ])("%s", (_, props, expected) => {
    expect(outcome("app-origin-locked", [firewall(props)])).toBe(expected);
  });
});

describe("app-crons-let-in", () => {
  const variable = (of: readonly Registration[] = [secret], value: unknown = unknown) =>
    resource(
      "vercel:index/projectEnvironmentVariable:ProjectEnvironmentVariable",
      "cron",
      { key: "CRON_SECRET", targets: ["production"], value },
      { projectId: [portal], value: of },
    );
  const demand = (value: unknown = unknown) => [
    header("authorization", "nex"),
    header("authorization", "neq", { value }),
  ];
  const lock = (noCron: readonly Props[]) =>
    deny(
      ...noCron.flatMap((no) => [
        [absent, no],
        [wrong, no],
      ]),
    );
  const jobs = path("ninc", ["/api/cron/a", "/api/cron/b"]);

  it.each([
    ["where they are", firewall(lock([jobs, ...demand()]), [secret]), [variable()], "pass"],
    ["nowhere, and none is called", firewall(deny([absent], [wrong])), [], "pass"],
    ["nowhere", firewall(deny([absent], [wrong])), [variable()], "fail"],
    ["everywhere", firewall(lock(demand()), [secret]), [variable()], "fail"],
    ["everywhere, and none is called", firewall(lock(demand()), [secret]), [], "fail"],
    ["where no secret is known", firewall(lock([jobs, ...demand()]), [secret]), [], "fail"],
    ["with another secret", firewall(lock([jobs, ...demand()])), [variable()], "fail"],
    [
      "with a secret of the same text",
      firewall(lock([jobs, ...demand("Bearer abc")])),
      [variable([], "abc")],
      "pass",
    ],
    [
      "with a secret of another text",
      firewall(lock([jobs, ...demand("Bearer abd")])),
      [variable([], "abc")],
      "fail",
    ],
    ["with the bare secret", firewall(lock([jobs, ...demand("abc")])), [variable([], "abc")], "fail"],
    ["what is not known yet", firewall({ rules: unknown }), [variable()], "unknown"],
  ])("%s", (_, config, variables, expected) => {
    expect(outcome("app-crons-let-in", [portal, secret, config, ...variables])).toBe(expected);
  });

  it("does not tell the secret", () => {
    const config = firewall(lock([jobs, ...demand("Bearer abd")]));
    const told = judge(lockRules, "app-crons-let-in", [portal, config, variable([], "abc-secret")]);
    expect(told.messages.join()).not.toMatch(/abc-secret|abd/);
  });
});

it.each([
  ["spared", [absent, path("pre", "/.well-known/acme-challenge/", { neg: true })], "pass"],
  ["denied", [absent], "fail"],
])("authorities are %s", (_, conditions, expected) => {
  expect(outcome("app-certificates-issued", [portal, firewall(deny(conditions))])).toBe(expected);
});
