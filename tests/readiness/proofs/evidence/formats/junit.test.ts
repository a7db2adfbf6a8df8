import { describe, expect, it } from "vitest";
import { junit } from "../../../../../readiness/proofs/evidence/formats/tests/junit.ts";
import { nodeTestJunit } from "../../../../../readiness/proofs/evidence/formats/tests/node-test-junit.ts";
import { altered, fileOf, fixture, measureOf, problemOf, reading, tests } from "./support.ts";

const bomb = `<!DOCTYPE a [<!ENTITY b "${"c".repeat(50)}"><!ENTITY d "&b;&b;">]><testsuites>&d;</testsuites>`;

describe("junit", () => {
  it.each([
    ["vitest", "vitest/good.xml", "vitest", 3],
    ["Playwright", "playwright/good.xml", "playwright", 5],
    ["node:test", "node-test/good.xml", "node:test", 3],
  ])("reads a whole run of %s", (_, path, tool, total) => {
    const { startedAt, ...rest } = reading(junit, fixture(path));
    expect(rest).toEqual({ tool, version: null, finishedAt: null, commit: null, measure: tests(total) });
    expect(startedAt).toMatch(/^20\d\d-.*Z$/);
  });

  it.each([
    ["a failed test of vitest", "vitest/failing.xml", tests(2, { failed: 1 })],
    ["a broken import of vitest", "vitest/import-among-good.xml", tests(4, { failed: 1 })],
    ["an error outside of vitest's tests", "vitest/unhandled.xml", tests(2, { failed: 1 })],
    [
      "a hook that failed",
      "vitest/hook.xml",
      tests(2, { failed: 1, skipped: 1, narrowedBy: expect.any(String) }),
    ],
    ["`.only`", "vitest/only.xml", tests(2, { skipped: 1, narrowedBy: expect.stringContaining("`.only`") })],
    ["a name filter", "vitest/name-filter.xml", tests(3, { skipped: 2, narrowedBy: expect.any(String) })],
    ["a retry, with includeRetries", "playwright/flaky-retried.xml", tests(1, { flaky: 1 })],
    ["nothing of a retry without it", "playwright/flaky.xml", tests(1)],
  ])("tells %s", (_, path, measure) => {
    expect(measureOf(junit, fixture(path), "tests")).toEqual(measure);
  });

  it.each([
    ["no test", fixture("vitest/no-tests.xml"), /^it has no test/],
    ["only skipped tests", fixture("vitest/skipped.xml"), /^all 2 tests in it were skipped/],
    ["a list of tests", fixture("playwright/list.xml"), /^all 5 tests in it were skipped/],
    ["a broken import of Playwright", fixture("playwright/import.xml"), /^it has no test/],
    ["jest-junit", fixture("jest/good.xml"), /leaves out files that do not load/],
    ["jest-junit that hides a broken import", fixture("jest/import-among-good.xml"), /give jest-json/],
    ["an empty file", fileOf(""), /^it is empty/],
    ["an HTML page", fileOf("<!doctype html><html><body>502</body></html>"), /^it is an HTML page/],
    ["a page in XHTML", fileOf("<div><p>502</p></div>"), /outermost element is <div>/],
    ["entities that multiply", fileOf(bomb), /has a DOCTYPE/],
    ["what is not XML", fileOf("ok 1 - passes"), /not XML/],
    ["a deep nest", fileOf("<testsuite>".repeat(1001)), /more than 1000 levels/],
    [
      "a result that is not known",
      altered("vitest/only.xml", ["<skipped/>", "<aborted/>"]),
      /an element <aborted>/,
    ],
    [
      "one test more",
      altered("vitest/good.xml", ['tests="3"', 'tests="4"']),
      /tests of "vitest tests" is 4.* make 3/,
    ],
    [
      "a failure that is not listed",
      altered("vitest/good.xml", ['failures="0"', 'failures="1"']),
      /failures of/,
    ],
    [
      "a failure that is not counted",
      altered("vitest/failing.xml", ['failures="1"', 'failures="0"']),
      /failures of/,
    ],
    [
      "a skipped one that is not listed",
      altered("vitest/good.xml", ['skipped="0"', 'skipped="1"']),
      /skipped of/,
    ],
    ["NaN", altered("vitest/good.xml", ['tests="3"', 'tests="NaN"']), /"NaN", must be a count/],
    ["a negative total", altered("vitest/good.xml", ['tests="3"', 'tests="-3"']), /"-3", must be a count/],
  ])("refuses %s", (_, file, problem) => {
    expect(problemOf(junit, file)).toMatch(problem);
  });

  it("refuses every truncation", () => {
    const { path, bytes } = fixture("vitest/good.xml");
    for (let end = 1; end < bytes.length - 1; end += 7) {
      expect(problemOf(junit, { path, bytes: bytes.subarray(0, end) })).toMatch(/breaks off|not XML|empty/);
    }
  });
});

describe("node-test-junit", () => {
  it.each([
    ["a whole run", "good", tests(3)],
    ["a failed test", "failing", tests(2, { failed: 1 })],
    ["a broken import", "import", tests(1, { failed: 1 })],
    ["a todo", "todo", tests(2, { skipped: 1 })],
  ])("reads %s", (_, name, measure) => {
    expect(measureOf(nodeTestJunit, fixture(`node-test/${name}.xml`), "tests")).toEqual(measure);
  });

  it.each([
    ["no match", "no-tests", /^it has no test/],
    ["an empty file that counts as passed", "empty", /^there is no test in traps\/empty\.test\.mjs/],
    ["only skipped tests", "skipped", /^all 2 tests in it were skipped/],
    ["a todo that fails", "failing-todo", /"two" is marked as todo and fails/],
    ["a failure around subtests that pass", "parent", /^1 tests failed around their subtests/],
  ])("refuses %s", (_, name, problem) => {
    expect(problemOf(nodeTestJunit, fixture(`node-test/${name}.xml`))).toMatch(problem);
  });

  it.each([
    ["fewer tests than it lists", ["tests 3 ", "tests 2 "], /tests is 2.* make 3/],
    ["a failure that is not listed", ["fail 0 ", "fail 1 "], /1 tests failed around/],
    ["a total that is missing", ["<!-- pass 3 -->", ""], /no total of "pass"/],
  ] as const)("refuses %s", (_, change, problem) => {
    expect(problemOf(nodeTestJunit, altered("node-test/good.xml", change))).toMatch(problem);
  });

  it("refuses the report of another tool", () => {
    expect(problemOf(nodeTestJunit, fixture("vitest/good.xml"))).toMatch(/totals that node:test writes/);
  });
});
