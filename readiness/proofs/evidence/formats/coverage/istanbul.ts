/** `coverage-final.json` of vitest, jest, c8 and nyc: packages/istanbul-lib-coverage/lib/file-coverage.js. */
import coverage from "istanbul-lib-coverage";
import { z } from "zod";
import { readShape } from "../../json.ts";
import type { Format, RawFile, Reading, Unreadable } from "../../reading.ts";
import { count } from "../values.ts";
import { type Counts, covered, doubled } from "./counts.ts";

/** The end of a line has the column null; the `else` that is not there has no place at all. */
const place = z.looseObject({ line: count.optional(), column: count.nullable().optional() });
const range = z.looseObject({ start: place, end: place });
const statement = z.looseObject({ start: place.required({ line: true }), end: place });
const file = z
  .looseObject({
    path: z.string().min(1),
    statementMap: z.record(z.string(), statement),
    fnMap: z.record(z.string(), z.looseObject({ name: z.string(), decl: range, loc: range })),
    branchMap: z.record(
      z.string(),
      z.looseObject({ type: z.string(), loc: range.optional(), locations: z.array(range) }),
    ),
    s: z.record(z.string(), count),
    f: z.record(z.string(), count),
    b: z.record(z.string(), z.array(count)),
  })
  .refine((f) => sameNames(f.statementMap, f.s), "its hits are not those of its statements")
  .refine((f) => sameNames(f.fnMap, f.f), "its hits are not those of its functions")
  .refine(
    (f) =>
      sameNames(f.branchMap, f.b) &&
      Object.entries(f.branchMap).every(([id, { locations }]) => f.b[id]?.length === locations.length),
    "its hits are not those of its branches",
  );
const schema = z
  .record(z.string(), file)
  .refine((files) => Object.entries(files).every(([path, f]) => f.path === path), "a file has two paths");

export const istanbul: Format = {
  name: "istanbul",
  kind: "coverage",
  made: "vitest run --coverage --coverage.reporter=json (coverage/coverage-final.json)",
  read: (raw) => readIstanbul([raw]),
};

/** The coverage of a run that was split, from the report of each part. */
export function readIstanbul(parts: readonly RawFile[]): Reading | Unreadable {
  const map = coverage.createCoverageMap();
  const read = new Map<string, string>();
  for (const { path, bytes } of parts) {
    const shape = readShape(bytes, schema);
    if ("problem" in shape) return shape;
    const text = JSON.stringify(shape.value);
    const same = read.get(text);
    if (same !== undefined)
      return { problem: `${same} and ${path} are the same: give the report of each part once` };
    read.set(text, path);
    // Checked above; the library's types have a column that is never null, and a line of every branch.
    map.merge(shape.value as unknown as coverage.CoverageMapData);
  }
  const counts = new Map<string, Counts>();
  const prints = new Map<string, string>();
  for (const path of map.files()) {
    const found = map.fileCoverageFor(path);
    counts.set(path, found.toSummary().data);
    prints.set(
      path,
      JSON.stringify([found.statementMap, Object.keys(found.fnMap), Object.keys(found.branchMap)]),
    );
  }
  const twice = doubled(prints);
  if (twice) return twice;
  const measure = covered(counts);
  if ("problem" in measure) return measure;
  return { tool: "istanbul", version: null, startedAt: null, finishedAt: null, commit: null, measure };
}

function sameNames(a: object, b: object): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name));
}
