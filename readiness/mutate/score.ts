/** What came of the mutants: by kind, and what nobody noticed, by place. */
import { type Kind, kinds, type Mutant } from "./mutant.ts";
import type { Verdict } from "./run.ts";

/** The least share, in percent, that has to be noticed or excepted. */
export const floor = 95;

export interface Row {
  readonly kind: Kind;
  readonly generated: number;
  readonly noticed: number;
  readonly excepted: number;
  readonly survived: number;
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
  /** In percent. */
  readonly score: number;
  readonly holds: boolean;
  readonly survivors: readonly Survivor[];
  readonly crashes: readonly Crash[];
}

/** @param reasonOf why a mutant has no bearing, where somebody has said so */
export function scoreOf(
  stack: string,
  verdicts: readonly Verdict[],
  reasonOf: (mutant: Mutant) => string | undefined,
): Score {
  const judged = verdicts.map((verdict) => ({
    ...verdict,
    state: verdict.noticed ? "noticed" : reasonOf(verdict.mutant) === undefined ? "survived" : "excepted",
  }));
  const rows = (Object.keys(kinds) as Kind[]).map((kind): Row => {
    const own = judged.filter(({ mutant }) => mutant.kind === kind);
    const counted = (state: string) => own.filter((v) => v.state === state).length;
    return {
      kind,
      generated: own.length,
      noticed: counted("noticed"),
      excepted: counted("excepted"),
      survived: counted("survived"),
    };
  });
  const survived = judged.filter(({ state }) => state === "survived").map(({ mutant }) => mutant);
  const score = judged.length === 0 ? 0 : 100 * (1 - survived.length / judged.length);
  return {
    stack,
    rows,
    score,
    holds: score >= floor,
    survivors: byPlace(survived),
    crashes: crashesOf(verdicts),
  };
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
