/** Where each stack stands, in numbers: what a report of several stacks begins with. */
import type { ItemId } from "../model/checklist/checklist.ts";
import type { Standing, Verdict } from "./verdict.ts";

export interface StackOverview {
  readonly stack: string;
  /** Null where it could not be evaluated. */
  readonly verdict: Verdict | null;
  /** Items that the verdict waits for. */
  readonly required: number;
  /** How many of them stand so; what none does is left out. */
  readonly standings: Readonly<Partial<Record<Standing, number>>>;
  /** Which of them fail. */
  readonly failing: readonly ItemId[];
}

interface Judged {
  readonly stack: string;
  readonly verdict: Verdict;
  readonly checklist: readonly {
    readonly id: ItemId;
    readonly required: boolean;
    readonly standing: Standing;
  }[];
}

export function overviewOf(
  stacks: readonly Judged[],
  notEvaluated: readonly { readonly stack: string }[],
): readonly StackOverview[] {
  return [
    ...stacks.map(({ stack, verdict, checklist }) => {
      const required = checklist.filter((item) => item.required);
      const standings = Map.groupBy(required, ({ standing }) => standing);
      return {
        stack,
        verdict,
        required: required.length,
        standings: Object.fromEntries([...standings].map(([standing, { length }]) => [standing, length])),
        failing: standings.get("failing")?.map(({ id }) => id) ?? [],
      };
    }),
    ...notEvaluated.map(({ stack }) => ({ stack, verdict: null, required: 0, standings: {}, failing: [] })),
  ];
}
