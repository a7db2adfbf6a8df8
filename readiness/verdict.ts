/** From findings to a verdict: pure arithmetic over the checklist. Nothing passes because it is absent. */

import {
  type ChecklistItem,
  type ProofKind,
  type Purpose,
  requiredProofs,
} from "../model/checklist/checklist.ts";
import type { Finding, Outcome } from "../model/finding.ts";
import { type Parts, usualParts, withoutObject } from "../model/parts.ts";
import type { Tier } from "../model/tier.ts";

/** CONDITIONAL: nothing is open but what a waiver covers. */
export type WholeVerdict = "GO" | "CONDITIONAL" | "NO-GO" | "UNDETERMINED";
/** A verdict over a part of the checklist: what lets nothing through may not look like one that does. */
export type Verdict = WholeVerdict | `${"GO" | "CONDITIONAL"} of what was asked`;

/** The verdict itself, whatever it is over: for colours and marks. */
export function plainVerdict(verdict: Verdict): WholeVerdict {
  return verdict.replace(/ of what was asked$/, "") as WholeVerdict;
}

/** What a verdict says where not all was asked: what fails then fails the whole, and what does not says nothing of it. */
export function ofWhatWasAsked(verdict: WholeVerdict): Verdict {
  return verdict === "GO" || verdict === "CONDITIONAL" ? `${verdict} of what was asked` : verdict;
}

/** One thing that speaks for or against an item. */
export interface ItemProof {
  readonly kind: ProofKind;
  /** The rule, the tool, the probe or the person; null where there is no such proof yet. */
  readonly by: string | null;
  readonly outcome: Outcome;
  /** Of all that it found the earliest time, and the earliest end; null for what is computed anew each time. */
  readonly at: string | null;
  readonly until: string | null;
}

/**
 * Where an item stands: `failing`, a proof says no; `unproven`, nothing of the kind that proves it is there;
 * `undecided`, no proof could tell; `waived`, whatever is open of it is covered by waivers; `not-applicable`, nothing
 * of it is asked of this tier, or the stack does without what it is about.
 */
export type Standing = "proven" | "failing" | "unproven" | "undecided" | "waived" | "not-applicable";

/** What is open of an item: a failure, or the lack of any proof, which is nobody's. */
export type OpenProof = Pick<Finding, "item" | "urn"> & Pick<ItemProof, "by">;

export interface JudgedItem {
  readonly item: ChecklistItem;
  /** The worst of its proofs; `unknown` where there are none. */
  readonly outcome: Outcome;
  readonly standing: Standing;
  /** Whether the verdict depends on it. */
  readonly required: boolean;
  readonly proofs: readonly ItemProof[];
  /** Why it has no object in this stack, whatever its tier; nothing where it has one. */
  readonly because?: string | undefined;
}

export interface Judgement {
  readonly verdict: WholeVerdict;
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
 * UNDETERMINED, and so does a checklist of which nothing is required; without either, a waived one gives CONDITIONAL.
 * @param isWaived whether a live waiver covers what is open
 */
export function judge(
  findings: readonly Finding[],
  checklist: readonly ChecklistItem[],
  tier: Tier,
  purpose: Purpose = "release",
  isWaived: (open: OpenProof) => boolean = () => false,
  parts: Parts = usualParts,
): Judgement {
  const kinds = requiredProofs(tier, purpose);
  const byItem = Map.groupBy(findings, (f) => f.item);
  const items = checklist.map((item): JudgedItem => {
    const because = withoutObject(item.needs, parts);
    const judged = judgeItem(item, byItem.get(item.id) ?? [], kinds, isWaived);
    return because === undefined ? judged : { ...judged, ...outOfPlace, because };
  });
  const required = items.filter((i) => i.required);
  const of = (standing: Standing) => required.filter((i) => i.standing === standing);
  const [failing, unproven, undecided, waived] = [
    of("failing"),
    of("unproven"),
    of("undecided"),
    of("waived"),
  ];

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
  if (waived.length > 0) reasons.push(`${count(waived, "is", "are")} waived: ${ids(waived)}.`);
  if (required.length === 0) reasons.push("Nothing on the checklist could be applied to this stack.");
  if (reasons.length === 0) {
    const who = purpose === "change" ? "change" : `${tier} stack`;
    reasons.push(`All ${required.length} items that a ${who} needs are proven.`, ...without(items));
    return { verdict: "GO", reasons, items };
  }
  reasons.push(...without(items));
  if (failing.length + unproven.length > 0) return { verdict: "NO-GO", reasons, items };
  const decided = undecided.length === 0 && required.length > 0;
  return { verdict: decided ? "CONDITIONAL" : "UNDETERMINED", reasons, items };
}

const outOfPlace = { outcome: "not-applicable", standing: "not-applicable", required: false } as const;

/**
 * How many items have no object, and why, a sentence for each reason. What would take the place of a part that is there
 * is not missed.
 */
function without(items: readonly JudgedItem[]): readonly string[] {
  const missed = items.filter(({ item }) => withoutObject(item.needs, usualParts) === undefined);
  const reasons = Map.groupBy(missed, ({ because }) => because);
  return [...reasons].flatMap(([because, all]) =>
    because === undefined ? [] : `${count(all, "is", "are")} not applicable: ${because}.`,
  );
}

function judgeItem(
  item: ChecklistItem,
  findings: readonly Finding[],
  kinds: readonly ProofKind[],
  isWaived: (open: OpenProof) => boolean,
): JudgedItem {
  const proofs: ItemProof[] = [...Map.groupBy(findings, (f) => f.by)]
    .map(([by, said]) => ({
      kind: said[0]?.kind ?? item.proof,
      by,
      outcome: worst(said.map((f) => f.outcome)),
      at: earliest(said.map((f) => f.at)),
      until: earliest(said.map((f) => f.until)),
    }))
    .sort((a, b) => (a.by < b.by ? -1 : 1));
  const missing = findings.every(({ kind }) => kind !== item.proof);
  if (missing) proofs.push({ kind: item.proof, by: null, outcome: "unknown", at: null, until: null });
  const outcome = worst(proofs.map((p) => p.outcome));
  const standing = standingOf(item, outcome, findings, missing, isWaived);
  const due = item.phase !== "after" && kinds.includes(item.proof);
  return { item, outcome, standing, required: due && standing !== "not-applicable", proofs };
}

function standingOf(
  item: ChecklistItem,
  outcome: Outcome,
  findings: readonly Finding[],
  missing: boolean,
  isWaived: (open: OpenProof) => boolean,
): Standing {
  // An error in one proof hides no failure that another has found.
  const failures = findings.filter((f) => f.outcome === "fail");
  const open: readonly OpenProof[] = missing
    ? [...failures, { item: item.id, urn: undefined, by: null }]
    : failures;
  if (open.some((o) => !isWaived(o))) return failures.some((f) => !isWaived(f)) ? "failing" : "unproven";
  if (findings.some((f) => f.outcome === "unknown" || f.outcome === "error")) return "undecided";
  if (open.length > 0) return "waived";
  return outcome === "not-applicable" ? "not-applicable" : "proven";
}

/** Of ISO 8601 times. */
function earliest(times: readonly (string | undefined)[]): string | null {
  const known = times.filter((time) => time !== undefined);
  return known.toSorted((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null;
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
