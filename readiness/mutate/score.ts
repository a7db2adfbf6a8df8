/** What came of the mutants: by kind, and what nobody noticed, by place. */
import { type Kind, kinds, type Mutant } from "./mutant.ts";
import type { Verdict } from "./run.ts";

/** The least share, in percent, that has to be noticed or excepted. */
export const floor = 95;

export interface Counts {
  readonly generated: number;
  readonly noticed: number;
  readonly excepted: number;
  readonly survived: number;
}

export interface Row extends Counts {
  readonly kind: Kind;
}

export interface Survivor {
  readonly type: string;
  readonly path: string;
  readonly operators: readonly string[];
  /** Where: the resources, with the path's indexes. */
  readonly at: readonly string[];
}

/** A rule that failed on a mutant instead of judging it. */
export interface Crash {
  readonly rule: string;
  readonly mutants: number;
  readonly example: string;
}

export interface Score {
  readonly stack: string;
  readonly rows: readonly Row[];
  /** Of all kinds but the one that is counted apart. */
  readonly total: Counts;
  /** The total's, in percent. */
  readonly score: number;
  readonly holds: boolean;
  readonly survivors: readonly Survivor[];
  readonly crashes: readonly Crash[];
}

/** There are as many as the SDKs have types, and one rule notices them all. */
export const apart: Kind = "stranger";

/** @param reasonOf why a mutant has no bearing, where somebody has said so */
export function scoreOf(
  stack: string,
  verdicts: readonly Verdict[],
  reasonOf: (mutant: Mutant) => string | undefined,
): Score {
  const judged = verdicts.map(({ mutant, noticed }): Judged => {
    const missed = reasonOf(mutant) === undefined ? "survived" : "excepted";
    return { mutant, state: noticed ? "noticed" : missed };
  });
  const byKind = Object.groupBy(judged, ({ mutant }) => mutant.kind);
  const total = countsOf(judged.filter(({ mutant }) => mutant.kind !== apart));
  const others = countsOf(byKind[apart] ?? []);
  const survived = judged.filter(({ state }) => state === "survived").map(({ mutant }) => mutant);
  return {
    stack,
    rows: (Object.keys(kinds) as Kind[]).map((kind) => ({ kind, ...countsOf(byKind[kind] ?? []) })),
    total,
    score: percent(total),
    holds: percent(total) >= floor && percent(others) >= floor,
    survivors: byPlace(survived),
    crashes: crashesOf(verdicts),
  };
}

interface Judged {
  readonly mutant: Mutant;
  readonly state: "noticed" | "excepted" | "survived";
}

function countsOf(judged: readonly Judged[]): Counts {
  const inState = (state: Judged["state"]) => judged.filter((j) => j.state === state).length;
  return {
    generated: judged.length,
    noticed: inState("noticed"),
    excepted: inState("excepted"),
    survived: inState("survived"),
  };
}

/** What does not survive; all where there is nothing. */
export function percent({ generated, survived }: Counts): number {
  return generated === 0 ? 100 : 100 * (1 - survived / generated);
}

function byPlace(mutants: readonly Mutant[]): Survivor[] {
  return [...Map.groupBy(mutants, ({ type, path }) => `${type} ${path}`).values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    return {
      type: first.type,
      path: first.path,
      operators: [...new Set(own.map(({ operator }) => operator))],
      at: [...new Set(own.map(({ resource, at }) => `${resource} ${at}`.trim()))],
    };
  });
}

function crashesOf(verdicts: readonly Verdict[]): Crash[] {
  const crashed = verdicts.filter(({ noticed }) => noticed?.outcome === "error");
  return [...Map.groupBy(crashed, ({ noticed }) => noticed?.rule ?? "")].map(([rule, own]) => ({
    rule,
    mutants: own.length,
    example: own
      .slice(0, 1)
      .map(({ mutant: m }) => `${m.type} ${m.at || m.resource} ${m.operator}`)
      .join(),
  }));
}
