/**
 * What a tool's raw output says, in the checklist's terms. A format reads bytes that somebody else wrote: it trusts
 * nothing, and what is missing, empty, partial, contradictory or of another version is a problem, never a pass.
 */

import type { Measure } from "../../../model/evidence/measure.ts";

export type * from "../../../model/evidence/measure.ts";

/** A raw output as the tool wrote it. */
export interface RawFile {
  /** Name as it was given to `collect`, such as `results/unit.json`. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What a run of a tool said. */
export interface Reading {
  /** Such as `vitest`. */
  readonly tool: string;
  /** Of the tool; null where its output does not tell. */
  readonly version: string | null;
  /** ISO 8601; null where the output does not tell. */
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  /** Full id of the commit that the tool itself saw; null where its output does not tell. */
  readonly commit: string | null;
  readonly measure: Measure;
}

/** One sentence: what was read, what was expected, and how to mend it. */
export interface Unreadable {
  readonly problem: string;
}

/**
 * One output format of one tool.
 * Pure: no file, clock, network or process.
 */
export interface Format {
  /** Name on the command line, such as `vitest-json`. */
  readonly name: string;
  /** What it measures. */
  readonly kind: Measure["kind"];
  /** How the output is made, such as `vitest run --reporter=json --outputFile=FILE`. */
  readonly made: string;
  readonly read: (file: RawFile) => Reading | Unreadable;
}
