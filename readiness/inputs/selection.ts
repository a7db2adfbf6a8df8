/** Which stacks a check is about. */
import { didYouMean } from "../../model/suggest.ts";
import { type Tier, tierOf } from "../../model/tier.ts";
import { UsageError } from "../errors.ts";

export interface Selection {
  /** Stacks that the report is about. */
  readonly reported: readonly string[];
  /** Production stacks, where the report is about none of them. */
  readonly unseenProduction: readonly string[];
}

const defaultStack = "staging";

/**
 * The stacks of `--stack` and `--all`; staging where neither is given.
 * @param named what `--stack` names
 * @param available stacks that have a stack file
 * @param tier by their names alone, where nothing else is known of them
 * @throws UsageError for a stack without a stack file
 */
export function selectStacks(
  named: readonly string[],
  all: boolean,
  available: readonly string[],
  tier: (stack: string) => Tier = tierOf,
): Selection {
  if (available.length === 0) throw new UsageError("there is no Pulumi.<stack>.yaml in this folder");
  const asked = named.length > 0 ? [...new Set(named)] : [defaultStack];
  const reported = all ? available : asked;
  const missing = reported.find((stack) => !available.includes(stack));
  if (missing !== undefined) {
    const files = available.map((stack) => `Pulumi.${stack}.yaml`).join(", ");
    const hint = didYouMean(missing, available) || ".";
    throw new UsageError(`there is no stack "${missing}"${hint} The stack files here are ${files}.`);
  }
  const production = available.filter((stack) => tier(stack) === "production");
  const seen = production.some((stack) => reported.includes(stack));
  return { reported, unseenProduction: seen ? [] : production };
}
