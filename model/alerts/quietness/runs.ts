/** How often checks and jobs, which run by a clock, ring by chance, and what waits for requests. */
import { binomial, type Counts, poisson, together } from "./counts.ts";
import type { Chance } from "./window.ts";

export interface CheckRuns {
  readonly locations: number;
  /** So many have to fail at the same time. */
  readonly needed: number;
  /** Chance that one location's run fails, all its attempts. */
  readonly failing: number;
}

/**
 * Firings in an interval of a check. A location that failed stays failed until its next run, an interval later, and
 * each other location runs once in between: whichever of the needed ones fails last rings.
 */
export function checkFirings({ locations, needed, failing }: CheckRuns): number {
  if (needed > locations) return 0;
  const others = choose(locations - 1, needed - 1);
  const failed = failing ** (needed - 1) * (1 - failing) ** (locations - needed);
  // One that had failed already brings nothing new.
  return locations * failing * (1 - failing) * others * failed;
}

/**
 * Firings for each run of a job that is waited for.
 * @param windowRuns how many times the job runs in the window of which one run is enough
 */
export function missedRuns(windowRuns: number, failing: number): number {
  // After so many lost runs in a row the window holds none: those before it are too old by then.
  const lost = Math.max(1, Math.floor(windowRuns));
  return failing ** lost * (1 - failing);
}

function choose(of: number, some: number): number {
  let ways = 1;
  for (let i = 1; i <= some; i++) ways = (ways * (of - some + i)) / i;
  return ways;
}

export interface Arrivals {
  /** Requests a minute that our checks send, by a clock. */
  readonly clocked: number;
  /** All that arrive. */
  readonly perMinute: number;
}

/**
 * Firings of an alert that wants so many requests in its window, for each look a minute later. Fewer than the checks
 * send means that theirs do not all arrive.
 * @param lost the share of requests that a healthy service loses
 */
export function silenceChance(
  { clocked, perMinute }: Arrivals,
  fewerThan: number,
  window: number,
  lost: number,
): Chance {
  const arrives = clocked > 0 ? Math.min(1 - lost, perMinute / clocked) : 0;
  const people = Math.max(0, perMinute - clocked);
  const counts = (minutes: number): Counts =>
    together(binomial(clocked * minutes, arrives), poisson(people * minutes));
  const [rest, one] = [counts(window - 1), counts(1)];
  const least = Math.ceil(fewerThan);
  let firings = 0;
  for (let stays = rest.first; stays <= rest.last; stays++) {
    firings += rest.of(stays) * one.atLeast(least - stays) * one.below(least - stays);
  }
  return { firings, share: counts(window).below(least) };
}
