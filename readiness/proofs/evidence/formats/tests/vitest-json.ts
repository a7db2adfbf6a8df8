/**
 * `--reporter=json` of vitest: packages/vitest/src/node/reporters/json.ts.
 * Errors outside of tests ("unhandled") leave no trace in it, nor do the tests that a shard or a file's name left out.
 */
import { z } from "zod";
import { readShape } from "../../json.ts";
import type { Format, RawFile, Reading, Unreadable } from "../../reading.ts";
import { count, momentOf } from "../values.ts";
import { contradiction, countedTests, type Ending, skippedSomehow } from "./tally.ts";
import { failedOutsideTests, lastEnd } from "./test-files.ts";

const schema = z.looseObject({
  numTotalTestSuites: count,
  numFailedTestSuites: count,
  numTotalTests: count,
  numPassedTests: count,
  numFailedTests: count,
  numPendingTests: count,
  numTodoTests: count,
  startTime: momentOf,
  success: z.boolean(),
  testResults: z.array(
    z.looseObject({
      name: z.string(),
      status: z.enum(["passed", "failed"]),
      message: z.string(),
      endTime: momentOf,
      assertionResults: z.array(
        z.looseObject({
          fullName: z.string(),
          status: z.enum(["passed", "failed", "skipped", "todo", "pending", "disabled"]),
          failureMessages: z.array(z.string()),
        }),
      ),
    }),
  ),
});
type Status = z.infer<typeof schema>["testResults"][number]["assertionResults"][number]["status"];

/** What vitest calls `pending` has not come to an end: a run that was stopped. */
const endings: Readonly<Record<Status, Ending>> = {
  passed: "passed",
  failed: "failed",
  skipped: "skipped",
  disabled: "skipped",
  todo: "skipped",
  pending: "skipped",
};

export const vitestJson: Format = {
  name: "vitest-json",
  kind: "tests",
  made: "vitest run --reporter=json --outputFile=FILE",
  read,
};

function read({ bytes }: RawFile): Reading | Unreadable {
  const shape = readShape(bytes, schema);
  if ("problem" in shape) return shape;
  const report = shape.value;
  const files = report.testResults;
  const broken = failedOutsideTests(files);
  if (broken) return broken;
  const tests = files.flatMap((f) => f.assertionResults);
  const counted = (...statuses: readonly Status[]) =>
    tests.filter(({ status }) => statuses.includes(status)).length;
  const failed = counted("failed");
  const wrong = contradiction([
    ["numTotalTests", report.numTotalTests, tests.length],
    ["numFailedTests", report.numFailedTests, failed],
    ["numTodoTests", report.numTodoTests, counted("todo")],
    ["numPendingTests", report.numPendingTests, counted("skipped", "disabled")],
    // Its own sum: tests that never ended are missing from it.
    ["numPassedTests", report.numPassedTests, counted("passed")],
  ]);
  const stopped = counted("pending");
  if (wrong && stopped === 0) return wrong;
  if (failed === 0 && (!report.success || report.numFailedTestSuites > 0)) {
    return {
      problem:
        "it says that the run failed, and lists no test that did: run it again, and see its terminal output",
    };
  }
  if (failed > 0 && report.success) {
    return { problem: `it says that the run succeeded, and lists ${failed} tests that failed` };
  }
  const measure = countedTests(
    tests.map(({ status }) => endings[status]),
    {
      flaky: tests.filter((t) => t.status === "passed" && t.failureMessages.length > 0).length,
      narrowedBy:
        stopped > 0 ? "a stop before the end" : counted("skipped", "disabled") > 0 ? skippedSomehow : null,
    },
  );
  if ("problem" in measure) return measure;
  const finishedAt = lastEnd(files);
  return { tool: "vitest", version: null, startedAt: report.startTime, finishedAt, commit: null, measure };
}
