/** One reading from those of a run that was split, or of several packages. */
import { isDeepStrictEqual } from "node:util";
import { total } from "./formats/coverage/counts.ts";
import { sum } from "./formats/values.ts";
import type { CoverageMeasure, LintMeasure, Measure, Reading, TestsMeasure, Unreadable } from "./reading.ts";

/**
 * A single reading stays as it is, but for one part of several.
 * The coverage of one file by several parts cannot be added; `readIstanbul` merges it.
 */
export function mergeReadings(readings: readonly Reading[]): Reading | Unreadable {
  const [first, ...others] = readings;
  if (!first) return { problem: "there is no report" };
  const twin = readings.findIndex((r, i) => readings.some((s, j) => j < i && isDeepStrictEqual(r, s)));
  if (twin !== -1) return { problem: `report ${twin + 1} is the same as one before: give each once` };
  const apart = others.find((r) => r.commit !== first.commit);
  if (apart)
    return { problem: `reports are of two commits, ${first.commit ?? "none"} and ${apart.commit ?? "none"}` };
  const measure = mergedMeasure(readings);
  if ("problem" in measure) return measure;
  return {
    tool: common(readings.map((r) => r.tool)) ?? [...new Set(readings.map((r) => r.tool))].join(", "),
    version: common(readings.map((r) => r.version)),
    startedAt: outermost(
      readings.map((r) => r.startedAt),
      -1,
    ),
    finishedAt: outermost(
      readings.map((r) => r.finishedAt),
      1,
    ),
    commit: first.commit,
    measure,
  };
}

function mergedMeasure(readings: readonly Reading[]): Measure | Unreadable {
  const measures = readings.map((r) => r.measure);
  const tests = measures.filter((m) => m.kind === "tests");
  if (tests.length === measures.length) return incomplete(readings, tests) ?? mergedTests(tests);
  const [only, ...more] = measures;
  if (only && more.length === 0) return only;
  const coverages = measures.filter((m) => m.kind === "coverage");
  if (coverages.length === measures.length) return mergedCoverage(coverages);
  const lints = measures.filter((m) => m.kind === "lint");
  if (lints.length === measures.length) return mergedLint(lints);
  const kinds = [...new Set(measures.map((m) => m.kind))].join(", ");
  return { problem: `${measures.length} reports of ${kinds} cannot be taken together: give one` };
}

/** What is wrong with the parts of a run that was split. */
function incomplete(readings: readonly Reading[], tests: readonly TestsMeasure[]): Unreadable | null {
  const shards = tests.flatMap((t) => t.shard ?? []);
  const [first] = shards;
  if (!first) return null;
  if (shards.length < tests.length)
    return { problem: "some reports are parts of a run and others are whole runs" };
  const other = shards.find((s) => s.total !== first.total);
  if (other) {
    return {
      problem: `parts are of two runs: ${first.index} of ${first.total}, ${other.index} of ${other.total}`,
    };
  }
  if (common(readings.map((r) => `${r.tool} ${r.version}`)) === null)
    return { problem: "parts are of two tools or versions" };
  const indexes = shards.map((s) => s.index);
  const twice = indexes.find((index, i) => indexes.indexOf(index) !== i);
  if (twice !== undefined) return { problem: `part ${twice} of ${first.total} is there twice` };
  if (indexes.length === first.total) return null;
  let missing = 1;
  while (indexes.includes(missing)) missing++;
  return {
    problem: `part ${missing} of ${first.total} is missing: ${indexes.length} of ${first.total} are there`,
  };
}

function mergedTests(tests: readonly TestsMeasure[]): TestsMeasure {
  const of = (field: "total" | "passed" | "failed" | "skipped" | "flaky") => sum(tests.map((t) => t[field]));
  const narrowings = new Set(tests.flatMap((t) => t.narrowedBy ?? []));
  return {
    kind: "tests",
    total: of("total"),
    passed: of("passed"),
    failed: of("failed"),
    skipped: of("skipped"),
    flaky: of("flaky"),
    shard: null,
    narrowedBy: narrowings.size > 0 ? [...narrowings].join("; ") : null,
  };
}

function mergedCoverage(parts: readonly CoverageMeasure[]): CoverageMeasure | Unreadable {
  const files = parts.flatMap((p) => p.files);
  const twice = files.find((file, i) => files.indexOf(file) !== i);
  if (twice !== undefined)
    return { problem: `${twice} is in two reports: give the parts in the format istanbul` };
  return { kind: "coverage", ...total(parts), files: files.sort() };
}

function mergedLint(parts: readonly LintMeasure[]): LintMeasure {
  const hidden = parts.flatMap((p) => p.suppressed ?? []);
  return {
    kind: "lint",
    files: sum(parts.map((p) => p.files)),
    errors: sum(parts.map((p) => p.errors)),
    warnings: sum(parts.map((p) => p.warnings)),
    suppressed: hidden.length === parts.length ? sum(hidden) : null,
  };
}

/** What all are; null where they differ. */
function common<T>(values: readonly T[]): T | null {
  const [first = null] = values;
  return values.every((v) => v === first) ? first : null;
}

/** The first (-1) or last (1) of times; null where one is not known. */
function outermost(times: readonly (string | null)[], side: -1 | 1): string | null {
  const known = times.flatMap((t) => t ?? []);
  if (known.length < times.length) return null;
  return known.sort((a, b) => side * (Date.parse(b) - Date.parse(a)))[0] ?? null;
}
