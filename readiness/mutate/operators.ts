/** What is done to one value: every way of weakening that its shape allows. */

import { unknownValue } from "../engine/wire.ts";
import { foreign, opposite, widening } from "./foreign.ts";
import { type Change, isFields, isStatement, nothing } from "./places.ts";
import { statementChanges } from "./statements.ts";

/** What is known of the place that a value stands in. */
export interface Standing {
  /** What it stands under. */
  readonly key: string;
  /** It is one of a list. */
  readonly element: boolean;
  /** Without it, the program does not compile. */
  readonly required: boolean;
  /** Nor without something in it. */
  readonly filled?: boolean;
  /** The value that its absence stands for, where the SDK documents it: false and 0 stand for theirs elsewhere. */
  readonly standard?: string | undefined;
}

/** Changes that a vendor would take; those that come to the same are left out. */
export function changesOf(value: unknown, standing: Standing): Change[] {
  const { key, element, required, filled = false, standard } = standing;
  const absent = standard ?? (value === false || value === 0 ? String(value) : undefined);
  const gone: Change[] =
    required || String(value) === absent ? [] : [[element ? "dropped" : "deleted", nothing]];
  if (isStatement(value)) return [...gone, ...statementChanges(value)];
  const isWord = typeof value === "string" && !/\s/.test(value);
  // Where a word has to stand, vendors refuse to take none.
  const others = otherChanges(value, key).filter(
    ([operator, other]) =>
      !(other === "" && isWord && (required || element)) && !(operator === "emptied" && filled),
  );
  return [...gone, ...others];
}

function otherChanges(value: unknown, key: string): Change[] {
  switch (typeof value) {
    case "boolean":
      return [["flipped", !value]];
    case "number":
      return numberChanges(value);
    case "string":
      return stringChanges(value, key);
    default:
      return containerChanges(value, key);
  }
}

function numberChanges(value: number): Change[] {
  const changes: Change[] = [
    ["zero", 0],
    ["very large", 1_000_000_000],
    ["very small", Number.isInteger(value) ? 1 : value / 1000],
  ];
  return changes.filter(([, other]) => other !== value);
}

function stringChanges(value: string, key: string): Change[] {
  if (value === "") return [];
  const changes: Change[] = value === unknownValue ? [] : [["emptied", ""]];
  const other = foreign(value, key);
  if (other !== undefined && other !== value) changes.push(["foreign", other]);
  const reverse = opposite(value);
  if (reverse !== undefined) changes.push(["reversed", reverse]);
  if (/^\d{1,6}(\.\d+)?$/.test(value)) {
    changes.push(...numberChanges(Number(value)).map(([name, n]) => [name, String(n)] as const));
  }
  return changes;
}

function containerChanges(value: unknown, key: string): Change[] {
  if (Array.isArray(value)) {
    const emptied: Change[] = value.length > 0 ? [["emptied", []]] : [];
    const more = widening(value, key);
    return more === undefined ? emptied : [...emptied, ["widened", [...value, more]]];
  }
  return isFields(value) && Object.keys(value).length > 0 ? [["emptied", {}]] : [];
}
