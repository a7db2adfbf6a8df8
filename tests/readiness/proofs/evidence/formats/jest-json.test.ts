import { describe, expect, it } from "vitest";
import { jestJson } from "../../../../../readiness/proofs/evidence/formats/tests/jest-json.ts";
import { altered, fixture, measureOf, problemOf, reading, tests } from "./support.ts";

describe("jest-json", () => {
  it("reads a whole run", () => {
    const { startedAt, finishedAt, ...rest } = reading(jestJson, fixture("jest/good.json"));
    expect(rest).toEqual({ tool: "jest", version: null, commit: null, measure: tests(2) });
    expect(Date.parse(finishedAt ?? "")).toBeGreaterThan(Date.parse(startedAt ?? ""));
  });

  it.each([
    ["a failed test", "failing", tests(2, { failed: 1 })],
    ["a test that passed at its second attempt", "flaky", tests(1, { flaky: 1 })],
    ["a todo as skipped", "todo", tests(2, { skipped: 1 })],
    ["`.only`", "only", tests(2, { skipped: 1, narrowedBy: expect.stringContaining("`.only`") })],
    [
      "a name filter",
      "name-filter",
      tests(2, { skipped: 1, narrowedBy: expect.stringContaining("a name filter") }),
    ],
  ])("tells %s", (_, name, measure) => {
    expect(measureOf(jestJson, fixture(`jest/${name}.json`), "tests")).toEqual(measure);
  });

  it.each([
    ["no test, with --passWithNoTests", "no-tests", /^it has no test/],
    ["only skipped tests", "skipped", /^all 2 tests in it were skipped/],
    ["a broken import", "import", /^1 of its 1 files failed outside their tests.*Cannot find module/],
    [
      "a broken import among good files",
      "import-among-good",
      /^1 of its 2 files failed outside their tests.*import\.test\.js/,
    ],
  ])("refuses %s", (_, name, problem) => {
    expect(problemOf(jestJson, fixture(`jest/${name}.json`))).toMatch(problem);
  });

  it.each([
    ["an interrupted run", ['"wasInterrupted":false', '"wasInterrupted":true'], /interrupted/],
    ["one passed test more", ['"numPassedTests":2', '"numPassedTests":3'], /numPassedTests is 3.* make 2/],
    [
      "a file that is not listed",
      ['"numTotalTestSuites":1', '"numTotalTestSuites":2'],
      /numTotalTestSuites is 2/,
    ],
    ["a failure that is not listed", ['"success":true', '"success":false'], /success is false/],
    [
      "files that did not load",
      ['"numRuntimeErrorTestSuites":0', '"numRuntimeErrorTestSuites":1'],
      /is 1, .* make 0/,
    ],
  ] as const)("refuses %s", (_, change, problem) => {
    expect(problemOf(jestJson, altered("jest/good.json", change))).toMatch(problem);
  });

  it("refuses vitest's report", () => {
    expect(problemOf(jestJson, fixture("vitest/good.json"))).toMatch(/not this format/);
  });
});
