import { describe, expect, it } from "vitest";
import { narrowingArguments } from "../../../../../readiness/proofs/evidence/formats/tests/playwright-arguments.ts";
import { playwrightJson } from "../../../../../readiness/proofs/evidence/formats/tests/playwright-json.ts";
import { altered, fixture, measureOf, problemOf, reading, tests } from "./support.ts";

describe("playwright-json", () => {
  it("reads a whole run, with its commit", () => {
    const { startedAt, finishedAt, ...rest } = reading(playwrightJson, fixture("playwright/good.json"));
    const commit = expect.stringMatching(/^[0-9a-f]{40}$/);
    expect(rest).toEqual({ tool: "playwright", version: "1.65.1", commit, measure: tests(5) });
    expect(Date.parse(finishedAt ?? "")).toBeGreaterThan(Date.parse(startedAt ?? ""));
  });

  it.each([
    ["a failed test", "failing", tests(2, { failed: 1 })],
    ["a test that passed at its second attempt", "flaky", tests(1, { flaky: 1 })],
    ["a shard", "shard-2", tests(2, { shard: { index: 2, total: 2 } })],
    ["a name filter", "name-filter", tests(1, { narrowedBy: "-g works" })],
    ["a file filter", "file-filter", tests(2, { narrowedBy: "login" })],
    [
      "`.only`, where it is not forbidden",
      "only",
      tests(1, { narrowedBy: expect.stringContaining("forbidOnly is off") }),
    ],
  ])("tells %s", (_, name, measure) => {
    expect(measureOf(playwrightJson, fixture(`playwright/${name}.json`), "tests")).toEqual(measure);
  });

  it.each([
    ["a list of tests", "list", /^it lists 5 tests and ran none/],
    ["no test, with --pass-with-no-tests", "no-tests", /^it has no test/],
    ["an empty shard", "shard-empty", /^part 3 of 3 has no test/],
    ["only skipped tests", "skipped", /^all 2 tests in it were skipped/],
    ["a broken import", "import", /^the run itself failed: Error: Cannot find module/],
    ["a forbidden `.only`", "only-forbidden", /^the run itself failed: .*'\.only' is not allowed/],
    ["a run that was stopped", "stopped", /^the run itself failed: Testing stopped early/],
  ])("refuses %s", (_, name, problem) => {
    expect(problemOf(playwrightJson, fixture(`playwright/${name}.json`))).toMatch(problem);
  });

  it.each([
    ["a passed test more", ['"expected": 5', '"expected": 6'], /stats\.expected is 6.* make 5/],
    [
      "an attempt that failed",
      ['"status": "passed"', '"status": "failed"'],
      /result of "adds" is not what its attempts/,
    ],
    ["a short id of the commit", [/"hash": "(.{7}).*"/, '"hash": "$1"'], /must be the full id of a commit/],
    [
      "a negative duration",
      [/"duration": [\d.]+,\n {4}"expected"/, '"duration": -1, "expected"'],
      /stats\.duration/,
    ],
  ] as const)("refuses %s", (_, change, problem) => {
    expect(problemOf(playwrightJson, altered("playwright/good.json", change))).toMatch(problem);
  });

  it("refuses a shard beyond the last", () => {
    const file = altered("playwright/shard-2.json", ['"current": 2', '"current": 3']);
    expect(problemOf(playwrightJson, file)).toMatch(/more parts than there are/);
  });

  it("tells an inverted filter of the config", () => {
    const file = altered("playwright/good.json", ['"grepInvert": null', '"grepInvert": {}']);
    expect(measureOf(playwrightJson, file, "tests").narrowedBy).toBe("grepInvert in its config");
  });

  it("tells a report without its command line", () => {
    const file = altered("playwright/good.json", ['"argv"', '"args"']);
    expect(measureOf(playwrightJson, file, "tests").narrowedBy).toMatch(/command line perhaps/);
  });
});

describe("narrowingArguments", () => {
  it.each([
    ["", null],
    ["--reporter json --workers=2 -j 2 --retries 1 --shard 1/2 --forbid-only -x", null],
    ["-u all --shuffle --headed", null],
    ["--headed login", "login"],
    ["--project chromium", "--project chromium"],
    ["--grep=@smoke", "--grep=@smoke"],
    ["--last-failed", "--last-failed"],
    ["--only-changed --workers 1", "--only-changed"],
    ["--an-option-of-tomorrow", "--an-option-of-tomorrow"],
  ])("finds in %j %j", (line, found) => {
    const args = line.split(" ").filter((arg) => arg !== "");
    expect(narrowingArguments(["/usr/bin/node", "playwright", "test", ...args])).toBe(found);
  });
});
