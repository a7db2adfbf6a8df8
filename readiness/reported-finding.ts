/** A finding as a report tells it. */
import { type Finding, messageOf, type Outcome, remedyOf } from "../model/finding.ts";
import type { ReportedFinding } from "./report.ts";

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
