/** SARIF 2.1.0, https://docs.oasis-open.org/sarif/sarif/v2.1.0/, of linters that list the files they looked at. */
import { z } from "zod";
import { readShape } from "../../json.ts";
import type { Format, RawFile, Reading, Unreadable } from "../../reading.ts";
import { oneLine, sum } from "../values.ts";
import { linted } from "./findings.ts";

const level = z.enum(["none", "note", "warning", "error"]);
const located = z.looseObject({
  physicalLocation: z
    .looseObject({ artifactLocation: z.looseObject({ uri: z.string().optional() }) })
    .optional(),
});
const notification = z.looseObject({
  level: level.optional(),
  message: z.looseObject({ text: z.string().optional() }),
  locations: z.array(located).optional(),
});
const run = z.looseObject({
  tool: z.looseObject({ driver: z.looseObject({ name: z.string().min(1), version: z.string().optional() }) }),
  artifacts: z.array(z.looseObject({ location: z.looseObject({ uri: z.string().min(1) }) })).optional(),
  results: z.array(
    z.looseObject({
      level: level.optional(),
      kind: z.enum(["pass", "open", "informational", "notApplicable", "review", "fail"]).optional(),
      suppressions: z
        .array(z.looseObject({ status: z.enum(["accepted", "underReview", "rejected"]).optional() }))
        .optional(),
    }),
  ),
  invocations: z
    .array(
      z.looseObject({
        executionSuccessful: z.boolean(),
        startTimeUtc: z.iso.datetime().optional(),
        endTimeUtc: z.iso.datetime().optional(),
        toolConfigurationNotifications: z.array(notification).optional(),
        toolExecutionNotifications: z.array(notification).optional(),
      }),
    )
    .optional(),
});
const schema = z.looseObject({ version: z.literal("2.1.0"), runs: z.array(run).min(1) });
type Run = z.infer<typeof run>;
type Result = Run["results"][number];

export const sarif: Format = {
  name: "sarif",
  kind: "lint",
  made: "eslint --format @microsoft/eslint-formatter-sarif --output-file FILE .",
  read,
};

function read({ bytes }: RawFile): Reading | Unreadable {
  const shape = readShape(bytes, schema);
  if ("problem" in shape) return shape;
  const { runs } = shape.value;
  const failed = runs.map(failure).find((f) => f !== null);
  if (failed) return failed;
  const measures = runs.map(measured);
  const blind = runs.find((r) => !r.artifacts && r.results.length === 0);
  if (blind) {
    return {
      problem: `it does not tell which files ${oneLine(blind.tool.driver.name)} looked at: none perhaps; give its own format`,
    };
  }
  const total = (of: (m: (typeof measures)[number]) => number) => sum(measures.map(of));
  const measure = linted({
    files: total((m) => m.files),
    errors: total((m) => m.errors),
    warnings: total((m) => m.warnings),
    suppressed: total((m) => m.suppressed),
  });
  if ("problem" in measure) return measure;
  const calls = runs.flatMap((r) => r.invocations ?? []);
  return {
    tool: [...new Set(runs.map((r) => oneLine(r.tool.driver.name)))].join(", "),
    version: runs.length === 1 ? (runs[0]?.tool.driver.version ?? null) : null,
    startedAt: calls.flatMap((c) => c.startTimeUtc ?? []).sort()[0] ?? null,
    finishedAt:
      calls
        .flatMap((c) => c.endTimeUtc ?? [])
        .sort()
        .at(-1) ?? null,
    commit: null,
    measure,
  };
}

/** Why a run did not come to its end. */
function failure({ invocations = [] }: Run): Unreadable | null {
  const notes = invocations.flatMap((i) => [
    ...(i.toolConfigurationNotifications ?? []),
    ...(i.toolExecutionNotifications ?? []),
  ]);
  const error = notes.find((n) => n.level === "error");
  if (!error && invocations.every((i) => i.executionSuccessful)) return null;
  const where = error?.locations?.[0]?.physicalLocation?.artifactLocation.uri ?? "the whole";
  const why = oneLine(error?.message.text ?? "it gives no reason");
  return { problem: `the linter itself failed, at ${oneLine(where)}: ${why}` };
}

function measured({ artifacts = [], results, invocations = [] }: Run) {
  const ignored = invocations
    .flatMap((i) => i.toolConfigurationNotifications ?? [])
    .filter((n) => n.message.text?.startsWith("File ignored "))
    .flatMap((n) => n.locations ?? [])
    .flatMap((l) => l.physicalLocation?.artifactLocation.uri ?? []);
  const files = new Set(artifacts.map((a) => a.location.uri));
  for (const uri of ignored) files.delete(uri);
  const findings = results.filter((r) => (r.kind ?? "fail") === "fail");
  const open = findings.filter((r) => !isSuppressed(r));
  return {
    files: files.size,
    // The standard's default is a warning, or what the rule says: here the worse.
    errors: open.filter((r) => (r.level ?? "error") === "error").length,
    warnings: open.filter((r) => r.level === "warning").length,
    suppressed: findings.length - open.length,
  };
}

/** Section 3.27.23: suppressed where there is an entry and none was refused or waits. */
function isSuppressed({ suppressions = [] }: Result): boolean {
  return suppressions.length > 0 && suppressions.every((s) => (s.status ?? "accepted") === "accepted");
}
