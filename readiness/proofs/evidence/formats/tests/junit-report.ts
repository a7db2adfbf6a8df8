/**
 * JUnit XML as vitest, Playwright and node:test write it. It has no standard; this is what they have in common with
 * the schema of Maven Surefire: surefire-test-report.xsd.
 */
import type { TestsMeasure, Unreadable } from "../../reading.ts";
import { readXml, type XmlDocument, type XmlElement } from "../../xml.ts";
import { oneLine, sum } from "../values.ts";
import { contradiction, countedTests, type Ending, skippedSomehow } from "./tally.ts";

export interface JunitReport {
  readonly tool: "vitest" | "playwright" | "node:test" | "junit";
  /** The earliest that it names with its time zone. */
  readonly startedAt: string | null;
  readonly measure: TestsMeasure;
}

/** Attempts that failed before one that passed. */
const flakyMarks: readonly string[] = ["flakyFailure", "flakyError"];
const failures: readonly string[] = ["failure", "error"];
const inCase: readonly string[] = [
  ...failures,
  ...flakyMarks,
  "skipped",
  "rerunFailure",
  "rerunError",
  "properties",
  "system-out",
  "system-err",
];
const inSuite: readonly string[] = ["testsuite", "testcase", "properties", "system-out", "system-err"];

export function readJunit(bytes: Uint8Array): JunitReport | Unreadable {
  const document = readXml(bytes);
  if ("problem" in document) return document;
  const { root } = document;
  if (root.name !== "testsuites" && root.name !== "testsuite") {
    return {
      problem: `its outermost element is <${oneLine(root.name)}>, must be <testsuites> or <testsuite>`,
    };
  }
  if (root.attributes["name"] === "jest tests") {
    return {
      problem:
        "it is of jest-junit, which leaves out files that do not load and has todo as passed: give jest-json",
    };
  }
  const suites = elements(root, (e) => e.name === "testsuite" || e.name === "testsuites");
  const cases = elements(root, (e) => e.name === "testcase");
  const problem =
    stray(suites, inSuite) ?? stray(cases, inCase) ?? within(root).problem ?? failingTodo(cases);
  if (problem) return problem;
  const summary = nodeSummary(document);
  const tool = summary ? "node:test" : toolOf(root);
  const empty = tool === "node:test" ? cases.find(isFileItself) : undefined;
  if (empty)
    return {
      problem: `there is no test in ${oneLine(empty.attributes["name"] ?? "")}, which node:test has as passed`,
    };
  const wrong = summary && wrongSummary(summary, cases);
  if (wrong) return wrong;
  const endings = cases.map(ending);
  const measure = countedTests(endings, {
    flaky: cases.filter((c) => ending(c) === "passed" && has(c, flakyMarks)).length,
    // node:test tells what was skipped in the code; what it filters is not in its report at all.
    narrowedBy: tool !== "node:test" && endings.includes("skipped") ? skippedSomehow : null,
  });
  return "problem" in measure ? measure : { tool, startedAt: earliest(suites), measure };
}

function elements(root: XmlElement, wanted: (element: XmlElement) => boolean): readonly XmlElement[] {
  return [...(wanted(root) ? [root] : []), ...root.children.flatMap((child) => elements(child, wanted))];
}

function has({ children }: XmlElement, names: readonly string[]): boolean {
  return children.some(({ name }) => names.includes(name));
}

/** What is not understood could say that a test failed. */
function stray(parents: readonly XmlElement[], known: readonly string[]): Unreadable | null {
  const found = parents.flatMap((p) => p.children).find(({ name }) => !known.includes(name));
  return found
    ? { problem: `it has an element <${oneLine(found.name)}> among its tests, which JUnit XML has not` }
    : null;
}

function ending(test: XmlElement): Ending {
  if (has(test, failures)) return "failed";
  return has(test, ["skipped"]) ? "skipped" : "passed";
}

interface Within {
  readonly tests: number;
  readonly failed: number;
  readonly skipped: number;
  /** The first total within that its tests do not make. */
  readonly problem: Unreadable | null;
}

/** What an element holds, from the innermost outwards: each is visited once. */
function within(element: XmlElement): Within {
  if (element.name === "testcase") {
    const failed = has(element, failures) ? 1 : 0;
    return { tests: 1, failed, skipped: has(element, ["skipped"]) ? 1 : 0, problem: null };
  }
  const parts = element.children.map(within);
  const found = {
    tests: sum(parts.map((p) => p.tests)),
    failed: sum(parts.map((p) => p.failed)),
    skipped: sum(parts.map((p) => p.skipped)),
  };
  const inner = parts.find((p) => p.problem !== null)?.problem;
  return { ...found, problem: inner ?? wrongTotals(element, found) };
}

