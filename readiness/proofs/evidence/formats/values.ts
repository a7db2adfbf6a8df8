/** Values that several formats have in common. */
import { stripVTControlCharacters } from "node:util";
import { z } from "zod";

export const count = z.int().min(0);

/** A moment in milliseconds since 1970, within what a `Date` holds (ECMA-262, 21.4.1.1), as ISO 8601. */
export const momentOf = z
  .number()
  .min(0)
  .max(8.64e15)
  .transform((milliseconds) => new Date(milliseconds).toISOString());

/** Full id of a commit, SHA-1 or SHA-256. */
export const commitId = z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/, "must be the full id of a commit");

/** What somebody else wrote, as one short line that cannot change the terminal. */
export function oneLine(text: string): string {
  const line = stripVTControlCharacters(text)
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ")
    .trim();
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
