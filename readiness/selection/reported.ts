/** What a report says of a narrower question than the whole: what was asked, and above all what was not. */
import type { ItemId } from "../../model/checklist/checklist.ts";
import { Review } from "../../policies/closed-world/review.ts";
import { type Mode, rulesOf } from "../../policies/existing.ts";
import { presentType, type Resource, type Stack } from "../../policies/resource.ts";
import { typesOfOthers } from "../../policies/rules/others.ts";
import { rules } from "../../policies/rules.ts";
import { type Asked, isAsked, type Severity, severities } from "./asked.ts";
import type { BaselineEntry, BaselineMatch } from "./baseline.ts";
import type { Narrowed, Why } from "./narrow.ts";

export interface ReportedSelection {
  readonly judge: Mode;
  readonly sections: readonly string[];
  readonly rules: readonly string[];
  readonly minSeverity: Severity;
  /** How many rules were asked, and how many there are. */
  readonly rulesAsked: number;
  readonly rulesInAll: number;
  readonly notAsked: readonly { readonly item: ItemId; readonly why: Why }[];
  /** Number of resources by type that no rule looks at. */
  readonly unread: Readonly<Record<string, number>>;
  readonly baseline: ReportedBaseline | null;
}

export interface ReportedBaseline {
  readonly file: string;
  readonly accepted: readonly ReportedEntry[];
  readonly expired: readonly ReportedEntry[];
  readonly gone: readonly ReportedEntry[];
}

export interface ReportedEntry {
  readonly rule: string;
  readonly resource: string | null;
  readonly found: string;
  readonly accepted: string;
  readonly expires: string;
  readonly reason: string | null;
}

export function reportedSelection(stack: Stack, asked: Asked, part: Narrowed): ReportedSelection {
  return {
    judge: asked.judge,
    sections: asked.sections,
    rules: asked.rules,
    minSeverity: asked.minSeverity,
    rulesAsked: rulesOf(rules, asked.judge).filter(({ id, item }) => isAsked(asked, item, id)).length,
    rulesInAll: rules.length,
    notAsked: part.notAsked,
    unread: unreadTypes(stack),
    baseline: part.baseline ? reportedBaseline(part.baseline) : null,
  };
}

/** Those of providers; components do nothing by themselves. */
function unreadTypes({ resources }: Stack): Readonly<Record<string, number>> {
  const review = new Review();
  // The types of components are the program's own.
  const isRead = (type: string) => review.hasType(type) || typesOfOthers.has(type);
  const unread = resources.filter(
    (r) => isOfProvider(r) && !r.type.startsWith("pulumi:") && !isRead(presentType(r.type)),
  );
  const byType = Map.groupBy(unread, ({ type }) => type);
  return Object.fromEntries([...byType].map(([type, { length }]) => [type, length] as const).sort());
}

/** Components have neither a provider nor an id; a state need not have its providers. */
function isOfProvider({ provider, outputs }: Resource): boolean {
  return provider !== undefined || outputs?.["id"] !== undefined;
}

function reportedBaseline({ file, accepted, expired, gone }: BaselineMatch): ReportedBaseline {
  return {
    file,
    accepted: accepted.map(({ entry }) => reportedEntry(entry)),
    expired: expired.map(reportedEntry),
    gone: gone.map(reportedEntry),
  };
}

function reportedEntry({ rule, resource, found, accepted, expires, reason }: BaselineEntry): ReportedEntry {
  return { rule, resource: resource ?? null, found, accepted, expires, reason: reason ?? null };
}

/** The findings that are at least as severe. */
export function atLeast<T extends { readonly severity: Severity }>(
  findings: readonly T[],
  least: Severity,
): readonly T[] {
  if (least === "note") return findings;
  return findings.filter(({ severity }) => severities.indexOf(severity) <= severities.indexOf(least));
}