/** A total that does not agree with the tests within; null where all do. */
function wrongTotals(suite: XmlElement, found: Omit<Within, "problem">): Unreadable | null {
  // node:test counts what stands directly within, the others all tests.
  const direct = suite.children.filter(({ name }) => name === "testcase" || name === "testsuite").length;
  const name = oneLine(suite.attributes["name"] ?? suite.name);
  const said = {
    tests: total(suite, "tests"),
    skipped: total(suite, "skipped"),
    failures: total(suite, "failures"),
    errors: total(suite, "errors"),
  };
  const bad = Object.entries(said).find(([, value]) => Number.isNaN(value));
  if (bad) {
    return {
      problem: `${bad[0]} of "${name}" is "${oneLine(suite.attributes[bad[0]] ?? "")}", must be a count`,
    };
  }
  if (said.tests !== null && said.tests !== found.tests && said.tests !== direct) {
    return contradiction([[`tests of "${name}"`, said.tests, found.tests]]);
  }
  const broken = sum([said.failures ?? 0, said.errors ?? 0]);
  const toldBroken = said.failures !== null || said.errors !== null;
  if (toldBroken && broken > 0 !== found.failed > 0)
    return contradiction([[`failures of "${name}"`, broken, found.failed]]);
  if (said.skipped !== null && said.skipped > 0 !== found.skipped > 0) {
    return contradiction([[`skipped of "${name}"`, said.skipped, found.skipped]]);
  }
  return null;
}

/** Null where it is not told, NaN where it is no count. */
function total({ attributes }: XmlElement, name: string): number | null {
  const text = attributes[name];
  if (text === undefined) return null;
  return /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
}

function failingTodo(cases: readonly XmlElement[]): Unreadable | null {
  const found = cases.find((c) => has(c, failures) && has(c, ["skipped"]));
  if (!found) return null;
  const name = JSON.stringify(oneLine(found.attributes["name"] ?? ""));
  return {
    problem: `the test ${name} is marked as todo and fails, which its tool passes over: mend it or take it out`,
  };
}

function toolOf({ attributes: { name, id } }: XmlElement): JunitReport["tool"] {
  if (name === "vitest tests") return "vitest";
  return id === "" && name === "" ? "playwright" : "junit";
}

/** The totals that node:test writes as comments at the end: lib/internal/test_runner/reporter/junit.js. */
function nodeSummary({ comments }: XmlDocument): ReadonlyMap<string, number> | null {
  const found = comments.flatMap((comment) => {
    const [, name, value] = /^(tests|pass|fail|cancelled|skipped|todo) (\d+)$/.exec(comment) ?? [];
    return name === undefined ? [] : [[name, Number(value)] as const];
  });
  return found.length > 0 ? new Map(found) : null;
}

/** The name of a file stands for its process where that registered no test. */
function isFileItself(test: XmlElement): boolean {
  const { name, file } = test.attributes;
  if (name === undefined || file === undefined || ending(test) === "failed") return false;
  return file === name || file.endsWith(`/${name}`);
}

function wrongSummary(said: ReadonlyMap<string, number>, cases: readonly XmlElement[]): Unreadable | null {
  const failed = cases.filter((c) => ending(c) === "failed").length;
  const lost = ["tests", "pass", "fail", "cancelled", "skipped", "todo"].find((name) => !said.has(name));
  if (lost) return { problem: `it has no total of "${lost}", which node:test writes at its end` };
  const broken = sum([said.get("fail") ?? 0, said.get("cancelled") ?? 0]);
  if (broken > 0 && failed === 0) {
    return {
      problem: `${broken} tests failed around their subtests, and are not listed: see the terminal output`,
    };
  }
  if (broken === 0 && failed > 0) return contradiction([["fail", broken, failed]]);
  const skipped = cases.filter((c) => has(c, ["skipped"])).length;
  const saidSkipped = sum([said.get("skipped") ?? 0, said.get("todo") ?? 0]);
  if (saidSkipped < skipped) return contradiction([["skipped and todo", saidSkipped, skipped]]);
  // Tests with subtests count in it, and are listed as suites.
  const tests = said.get("tests") ?? 0;
  return tests < cases.length ? contradiction([["tests", tests, cases.length]]) : null;
}

function earliest(suites: readonly XmlElement[]): string | null {
  const times = suites
    .map((s) => s.attributes["timestamp"] ?? "")
    .filter((t) => /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(t));
  const valid = times.filter((t) => !Number.isNaN(Date.parse(t)));
  return valid.sort((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null;
}
