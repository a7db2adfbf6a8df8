/**
 * Whether a percentile of all requests is below a limit, told from some of them: it is where fewer than its share can
 * be above. No distribution is assumed.
 */
import { atLeast, atMost, confidence } from "./bounds.ts";

const share = 0.05;

/** The fewest of which p95 can be told: with none above the limit. */
export const fewestForP95 = 59;

export interface Allowed {
  /** The most above the limit with which p95 is below it; nothing where there are too few to tell. */
  readonly passUpTo: number | undefined;
  /** The fewest above with which it is not. */
  readonly failFrom: number;
}

export function allowedAbove(samples: number): Allowed {
  let passUpTo: number | undefined;
  for (let above = 0; atMost(above, samples, share) <= 1 - confidence; above++) passUpTo = above;
  let failFrom = Math.ceil(samples * share) + 1;
  while (failFrom <= samples && atLeast(failFrom, samples, share) > 1 - confidence) failFrom++;
  return { passUpTo, failFrom };
}

export function judgeP95(above: number, samples: number): "pass" | "fail" | "unknown" {
  const { passUpTo, failFrom } = allowedAbove(samples);
  if (passUpTo !== undefined && above <= passUpTo) return "pass";
  return above >= failFrom ? "fail" : "unknown";
}

/** The value that so many percent are not above, by the nearest rank. */
export function percentileOf(values: readonly number[], percent: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)];
}
