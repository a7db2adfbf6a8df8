/** From findings to a verdict: pure arithmetic over the checklist. Nothing passes because it is absent. */
import type { Finding, Outcome } from "../policies/evaluate.ts";
import { type ChecklistItem, type Proof, requiredProofs } from "../spec/checklist.ts";
import type { Tier } from "../spec/tier.ts";

export type Verdict = "GO" | "NO-GO" | "UNDETERMINED";

/** One thing that speaks for or against an item. */
export interface ItemProof {
  readonly kind: Proof;
  /** The rule of a policy proof; null for any other kind. */
  readonly rule: string | null;
  readonly outcome: Outcome;
}

/**
 * Where an item stands: `failing`, a proof says no; `unproven`, evidence, probe or sign-off is missing;
 * `undecided`, no rule could tell; `not-applicable`, nothing of it is asked of this tier.
 */
export type Standing = "proven" | "failing" | "unproven" | "undecided" | "not-applicable";

export interface JudgedItem {
  readonly item: ChecklistItem;
  /** The worst of its proofs; `unknown` where there are none. */
  readonly outcome: Outcome;
  readonly standing: Standing;
  /** Whether the verdict depends on it. */
  readonly required: boolean;
  readonly proofs: readonly ItemProof[];
}

export interface Judgement {
  readonly verdict: Verdict;
  /** What decided the verdict, a sentence each, the weightiest first. */
  readonly reasons: readonly string[];
  readonly items: readonly JudgedItem[];
}

/** A bigger number weighs more: an item is as bad as its worst proof. */
const weights: Readonly<Record<Outcome, number>> = {
  "not-applicable": 0,
  pass: 1,
  unknown: 2,
  fail: 3,
  error: 4,
};

/** The worst of several outcomes; `unknown` of none. */
export function worst(outcomes: readonly Outcome[]): Outcome {
  return outcomes.toSorted((a, b) => weights[b] - weights[a])[0] ?? "unknown";
}

/**
 * Judges a stack. A failing or unproven required item gives NO-GO; without one, an undecided item gives
 * UNDETERMINED, and so does a checklist of which nothing is required.
 */
export function judge(
  findings: readonly Finding[],
  checklist: readonly ChecklistItem[],
  tier: Tier,
): Judgement {
  const byItem = Map.groupBy(findings, (f) => f.item);
  const items = checklist.map((item) => judgeItem(item, byItem.get(item.id) ?? [], tier));
  const required = items.filter((i) => i.required);
  const of = (standing: Standing) => required.filter((i) => i.standing === standing);
  const failing = of("failing");
  const unproven = of("unproven");
  const undecided = of("undecided");

  const reasons: string[] = [];
  if (failing.length > 0) reasons.push(`${count(failing, "fails", "fail")}: ${ids(failing)}.`);
  if (unproven.length > 0) {
    const kinds = Map.groupBy(unproven, (i) => i.item.proof);
    const parts = [...kinds].map(([kind, of]) => `${of.length} ${kind}`).join(", ");
    reasons.push(`${count(unproven, "has", "have")} no proof yet: ${parts}.`);
  }
  if (undecided.length > 0) {
    reasons.push(`${count(undecided, "is", "are")} undecided: ${ids(undecided)}.`);
  }
  if (required.length === 0) reasons.push("Nothing on the checklist could be applied to this stack.");
  if (reasons.length === 0) {
    reasons.push(`All ${required.length} items that a ${tier} stack needs are proven.`);
    return { verdict: "GO", reasons, items };
  }
  return { verdict: failing.length + unproven.length > 0 ? "NO-GO" : "UNDETERMINED", reasons, items };
}

function judgeItem(item: ChecklistItem, findings: readonly Finding[], tier: Tier): JudgedItem {
  const byRule = Map.groupBy(findings, (f) => f.rule);
  const proofs: ItemProof[] = [...byRule.keys()]
    .sort()
    .map((rule) => ({ kind: "policy", rule, outcome: worst(byRule.get(rule)?.map((f) => f.outcome) ?? []) }));
  if (item.proof !== "policy") proofs.push({ kind: item.proof, rule: null, outcome: "unknown" });
  const outcome = worst(proofs.map((p) => p.outcome));
  const standing = standingOf(item, outcome, findings);
  const due = item.phase !== "after" && requiredProofs[tier].includes(item.proof);
  return { item, outcome, standing, required: due && standing !== "not-applicable", proofs };
}

function standingOf(item: ChecklistItem, outcome: Outcome, findings: readonly Finding[]): Standing {
  // An error in one rule hides no failure that another has found.
  if (findings.some((f) => f.outcome === "fail")) return "failing";
  if (item.proof !== "policy") return "unproven";
  if (outcome === "not-applicable") return outcome;
  return outcome === "pass" ? "proven" : "undecided";
}

function count(items: readonly JudgedItem[], one: string, many: string): string {
  return items.length === 1 ? `1 item ${one}` : `${items.length} items ${many}`;
}

/** Their ids; a sentence names eight at most. */
function ids(items: readonly JudgedItem[]): string {
  const named = items.slice(0, 8).map((i) => i.item.id);
  const rest = items.length - named.length;
  return named.join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}
