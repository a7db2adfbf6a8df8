/**
 * Watching a deployment minute by minute. Looking every minute is looking often: whoever tests each time as if it were
 * the only one stops healthy releases (up to 7 of 100 in ten minutes, tried). Wald's likelihood ratio may be looked at
 * as often as one likes. After the first ten minutes it starts over wherever it speaks for the release, so that a good
 * morning hides no bad evening.
 */
import { atLeast, upperBound } from "./bounds.ts";

export interface Minute {
  readonly requests: number;
  readonly errors: number;
}

/** Shares of failing requests: a release that is well, and one that has to go back. */
export const healthyShare = 0.002;
export const brokenShare = 0.01;

/** Chance alone may stop one healthy release of so many in ten minutes at most; longer, it has as many more chances. */
export const oneOf = 100;
const minutesOfOne = 10;

/** One visitor who tries again and again is no outage. */
export const fewestErrors = 3;
export const fewestMinutes = 2;

export type WatchVerdict =
  | { readonly outcome: "fail"; readonly minute: number; readonly errors: number; readonly requests: number }
  | {
      readonly outcome: "pass" | "unknown";
      readonly bound: number;
      readonly errors: number;
      readonly requests: number;
    };

/** How much more errors come together than by chance: their variance over their mean; 1 where nothing tells. */
export function dispersionOf(minutes: readonly Minute[]): number {
  const requests = sum(minutes, "requests");
  const share = sum(minutes, "errors") / requests;
  const busy = minutes.filter((one) => one.requests > 0);
  if (busy.length < 2 || !(share > 0)) return 1;
  const squares = busy.reduce(
    (total, { requests: n, errors }) => total + (errors - n * share) ** 2 / (n * share),
    0,
  );
  return Math.max(1, squares / (busy.length - 1));
}

/**
 * @param minutes from the deployment on
 * @param dispersion of the time before it
 * @param phaseMinutes how long it is watched, over which the chance of a false alarm is kept
 */
export function judgeWatch(
  minutes: readonly Minute[],
  dispersion: number,
  phaseMinutes: number,
): WatchVerdict {
  const limit = Math.log(oneOf * Math.max(1, phaseMinutes / minutesOfOne));
  let run: Minute[] = [];
  let evidence = 0;
  for (const [i, minute] of minutes.entries()) {
    evidence += weight(minute) / dispersion;
    run.push(minute);
    if (evidence <= 0 && i + 1 >= minutesOfOne) {
      evidence = 0;
      run = [];
    }
    const errors = sum(run, "errors");
    const spread = run.filter((one) => one.errors > 0).length;
    if (evidence >= limit && errors >= fewestErrors && spread >= fewestMinutes) {
      return { outcome: "fail", minute: i + 1, errors, requests: sum(run, "requests") };
    }
  }
  const [requests, errors] = [sum(minutes, "requests"), sum(minutes, "errors")];
  // What comes together counts for less than as many that come alone.
  const bound = upperBound(Math.ceil(errors / dispersion), Math.floor(requests / dispersion));
  return { outcome: bound < brokenShare ? "pass" : "unknown", bound, errors, requests };
}

function weight({ requests, errors }: Minute): number {
  return (
    errors * Math.log(brokenShare / healthyShare) +
    (requests - errors) * Math.log((1 - brokenShare) / (1 - healthyShare))
  );
}

function sum(minutes: readonly Minute[], key: keyof Minute): number {
  return minutes.reduce((total, minute) => total + minute[key], 0);
}

/** The most that may be slower than 95 % were before: half as many again. */
export const mostSlow = 0.075;
/** One healthy release of so many is called slow by chance. */
const slowChance = 0.01;
export const fewestTimes = 300;

/** @param slower how many took longer than p95 of the time before */
export function judgeSlower(slower: number, requests: number): "pass" | "fail" | "unknown" {
  const tooMany = slower / requests > mostSlow;
  if (tooMany && atLeast(slower, requests, 0.05) <= slowChance) return "fail";
  return requests < fewestTimes || tooMany ? "unknown" : "pass";
}
