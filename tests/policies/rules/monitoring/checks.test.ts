import { describe, expect, it } from "vitest";
import type { WithoutPages } from "../../../../model/pages.ts";
import { usualParts } from "../../../../model/parts.ts";
import { evaluate } from "../../../../policies/evaluate.ts";
import { checkRules } from "../../../../policies/rules/monitoring/checks.ts";
import { toStack } from "../../../../readiness/engine/registration.ts";
import { judge } from "../../support/outcome.ts";
import { declared, unknown } from "../../support/stack.ts";

const app = declared("readiness:index:App", {}, { name: "portal" });
const check = (tag: string, props: Readonly<Record<string, unknown>> = {}) =>
  declared(
    "datadog:index/syntheticsTest:SyntheticsTest",
    { subtype: "http", tags: ["service:portal", tag], ...props },
    { name: tag },
  );
const outcome = (id: string, ...resources: readonly ReturnType<typeof check>[]) =>
  judge(checkRules, id, resources).outcome;

describe("a page", () => {
  const said = (withoutPages: WithoutPages, ...resources: readonly ReturnType<typeof check>[]) =>
    evaluate(
      checkRules.filter(({ id }) => id === "page-checked-admin"),
      toStack("prod", resources, undefined, { parts: usualParts, withoutPages }),
    ).map(({ outcome, observed }) => [outcome, observed]);

  it("is looked at under the role's name, or another that is tagged with its role", () => {
    expect(outcome("page-checked-admin", check("check:admin"))).toBe("pass");
    expect(outcome("page-checked-admin", check("check:staff", { tags: ["page-role:admin"] }))).toBe("pass");
    expect(outcome("page-checked-admin", check("check:staff"))).toBe("fail");
    expect(
      outcome("page-checked-admin", check("check:staff", { subtype: "ssl", tags: ["page-role:admin"] })),
    ).toBe("fail");
  });

  it("that there is not is asked of nobody, and another's absence excuses nothing", () => {
    expect(said({ admin: "one person edits the text" })).toEqual([
      ["not-applicable", "there is no admin: one person edits the text"],
    ]);
    expect(said({ login: "nobody logs in" })).toEqual([["fail", "no check of admin is declared"]]);
  });
});

describe("routes of the API", () => {
  const routes = ["api-list", "api-read", "api-analytics", "api-search"];
  const checks = (of: readonly string[]) => of.map((route) => check(`check:${route}`));

  it("are looked at, every class that changes nothing", () => {
    expect(outcome("api-checked", app, ...checks(routes))).toBe("pass");
  });

  it.each(routes)("are not without %s", (route) => {
    expect(outcome("api-checked", app, ...checks(routes.filter((other) => other !== route)))).toBe("fail");
  });
});

describe("the time to answer", () => {
  const limited = (...targets: readonly unknown[]) =>
    check("check:homepage", {
      assertions: targets.map((target) => ({ type: "responseTime", operator: "lessThan", target })),
    });

  it.each([
    ["at the service level", limited("2500"), "pass"],
    ["a millisecond more", limited("2501"), "fail"],
    ["by one of two limits", limited("9999", "2000"), "pass"],
    ["by no limit", limited(), "fail"],
    ["by no assertion", check("check:homepage"), "fail"],
    [
      "by a limit of something else",
      check("check:homepage", { assertions: [{ type: "statusCode", target: "200" }] }),
      "fail",
    ],
    ["by a limit that is not known yet", limited(unknown), "unknown"],
  ])("is limited %s", (_, resource, expected) => {
    expect(outcome("checks-limit-response-time", resource)).toBe(expected);
  });
});

describe("a certificate", () => {
  const days = (target: unknown, more: object = {}) => ({
    type: "certificate",
    operator: "isInMoreThan",
    target,
    ...more,
  });
  const watched = (...assertions: readonly object[]) =>
    check("alert:certificate-expiry", { subtype: "ssl", assertions });

  it.each([
    ["a fortnight ahead", watched(days("14")), "pass"],
    ["a day later", watched(days("13")), "fail"],
    ["as soon as may be", watched(days("42")), "pass"],
    ["before it is due to be renewed", watched(days("46")), "fail"],
    ["by the earlier of two", watched(days("3"), days("20")), "pass"],
    ["only once it is too late", watched(days("20", { operator: "isInLessThan" })), "fail"],
    [
      "by its time to answer",
      watched({ type: "responseTime", operator: "lessThan", target: "2500" }),
      "fail",
    ],
    ["by nothing", check("alert:certificate-expiry", { subtype: "ssl" }), "fail"],
    ["at a time that is not known yet", watched(days(unknown)), "unknown"],
  ])("is told of %s", (_, resource, expected) => {
    expect(outcome("certificate-expiry-checked", resource)).toBe(expected);
  });
});
