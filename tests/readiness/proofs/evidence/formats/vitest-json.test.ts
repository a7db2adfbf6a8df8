import { describe, expect, it } from "vitest";
import { vitestJson } from "../../../../../readiness/proofs/evidence/formats/tests/vitest-json.ts";
import { altered, fixture, measureOf, problemOf, reading, tests } from "./support.ts";

const measured = (name: string) => measureOf(vitestJson, fixture(`vitest/${name}.json`), "tests");

describe("vitest-json", () => {
  it("reads a whole run", () => {
    const { startedAt, finishedAt, ...rest } = reading(vitestJson, fixture("vitest/good.json"));
    expect(rest).toEqual({ tool: "vitest", version: null, commit: null, measure: tests(3) });
    expect(Date.parse(finishedAt ?? "")).toBeGreaterThan(Date.parse(startedAt ?? ""));
  });

  it.each([
    ["a failed test", "failing", tests(2, { failed: 1 })],
    ["a test that passed at its second attempt", "flaky", tests(1, { flaky: 1 })],
    ["nothing of an error outside of tests, which junit has", "unhandled", tests(1)],
    ["a todo", "todo", tests(2, { skipped: 1 })],
    ["`.only`", "only", tests(2, { skipped: 1, narrowedBy: expect.stringContaining("`.only`") })],
    [
      "a name filter",
      "name-filter",
      tests(3, { skipped: 2, narrowedBy: expect.stringContaining("a name filter") }),
    ],
    ["--bail", "bail", tests(2, { failed: 1, skipped: 1, narrowedBy: "a stop before the end" })],
  ])("tells %s", (_, name, measure) => {
    expect(measured(name)).toEqual(measure);
  });

  it.each([
    ["no test, with --passWithNoTests", "no-tests", /^it has no test/],
    ["only skipped tests", "skipped", /^all 2 tests in it were skipped/],
    ["a broken import", "import", /^1 of its 1 files failed outside their tests.*Cannot find module/],
    ["a broken import among good files", "import-among-good", /^1 of its 3 files failed.*import\.test\.js/],
    ["a hook that failed", "hook", /^1 of its 1 files failed outside their tests.*no database/],
  ])("refuses %s", (_, name, problem) => {
    expect(problemOf(vitestJson, fixture(`vitest/${name}.json`))).toMatch(problem);
  });

  it.each([
    ["one passed test more", ['"numPassedTests":3', '"numPassedTests":4'], /numPassedTests is 4.* make 3/],
    ["a total of another run", ['"numTotalTests":3', '"numTotalTests":30'], /numTotalTests is 30/],
    ["a failure that is not listed", ['"success":true', '"success":false'], /lists no test that did/],
    ["a negative total", ['"numFailedTests":0', '"numFailedTests":-1'], /numFailedTests/],
    ["a total beyond the finite", ['"numFailedTests":0', '"numFailedTests":1e999'], /must be finite/],
    ["NaN", ['"numFailedTests":0', '"numFailedTests":NaN'], /not JSON/],
    [
      "a total twice",
      ['"numFailedTests":0', '"numFailedTests":0,"numFailedTests":0'],
      /"numFailedTests" twice/,
    ],
    [
      "a status of another version",
      ['"status":"passed"', '"status":"ok"'],
      /another version of it: testResults/,
    ],
    ["a time that is none", [/"startTime":\d+/, '"startTime":9e15'], /startTime/],
  ] as const)("refuses %s", (_, change, problem) => {
    expect(problemOf(vitestJson, altered("vitest/good.json", change))).toMatch(problem);
  });

  it("refuses a success that lists a failure", () => {
    const file = altered("vitest/failing.json", ['"success":false', '"success":true']);
    expect(problemOf(vitestJson, file)).toMatch(/succeeded, and lists 1 tests that failed/);
  });
});
