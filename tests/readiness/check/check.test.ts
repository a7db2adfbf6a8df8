import { describe, expect, it } from "vitest";
import { worstStatus } from "../../../readiness/check/check.ts";
import { selectStacks } from "../../../readiness/inputs/selection.ts";
import { summary } from "../../../readiness/render/summary.ts";
import { stackReport } from "../../../readiness/report.ts";
import { commit, conditionalReport, finding, findingsFor, stackOf } from "../fixtures.ts";

const available = ["dev", "prod", "staging"];

describe("selectStacks", () => {
  it("takes staging by default, and names production as not seen", () => {
    expect(selectStacks([], false, available)).toEqual({ reported: ["staging"], unseenProduction: ["prod"] });
  });

  it("takes each named stack once, in the order given", () => {
    expect(selectStacks(["prod", "dev", "prod"], false, available)).toEqual({
      reported: ["prod", "dev"],
      unseenProduction: [],
    });
  });

  it("takes every stack file with --all", () => {
    expect(selectStacks([], true, available)).toEqual({ reported: available, unseenProduction: [] });
  });

  it("suggests the stack that a misspelled one stands for", () => {
    expect(() => selectStacks(["prdo"], false, available)).toThrow(
      'there is no stack "prdo"; did you mean "prod"? The stack files here are Pulumi.dev.yaml, Pulumi.prod.yaml, Pulumi.staging.yaml.',
    );
  });

  it.each([["../prod"], [""], ["prod/"]])("has no stack %j", (name) => {
    expect(() => selectStacks([name], false, available)).toThrow(/there is no stack/);
  });

  it("needs a stack file", () => {
    expect(() => selectStacks([], true, [])).toThrow("there is no Pulumi.<stack>.yaml in this folder");
    expect(() => selectStacks([], false, ["prod"])).toThrow(/there is no stack "staging"/);
  });
});

describe("worstStatus", () => {
  it.each([
    [[0], 0],
    [[0, 3], 3],
    [[3, 1, 0], 1],
    [[0, 1, 2, 3], 2],
    [[], 3],
  ])("of %j is %i", (statuses, expected) => {
    expect(worstStatus(statuses)).toBe(expected);
  });
});

describe("summary", () => {
  it("says GO with the number of items", () => {
    const report = stackReport(stackOf("staging"), findingsFor("pass"), commit, []);
    expect(summary(report)).toMatch(/^staging: GO, (\d+) proven of \1 required items$/);
  });

  it("tells what is deployed from what is declared", () => {
    const source = { kind: "state", file: "staging.json", updated: null } as const;
    const report = stackReport(stackOf("staging"), findingsFor("pass"), commit, [], "release", source);
    expect(summary(report)).toMatch(/^staging as deployed: GO, /);
  });

  it("counts what is waived, beside what is not", () => {
    expect(summary(conditionalReport())).toMatch(/^prod: CONDITIONAL, 2 waived of \d+ required items$/);
    expect(summary(conditionalReport(finding("DB-03", "fail")))).toMatch(
      /^prod: NO-GO, 1 failing, 2 waived of \d+ required items$/,
    );
  });

  it("says what is open in production", () => {
    const report = stackReport(stackOf("prod"), findingsFor("fail"), commit, []);
    expect(summary(report)).toMatch(/^prod: NO-GO, \d+ failing, \d+ without proof of \d+ required items$/);
  });
});
