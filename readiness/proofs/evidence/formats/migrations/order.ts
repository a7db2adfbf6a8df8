/** Migrations that are applied beside those that there are, as every format of theirs compares them. */
import type { MigrationsMeasure, Unreadable } from "../../reading.ts";
import { oneLine } from "../values.ts";

export interface Wrong {
  readonly name: string;
  readonly why: "edited since" | "missing file" | "out of order" | "failed" | (string & {});
}

export function migrations(
  applied: readonly string[],
  pending: readonly string[],
  wrong: readonly Wrong[],
): MigrationsMeasure | Unreadable {
  if (applied.length + pending.length === 0) {
    return {
      problem: "there is no migration at all, neither applied nor pending: check folder and database",
    };
  }
  const names = [...applied, ...pending];
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) return { problem: `${oneLine(twice)} is there twice, must be there once` };
  return {
    kind: "migrations",
    applied: applied.map(oneLine),
    pending: pending.map(oneLine),
    wrong: wrong.map(({ name, why }) => `${oneLine(name)}: ${why}`),
  };
}

/** Those that stand before a later one that is applied: the tool will skip them, or refuse to go on. */
export function overtaken(ordered: readonly string[], applied: ReadonlySet<string>): readonly Wrong[] {
  const last = ordered.findLastIndex((name) => applied.has(name));
  return ordered
    .slice(0, Math.max(last, 0))
    .filter((name) => !applied.has(name))
    .map((name) => ({ name, why: "out of order" }));
}
