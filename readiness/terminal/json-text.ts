/** JSON for files and terminals. */
import { withoutCredentials } from "../../model/harmless.ts";

/** What JSON may hold as it is and a terminal would act on. */
const acting = /[\u007f-\u009f]|\p{Cf}|[\u2028\u2029]/gu;

/** Indented, with a line feed at its end; the same data for whoever reads it as JSON, but for what addresses tell. */
export function jsonText(value: unknown, replacer?: (key: string, value: unknown) => unknown): string {
  const text = JSON.stringify(value, replacer, 2);
  return `${withoutCredentials(text).replace(acting, escaped)}\n`;
}

/** Levels that are written apart: of a report each finding of each stack. */
const apart = 4;

/** The same in pieces, so that what grows with a stack is never there as one text. */
export function* jsonPieces(value: unknown): Iterable<string> {
  for (const piece of pieces(value, apart, "")) yield withoutCredentials(piece).replace(acting, escaped);
  yield "\n";
}

function* pieces(value: unknown, levels: number, indent: string): Iterable<string> {
  const entries = typeof value === "object" && value !== null ? Object.entries(value) : [];
  const kept = entries.filter(([, part]) => part !== undefined);
  if (levels === 0 || kept.length === 0) {
    yield (JSON.stringify(value, undefined, 2) ?? "null").replaceAll("\n", `\n${indent}`);
    return;
  }
  const [begin, end] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  const below = `${indent}  `;
  let before = begin;
  for (const [key, part] of kept) {
    yield `${before}\n${below}${Array.isArray(value) ? "" : `${JSON.stringify(key)}: `}`;
    yield* pieces(part, levels - 1, below);
    before = ",";
  }
  yield `\n${indent}${end}`;
}

function escaped(character: string): string {
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}
