/** The json reporter of Playwright: packages/playwright/types/testReporter.d.ts, `JSONReport`. */
import { z } from "zod";
import { readShape } from "../../json.ts";
import type { Format, RawFile, Reading, Unreadable } from "../../reading.ts";
import { commitId, count, oneLine } from "../values.ts";
import { narrowingArguments } from "./playwright-arguments.ts";
import { contradiction, countedTests, type Ending } from "./tally.ts";

const spec = z.looseObject({
  title: z.string(),
  ok: z.boolean(),
  tests: z.array(
    z.looseObject({
      /** What the test is to end in; `failed` after `test.fail()`. */
      expectedStatus: z.enum(["passed", "failed", "skipped", "timedOut", "interrupted"]),
      status: z.enum(["expected", "unexpected", "flaky", "skipped"]),
      /** Each attempt; none where the test was not run. */
      results: z.array(
        z.looseObject({ status: z.enum(["passed", "failed", "skipped", "timedOut", "interrupted"]) }),
      ),
    }),
  ),
});
type Test = z.infer<typeof spec>["tests"][number];

const suite = z.looseObject({
  specs: z.array(spec),
  get suites(): z.ZodOptional<z.ZodArray<typeof suite>> {
    return z.array(suite).optional();
  },
});
type Suite = z.infer<typeof suite>;

const schema = z.looseObject({
  config: z.looseObject({
    version: z.string(),
    argv: z.array(z.string()).optional(),
    forbidOnly: z.boolean(),
    /** A pattern is written as `{}`; where there is none, null. */
    grepInvert: z.unknown(),
    shard: z
      .looseObject({ current: z.int().min(1), total: z.int().min(1) })
      .refine(({ current, total }) => current <= total, "shard has more parts than there are")
      .nullable(),
    /** With `captureGitInfo`. */
    metadata: z.looseObject({ gitCommit: z.looseObject({ hash: commitId }).optional() }),
  }),
  suites: z.array(suite),
  errors: z.array(z.looseObject({ message: z.string().optional() })),
  stats: z.looseObject({
    startTime: z.iso.datetime(),
    duration: z.number().min(0).max(1e12),
    expected: count,
    unexpected: count,
    flaky: count,
    skipped: count,
  }),
});
type Report = z.infer<typeof schema>;

const endings: Readonly<Record<Test["status"], Ending>> = {
  expected: "passed",
  flaky: "passed",
  unexpected: "failed",
  skipped: "skipped",
};

export const playwrightJson: Format = {
  name: "playwright-json",
  kind: "tests",
  made: "PLAYWRIGHT_JSON_OUTPUT_FILE=FILE playwright test --reporter=json",
  read,
};

function read({ bytes }: RawFile): Reading | Unreadable {
  const shape = readShape(bytes, schema);
  if ("problem" in shape) return shape;
  const { config, suites, errors, stats } = shape.value;
  const [error] = errors;
  if (error) return { problem: `the run itself failed: ${oneLine(error.message ?? "no reason is given")}` };
  const specs = suites.flatMap(specsOf);
  const tests = specs.flatMap((s) => s.tests);
  if (config.argv?.includes("--list") || (tests.length > 0 && tests.every((t) => t.results.length === 0))) {
    return { problem: `it lists ${tests.length} tests and ran none of them: run it without --list` };
  }
  const odd = specs.find(
    (s) => !s.tests.every(isConsistent) || s.ok !== s.tests.every((t) => t.status !== "unexpected"),
  );
  if (odd) {
    return {
      problem: `it contradicts itself: the result of ${JSON.stringify(oneLine(odd.title))} is not what its attempts make`,
    };
  }
  const counted = (status: Test["status"]) => tests.filter((t) => t.status === status).length;
  const statuses = ["expected", "unexpected", "flaky", "skipped"] as const;
  const wrong = contradiction(statuses.map((status) => [`stats.${status}`, stats[status], counted(status)]));
  if (wrong) return wrong;
  const measure = countedTests(
    tests.map(({ status }) => endings[status]),
    {
      flaky: counted("flaky"),
      shard: config.shard && { index: config.shard.current, total: config.shard.total },
      narrowedBy: narrowing(config, tests),
    },
  );
  if ("problem" in measure) return measure;
  return {
    tool: "playwright",
    version: config.version,
    startedAt: stats.startTime,
    finishedAt: new Date(Date.parse(stats.startTime) + stats.duration).toISOString(),
    commit: config.metadata.gitCommit?.hash ?? null,
    measure,
  };
}

function specsOf(suite: Suite): readonly z.infer<typeof spec>[] {
  return [...suite.specs, ...(suite.suites ?? []).flatMap(specsOf)];
}

/** Whether a result is what Playwright makes of the attempts: packages/playwright/src/common/test.ts, `outcome`. */
function isConsistent({ status, expectedStatus, results }: Test): boolean {
  const last = results.at(-1)?.status;
  switch (status) {
    case "expected":
      return last === expectedStatus && last !== "skipped";
    case "flaky":
      return last === expectedStatus && results.length > 1;
    case "skipped":
      return results.every((r) => r.status === "skipped" || r.status === "interrupted");
    case "unexpected":
      return last !== undefined && last !== expectedStatus;
  }
}

function narrowing(config: Report["config"], tests: readonly Test[]): string | null {
  if (!config.argv) return "its command line perhaps, which this version of Playwright does not tell";
  const args = narrowingArguments(config.argv);
  if (args !== null) return oneLine(args);
  if (config.grepInvert !== null) return "grepInvert in its config";
  if (tests.some((t) => t.status === "skipped" && t.expectedStatus !== "skipped"))
    return "a stop before the end";
  // `.only` leaves the other tests out of the report.
  return config.forbidOnly ? null : "`.only` perhaps: forbidOnly is off in its config";
}
