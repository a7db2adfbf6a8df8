/** A finding as a report tells it. */
import type { ItemId } from "../model/checklist/checklist.ts";
import type { ProofKind } from "../model/checklist/row.ts";
import { type Finding, messageOf, type Outcome, remedyOf, type SourcePosition } from "../model/finding.ts";

export interface ReportedFinding {
  readonly item: ItemId;
  readonly kind: ProofKind;
  /** The rule, the tool, the probe or the person. */
  readonly by: string;
  readonly outcome: Outcome;
  /** Follows from the outcome: `error` for fail and error, `warning` for unknown, `note` otherwise. */
  readonly severity: "error" | "warning" | "note";
  /** The resource; null where the finding is about the stack, or about what is missing from it. */
  readonly urn: string | null;
  /** Subject, observed, wanted, item and remedy of a failure; the reason for any other outcome, or nothing. */
  readonly message: string;
  /** What to change where it failed; null otherwise. */
  readonly remedy: string | null;
  readonly source: SourcePosition | null;
  /** When it was found, and until when that counts, as ISO 8601 times; null for what is computed anew each time. */
  readonly at: string | null;
  readonly until: string | null;
  /** What waives the failure, by its place in the stack's `waivers`, counted from 0; null where nothing does. */
  readonly waiver: number | null;
}

const severities = {
  pass: "note",
  "not-applicable": "note",
  unknown: "warning",
  fail: "error",
  error: "error",
} as const satisfies Record<Outcome, ReportedFinding["severity"]>;

export function reportedFinding(finding: Finding, stack: string, waiver: number | null): ReportedFinding {
  return {
    item: finding.item,
    kind: finding.kind,
    by: finding.by,
    outcome: finding.outcome,
    severity: severities[finding.outcome],
    urn: finding.urn ?? null,
    message: messageOf(finding, stack),
    remedy: finding.outcome === "fail" ? (finding.remedy ?? remedyOf(finding.item, stack)) : null,
    source: finding.source ?? null,
    at: finding.at ?? null,
    until: finding.until ?? null,
    waiver,
  };
}
