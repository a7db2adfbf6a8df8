/** One kind, so many inputs of one seed: the first that is taken wrongly, made as small as it gets. */
import fc from "fast-check";
import type { Kind } from "./kind.ts";

export interface Campaign {
  /** The same seed gives the same inputs. */
  readonly seed: number;
  readonly runs: number;
  /** Ends earlier than its inputs do. */
  readonly seconds?: number | undefined;
}

export interface Outcome {
  readonly runs: number;
  readonly finding?: { readonly fault: string; readonly input: unknown };
}

/** Making an input small is worth that much, and no more. */
const shrinkMilliseconds = 20_000;

export async function campaign<Input>(
  { inputs, judge }: Kind<Input>,
  { seed, runs, seconds }: Campaign,
): Promise<Outcome> {
  let deadline = Number.POSITIVE_INFINITY;
  let found: Outcome["finding"];
  const property = fc.asyncProperty(inputs, async (input) => {
    fc.pre(Date.now() < deadline);
    const fault = await judge(input);
    if (fault === undefined) return;
    if (!found) deadline = Date.now() + shrinkMilliseconds;
    found = { fault, input };
    throw new Error(fault);
  });
  const limit =
    seconds === undefined ? {} : { interruptAfterTimeLimit: seconds * 1000, markInterruptAsFailure: false };
  const { numRuns } = await fc.check(property, { seed, numRuns: runs, ...limit });
  return { runs: numRuns, ...(found && { finding: found }) };
}
