/** A waiver in words. */
import type { ReportedWaiver } from "../report.ts";

/** `waived until 2026-03-31, approved by helen, owned by tomas: The vendor mends it. Meanwhile: Watched by hand.` */
export function waiverText({ expires, approver, owner, reason, compensating }: ReportedWaiver): string {
  const terms = `waived until ${expires}, approved by ${approver}, owned by ${owner}`;
  return `${terms}: ${sentence(reason)} Meanwhile: ${sentence(compensating)}`;
}

/** The same with what it is about first, where that does not stand beside it. */
export function waiverLine(waiver: ReportedWaiver): string {
  const { item, rule, resource } = waiver;
  return `${item}${rule === null ? "" : ` (${rule})`} for ${resource} is ${waiverText(waiver)}`;
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
