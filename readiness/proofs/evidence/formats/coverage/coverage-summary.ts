/** `coverage-summary.json` of vitest, jest, c8 and nyc: packages/istanbul-reports/lib/json-summary. */
import { z } from "zod";
import { readShape } from "../../json.ts";
import type { Format, RawFile, Reading, Unreadable } from "../../reading.ts";
import { count } from "../values.ts";
import { type Counts, covered, doubled, total, ways } from "./counts.ts";

const counted = z
  .looseObject({
    total: count,
    covered: count,
    pct: z.union([z.number().min(0).max(100), z.literal("Unknown")]),
  })
  .refine((c) => c.covered <= c.total, "more is covered than there is")
  .refine(hasItsPercentage, "pct is not what covered and total make");
const entry = z.looseObject({ lines: counted, statements: counted, functions: counted, branches: counted });
const schema = z.object({ total: entry }).catchall(entry);

export const coverageSummary: Format = {
  name: "coverage-summary",
  kind: "coverage",
  made: "vitest run --coverage --coverage.reporter=json-summary (coverage/coverage-summary.json)",
  read,
};

/** Rounded down to two digits: packages/istanbul-lib-coverage/lib/percent.js. */
function hasItsPercentage(c: {
  readonly covered: number;
  readonly total: number;
  readonly pct: number | string;
}): boolean {
  if (c.total === 0) return c.pct === "Unknown" || c.pct === 100;
  return typeof c.pct === "number" && Math.abs(c.pct - (100 * c.covered) / c.total) < 0.011;
}

function read({ bytes }: RawFile): Reading | Unreadable {
  const shape = readShape(bytes, schema);
  if ("problem" in shape) return shape;
  const { total: said, ...files } = shape.value;
  const counts = new Map<string, Counts>(Object.entries(files));
  const measure = covered(counts);
  if ("problem" in measure) return measure;
  for (const way of ways) {
    if (measure[way].total === said[way].total && measure[way].covered === said[way].covered) continue;
    const [ofFiles, ofTotal] = [measure[way], said[way]].map((c) => `${c.covered}/${c.total}`);
    return { problem: `it contradicts itself: total.${way} is ${ofTotal}, its files make ${ofFiles}` };
  }
  const twice = doubled(new Map([...counts].map(([path, c]) => [path, JSON.stringify(total([c]))])));
  if (twice) return twice;
  // Neither a time, nor the tool that ran the tests: a file that is left from an earlier run looks the same.
  return { tool: "istanbul", version: null, startedAt: null, finishedAt: null, commit: null, measure };
}
