/** Covered and coverable things of a report, in the four ways in which Istanbul counts. */
import type { CoverageMeasure, Covered, Unreadable } from "../../reading.ts";
import { sum } from "../values.ts";

export const ways = ["lines", "statements", "functions", "branches"] as const;
export type Counts = Readonly<Record<(typeof ways)[number], Covered>>;

export function total(parts: readonly Counts[]): Counts {
  const of = (way: (typeof ways)[number]): Covered => ({
    covered: sum(parts.map((p) => p[way].covered)),
    total: sum(parts.map((p) => p[way].total)),
  });
  return {
    lines: of("lines"),
    statements: of("statements"),
    functions: of("functions"),
    branches: of("branches"),
  };
}

/** @param files each source file with its counts */
export function covered(files: ReadonlyMap<string, Counts>): CoverageMeasure | Unreadable {
  const all = total([...files.values()]);
  if (files.size === 0) return { problem: "it knows no source file: `coverage.include` has to name them" };
  if (all.lines.total === 0) return { problem: `its ${files.size} files have no line that could be covered` };
  return { kind: "coverage", ...all, files: [...files.keys()].sort() };
}

/**
 * Two paths of what must be one source file: reports from two folders that were merged count each twice. Packages may
 * have a file in common; not all of them.
 * @param prints each path with what would be the same of the same file
 */
export function doubled(prints: ReadonlyMap<string, string>): Unreadable | null {
  const places = new Map<string, string[]>();
  for (const [path, print] of prints) {
    const same = `${path.split(/[\\/]/).at(-1)}\n${print}`;
    places.set(same, [...(places.get(same) ?? []), path]);
  }
  const [first] = places.values();
  if (first === undefined || [...places.values()].some(({ length }) => length < 2)) return null;
  return {
    problem: `it has each file at two places, such as ${first.slice(0, 2).join(" and ")}: run all parts in one folder`,
  };
}
