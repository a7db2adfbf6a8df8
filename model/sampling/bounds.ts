/** What a sample tells of the share of requests that have some fault: exact bounds of a binomial share. */
import { binomial } from "../alerts/quietness/counts.ts";

/** How sure a verdict is, and with it how often one that is wrong comes by chance at most. */
export const confidence = 0.95;

/** The chance of so few, or fewer, of `trials` where each has the fault with this chance. */
export function atMost(count: number, trials: number, share: number): number {
  let chance = (1 - share) ** trials;
  if (chance < 1e-250) return cumulated(count, trials, share);
  let sum = 0;
  for (let i = 0; i <= Math.min(count, trials); i++) {
    sum += chance;
    chance *= ((trials - i) / (i + 1)) * (share / (1 - share));
  }
  return Math.min(1, sum);
}

/** The same, for chances that are too small to begin with. */
function cumulated(count: number, trials: number, share: number): number {
  const counts = binomial(trials, share);
  let sum = 0;
  for (let i = counts.first; i <= Math.min(count, counts.last); i++) sum += counts.of(i);
  return Math.min(1, sum);
}

/** The chance of so many, or more. */
export function atLeast(count: number, trials: number, share: number): number {
  return count <= 0 ? 1 : 1 - atMost(count - 1, trials, share);
}

/** One-sided, by Clopper and Pearson: the share is below it, but for one sample in twenty. Fractions are counted whole. */
export function upperBound(count: number, trials: number): number {
  if (trials <= count) return 1;
  let [low, high] = [count / trials, 1];
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (atMost(count, trials, middle) > 1 - confidence) low = middle;
    else high = middle;
  }
  return high;
}
