/**
 * From all findings to those that are asked for, and to what is not asked, with the reason: nothing that a narrower
 * question leaves out may look as if it held.
 */
import { type ChecklistItem, checklist, type ItemId } from "../../model/checklist/checklist.ts";
import type { Finding } from "../../model/finding.ts";
import { rulesOf } from "../../policies/existing.ts";
import { rules } from "../../policies/rules.ts";
import { type Asked, isAsked, isPart } from "./asked.ts";
import { type BaselineMatch, matchBaseline } from "./baseline.ts";

/**
 * Why nothing is said of an item: `selection`, nobody named it; `product`, it is about stacks of this product; `absent`,
 * there is nothing that it is about; `proof`, rules do not prove it; `severity`, what is open of it is less severe;
 * `accepted`, the baseline accepts what is open of it.
 */
export const reasons = ["selection", "product", "absent", "proof", "severity", "accepted"] as const;
export type Why = (typeof reasons)[number];

const itemsOfExisting = new Set(rulesOf(rules, "existing").map(({ item }) => item));

export interface Narrowed {
  readonly findings: readonly Finding[];
  readonly checklist: readonly ChecklistItem[];
  readonly notAsked: readonly { readonly item: ItemId; readonly why: Why }[];
  readonly baseline: BaselineMatch | undefined;
}

export function narrowed(findings: readonly Finding[], stack: string, asked: Asked, now: Date): Narrowed {
  if (!isPart(asked)) return { findings, checklist, notAsked: [], baseline: undefined };
  const named = findings.filter(({ item, by }) => isAsked(asked, item, by));
  const baseline = asked.baseline && matchBaseline(asked.baseline, named, stack, now);
  const accepted = new Set(baseline?.accepted.map(({ finding }) => finding));
  const milder = (f: Finding) => asked.minSeverity === "error" && f.outcome === "unknown";
  const left = named.filter((f) => !accepted.has(f) && !milder(f));
  const byItem = Map.groupBy(named, ({ item }) => item);
  const leftOf = Map.groupBy(left, ({ item }) => item);
  const why = (item: ChecklistItem): Why | undefined => {
    if (!isAsked(asked, item.id)) return "selection";
    const all = byItem.get(item.id) ?? [];
    const some = leftOf.get(item.id) ?? [];
    if (all.length === 0) return withoutFindings(item, asked);
    // What is left holds, and what was taken out does not: the item is not proven.
    if (some.some(({ outcome }) => outcome !== "pass" && outcome !== "not-applicable")) return undefined;
    if (all.some((f) => accepted.has(f))) return "accepted";
    return some.length < all.length ? "severity" : undefined;
  };
  const decided = checklist.map((item) => ({ item, why: why(item) }));
  const shown = new Set(decided.filter((d) => d.why === undefined).map(({ item }) => item.id));
  return {
    findings: left.filter(({ item }) => shown.has(item)),
    checklist: decided.filter((d) => d.why === undefined).map(({ item }) => item),
    notAsked: decided.flatMap((d) => (d.why === undefined ? [] : [{ item: d.item.id, why: d.why }])),
    baseline,
  };
}

/** A line that nothing speaks of is open where all is asked, unless nobody wants to hear what is merely open. */
function withoutFindings({ id, proof }: ChecklistItem, { judge, minSeverity }: Asked): Why | undefined {
  if (judge === "all") return minSeverity === "error" ? "severity" : undefined;
  if (proof !== "policy") return "proof";
  return itemsOfExisting.has(id) ? "absent" : "product";
}
