/** What became better and worse of a stack since another report on it. */
import type { Purpose } from "../../model/checklist/checklist.ts";
import type { ProofKind } from "../../model/checklist/row.ts";
import type { Outcome } from "../../model/finding.ts";
import { type Standing, type Verdict, worst } from "../verdict.ts";
import type { EarlierStack } from "./earlier.ts";

/** `otherwise`: neither, such as from unproven to undecided, or what is asked no more, which proves nothing. */
export type Direction = "better" | "worse" | "otherwise";

export interface ItemChange {
  readonly direction: Direction;
  readonly id: string;
  readonly statement: string;
  /** Null where the checklist had no such item. */
  readonly before: Standing | null;
  /** Null where it has none any more. */
  readonly after: Standing | null;
}

export interface RuleChange {
  readonly direction: Direction;
  readonly rule: string;
  /** Id of its item. */
  readonly item: string;
  /** The worst that it found; null where there was no such rule. */
  readonly before: Outcome | null;
  readonly after: Outcome | null;
  /** How much it fails for: resources, or the stack as one. */
  readonly failing: { readonly before: number; readonly after: number };
}

export interface AlertState {
  readonly severity: string | null;
  /** By chance, while nothing is wrong; null where that is not computed. */
  readonly pagesAWeek: number | null;
}

export interface AlertChange {
  /** Whether it rings by chance less often, or more often; whatever else has changed, rules judge. */
  readonly direction: Direction;
  readonly alert: string;
  /** Null where there was none. */
  readonly before: AlertState | null;
  readonly after: AlertState | null;
}

export interface Since {
  /** The other report, as it was given. */
  readonly file: string;
  readonly verdict: Verdict;
  /** The commit of the other report; null where it has none. */
  readonly commit: string | null;
  readonly purpose: Purpose;
  readonly source: "program" | "state";
  /** Items whose standing has changed, in the order of the checklist. */
  readonly items: readonly ItemChange[];
  /** Rules that find worse or better, or fail for other resources. */
  readonly rules: readonly RuleChange[];
  /** Alerts of which severity or quietness has changed; null where the other report tells of none. */
  readonly alerts: readonly AlertChange[] | null;
}

/** What of a report is compared. */
interface Compared {
  readonly quietness?: { readonly alerts: readonly (AlertState & { readonly alert: string })[] } | undefined;
  readonly checklist: readonly {
    readonly id: string;
    readonly statement: string;
    readonly standing: Standing;
  }[];
  readonly findings: readonly {
    readonly item: string;
    readonly kind: ProofKind;
    readonly by: string;
    readonly outcome: Outcome;
    readonly urn: string | null;
  }[];
}

/** A bigger number is worse; not applicable compares with nothing. */
const ranks: Readonly<Record<Standing, number | undefined>> = {
  proven: 0,
  waived: 1,
  undecided: 2,
  unproven: 2,
  failing: 3,
  "not-applicable": undefined,
};
const outcomeRanks: Readonly<Record<Outcome, number | undefined>> = {
  pass: 0,
  unknown: 1,
  fail: 2,
  error: 2,
  "not-applicable": undefined,
};

export function changesSince(file: string, earlier: EarlierStack, now: Compared): Since {
  return {
    file,
    verdict: earlier.verdict,
    commit: earlier.commit.id,
    purpose: earlier.purpose,
    source: earlier.source.kind,
    items: itemChanges(earlier, now),
    rules: ruleChanges(earlier, now),
    alerts: earlier.quietness ? alertChanges(earlier, now) : null,
  };
}

function itemChanges(earlier: Compared, now: Compared): readonly ItemChange[] {
  return pairs(
    earlier.checklist.map((item) => [item.id, item] as const),
    now.checklist.map((item) => [item.id, item] as const),
  ).flatMap(([id, was, is]) => {
    const [before, after] = [was?.standing ?? null, is?.standing ?? null];
    if (before === after) return [];
    const direction = directionOf(before && ranks[before], after && ranks[after]);
    return [{ direction, id, statement: (is ?? was)?.statement ?? "", before, after }];
  });
}

function ruleChanges(earlier: Compared, now: Compared): readonly RuleChange[] {
  return pairs(foundBy(earlier), foundBy(now)).flatMap(([rule, was, is]) => {
    const [before, after] = [was?.outcome ?? null, is?.outcome ?? null];
    const failing = { before: was?.failing.size ?? 0, after: is?.failing.size ?? 0 };
    const same =
      before === after && (was?.failing.symmetricDifference(is?.failing ?? new Set()).size ?? 0) === 0;
    if (same) return [];
    const change = { rule, item: (is ?? was)?.item ?? "", before, after, failing };
    return [{ direction: ruleDirection(was, is), ...change }];
  });
}

function alertChanges(earlier: Compared, now: Compared): readonly AlertChange[] {
  return pairs(alertsOf(earlier), alertsOf(now)).flatMap(([alert, before = null, after = null]) => {
    const [was, is] = [before?.pagesAWeek ?? null, after?.pagesAWeek ?? null];
    const moved = before?.severity !== after?.severity;
    if (was === is && !moved && before && after) return [];
    const direction = was === null || is === null || moved ? "otherwise" : directionOf(was, is);
    return [{ direction, alert, before, after }];
  });
}

function alertsOf({ quietness }: Compared): readonly (readonly [alert: string, state: AlertState])[] {
  return (quietness?.alerts ?? []).map(({ alert, severity, pagesAWeek }) => [
    alert,
    { severity, pagesAWeek },
  ]);
}

interface Found {
  readonly item: string;
  readonly outcome: Outcome;
  /** URNs, and the empty one for what is about no resource. */
  readonly failing: ReadonlySet<string>;
}

function foundBy({ findings }: Compared): readonly (readonly [rule: string, found: Found])[] {
  const policy = findings.filter(({ kind }) => kind === "policy");
  return [...Map.groupBy(policy, ({ by }) => by)].map(([rule, of]) => [
    rule,
    {
      item: of[0]?.item ?? "",
      outcome: worst(of.map(({ outcome }) => outcome)),
      failing: new Set(of.filter(({ outcome }) => outcome === "fail").map(({ urn }) => urn ?? "")),
    },
  ]);
}

/** By what it found at worst; of a rule that fails then and now, by whether it fails for something that is new. */
function ruleDirection(was: Found | undefined, is: Found | undefined): Direction {
  if (!was || !is || was.outcome !== is.outcome) {
    return directionOf(was && outcomeRanks[was.outcome], is && outcomeRanks[is.outcome]);
  }
  return is.failing.isSubsetOf(was.failing) ? "better" : "worse";
}

/** What is new is worse where it is open; what is gone proves nothing, and what is not asked compares with nothing. */
function directionOf(before: number | null | undefined, after: number | null | undefined): Direction {
  if (typeof after !== "number") return "otherwise";
  if (typeof before !== "number") return after > 0 ? "worse" : "otherwise";
  if (before === after) return "otherwise";
  return after < before ? "better" : "worse";
}

/** Each key with its value before and now, in today's order and what is gone last. */
function pairs<A, B>(
  before: readonly (readonly [string, A])[],
  now: readonly (readonly [string, B])[],
): readonly (readonly [string, A | undefined, B | undefined])[] {
  const [was, is] = [new Map(before), new Map(now)];
  return [...new Set([...is.keys(), ...was.keys()])].map((key) => [key, was.get(key), is.get(key)]);
}
