/** Records that people write in YAML of what no tool reports: strict, and signed like every other raw file. */
import { z } from "zod";
import type { Problem } from "../../../../../model/config/error.ts";
import { checkFile } from "../../../../inputs/project-file.ts";
import type { Format, Measure, RawFile, Reading, Unreadable } from "../../reading.ts";
import { readText } from "../../text.ts";

export const time = z.iso
  .datetime({ offset: true })
  .describe("a time with its offset, in quotes, such as 2026-01-05T09:00:00Z");
export const day = z.iso.date().describe("a date such as 2026-01-05");
export { filled as text } from "../../../../../model/config/forms.ts";

interface RecordForm<S extends z.ZodObject, M extends Measure> {
  readonly name: string;
  readonly kind: M["kind"];
  readonly made: string;
  readonly schema: S;
  readonly contradictions?: (record: z.output<S>) => readonly Problem[];
  /** Its times, and what it measured. */
  readonly measure: (record: z.output<S>) => {
    readonly startedAt: string;
    readonly finishedAt: string;
    readonly measure: M;
  };
}

export function recordFormat<S extends z.ZodObject, M extends Measure>(form: RecordForm<S, M>): Format {
  const { name, kind, made, schema, contradictions, measure } = form;
  const read = (file: RawFile): Reading | Unreadable => {
    const content = readText(file.bytes);
    if ("problem" in content) return content;
    const { value, issues } = checkFile(file.path, content.text, schema, contradictions);
    if (value !== undefined) return { tool: name, version: null, commit: null, ...measure(value) };
    const [issue] = issues;
    const rest = issues.length > 1 ? `; ${issues.length - 1} more` : "";
    const place = [`line ${issue?.source.line}`, issue?.path].filter(Boolean).join(", ");
    return { problem: `${place}: ${issue?.message}${rest}` };
  };
  return { name, kind, made, read };
}

/** Minutes between two times that `inOrder` has found in order. */
export function minutesBetween(earlier: string, later: string): number {
  return (Date.parse(later) - Date.parse(earlier)) / 60_000;
}

/** What is wrong where times, by key, do not follow each other. */
export function inOrder<K extends string>(
  record: { readonly [key in K]: string },
  keys: readonly K[],
  at: readonly (string | number)[] = [],
): readonly Problem[] {
  return keys.flatMap((key, i): Problem[] => {
    const before = keys[i - 1];
    if (before === undefined || Date.parse(record[before]) <= Date.parse(record[key])) return [];
    return [[[...at, key], `${record[key]} is before ${before}, must be the same time or later`]];
  });
}
