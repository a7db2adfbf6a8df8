/** `--json` of jest: packages/jest-test-result/src/formatTestResults.ts. Shards leave no trace in it. */
import { z } from "zod";
import { readShape } from "../../json.ts";
import type { Format, RawFile, Reading, Unreadable } from "../../reading.ts";
import { count, momentOf } from "../values.ts";
import { contradiction, countedTests, type Ending, skippedSomehow } from "./tally.ts";
import { failedOutsideTests, lastEnd } from "./test-files.ts";

const schema = z.looseObject({
  numTotalTestSuites: count,
  numFailedTestSuites: count,
  /** Files that could not be loaded; none of their tests is among those that failed. */
  numRuntimeErrorTestSuites: count,
  numTotalTests: count,
  numPassedTests: count,
  numFailedTests: count,
  numPendingTests: count,
  numTodoTests: count,
  startTime: momentOf,
  success: z.boolean(),
  wasInterrupted: z.boolean(),
  testResults: z.array(
    z.looseObject({
      name: z.string(),
      status: z.enum(["passed", "failed", "pending", "skipped", "focused", "todo"]),
      message: z.string(),
      endTime: momentOf,
      assertionResults: z.array(
        z.looseObject({
          status: z.enum(["passed", "failed", "pending", "skipped", "todo", "disabled", "focused"]),
          /** 2 and more after `jest.retryTimes`. */
          invocations: z.int().min(1),
        }),
      ),
    }),
  ),
});
type Status = z.infer<typeof schema>["testResults"][number]["assertionResults"][number]["status"];

const endings: Readonly<Record<Status, Ending>> = {
  passed: "passed",
  failed: "failed",
  pending: "skipped",
  skipped: "skipped",
  todo: "skipped",
  disabled: "skipped",
  focused: "skipped",
};

export const jestJson: Format = {
  name: "jest-json",
  kind: "tests",
  made: "jest --json --outputFile=FILE",
  read,
};

function read({ bytes }: RawFile): Reading | Unreadable {
  const shape = readShape(bytes, schema);
  if ("problem" in shape) return shape;
  const report = shape.value;
  const files = report.testResults;
  const broken = failedOutsideTests(files);
  if (broken) return broken;
  if (report.wasInterrupted) return { problem: "the run was interrupted: let it come to its end" };
  const tests = files.flatMap((f) => f.assertionResults);
  const ended = (how: Ending) => tests.filter(({ status }) => endings[status] === how).length;
  const failed = ended("failed");
  const todo = tests.filter(({ status }) => status === "todo").length;
  const wrong = contradiction([
    ["numTotalTestSuites", report.numTotalTestSuites, files.length],
    ["numTotalTests", report.numTotalTests, tests.length],
    ["numPassedTests", report.numPassedTests, ended("passed")],
    ["numFailedTests", report.numFailedTests, failed],
    ["numTodoTests", report.numTodoTests, todo],
    ["numPendingTests", report.numPendingTests, ended("skipped") - todo],
    ["numRuntimeErrorTestSuites", report.numRuntimeErrorTestSuites, 0],
  ]);
  if (wrong) return wrong;
  if ((failed > 0 || report.numFailedTestSuites > 0) === report.success) {
    return {
      problem: `it contradicts itself: success is ${report.success}, ${failed} of the tests that it lists failed`,
    };
  }
  const measure = countedTests(
    tests.map(({ status }) => endings[status]),
    {
      flaky: tests.filter((t) => t.status === "passed" && t.invocations > 1).length,
      narrowedBy: ended("skipped") > todo ? skippedSomehow : null,
    },
  );
  if ("problem" in measure) return measure;
  const finishedAt = lastEnd(files);
  return { tool: "jest", version: null, startedAt: report.startTime, finishedAt, commit: null, measure };
}
