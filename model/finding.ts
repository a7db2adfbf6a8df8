/** What a proof says of a subject: a rule, a tool's evidence, a probe and a person's sign-off alike. */
import { type ChecklistItem, checklist, type ItemId } from "./checklist/checklist.ts";
import type { ProofKind } from "./checklist/row.ts";
import type { Measured } from "./evidence/measured.ts";
import { harmless } from "./harmless.ts";

/**
 * - `pass`: the proof looked and found nothing wrong
 * - `fail`: it found something wrong, or nothing to look at
 * - `unknown`: it needs a value that is only known during the deployment, or could not look
 * - `not-applicable`: it does not hold for stacks of this tier
 * - `error`: the proof itself is broken; nothing is known about its subject
 */
export type Outcome = "pass" | "fail" | "unknown" | "not-applicable" | "error";

/** Where something is declared or written, relative to the project. */
export interface SourcePosition {
  readonly file: string;
  readonly line: number;
}

export interface Finding {
  readonly item: ItemId;
  readonly kind: ProofKind;
  /** The rule, the tool, the probe or the person. */
  readonly by: string;
  readonly outcome: Outcome;
  /** Whom or what it is about: a resource, a file, a page; the stack where it is about what is missing from it. */
  readonly subject: string;
  /** The resource it is about, where there is one. */
  readonly urn: string | undefined;
  /**
   * What was found, or the reason for an outcome that is neither pass nor failure; of a pass what it leaves open, and
   * mostly nothing.
   */
  readonly observed: string;
  /** What a failure lacks; follows "must be". */
  readonly wanted: string | undefined;
  readonly source: SourcePosition | undefined;
  /** When it was found, and until when that counts, as ISO 8601 times; absent for what is computed anew each time. */
  readonly at?: string;
  readonly until?: string;
  /** What to change, where that is not what the item's row says. */
  readonly remedy?: string;
  /** What to change in a program that no stack file of this product stands behind. */
  readonly mend?: string;
  /** What the runs behind it measured, whether that holds or not; absent where they measured nothing that has a limit. */
  readonly measured?: Measurements;
}

export interface Measurements {
  readonly service: string;
  readonly environment: string;
  readonly values: readonly Measured[];
}

const items: ReadonlyMap<ItemId, ChecklistItem> = new Map(checklist.map((item) => [item.id, item]));

/** What to change so that an item passes. */
export function remedyOf(item: ItemId, stack: string): string {
  return (items.get(item)?.remedy ?? "")
    .replaceAll("{stackFile}", `Pulumi.${stack}.yaml`)
    .replaceAll("{stack}", stack);
}

/** A finding in words: subject, observed, wanted, item and remedy of a failure; of any other outcome the reason. */
export function messageOf(finding: Finding, stack: string): string {
  return harmless(wordsOf(finding, stack));
}

function wordsOf(finding: Finding, stack: string): string {
  const { outcome, subject, observed, wanted, item } = finding;
  switch (outcome) {
    case "pass":
      return "";
    case "not-applicable":
      return observed;
    case "fail":
      return `${subject}: ${observed}, must be ${wanted} (${item}). ${finding.remedy ?? remedyOf(item, stack)}`;
    case "unknown":
    case "error":
      return `${subject}: ${observed} (${item}).`;
  }
}
