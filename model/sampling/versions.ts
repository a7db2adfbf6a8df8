/**
 * Whether a version is worse than the one before it, both seen in the same window. Another hour, and a watch that asks
 * every endpoint alike, bring another mix of requests: so they are compared endpoint by endpoint. Of those requests to
 * one that went wrong, chance deals the versions theirs like cards (Fisher's exact test, of all endpoints together).
 */
import { type Counts, hypergeometric, none, together } from "../alerts/quietness/counts.ts";
import { upperBound } from "./bounds.ts";
import {
  brokenShare,
  dispersionOf,
  fewestErrors,
  fewestMinutes,
  fewestTimes,
  healthyShare,
  judgeWatch,
  type Minute,
  mostSlow,
  oneOf,
} from "./watch.ts";

/** The minutes of one endpoint; its errors are the requests that went wrong, by failing or by being slow. */
export interface Endpoint {
  readonly now: readonly Minute[];
  readonly before: readonly Minute[];
}

interface Limits {
  /** What is not more than this is well, whatever was before. */
  readonly healthy: number;
  /** What is less than this is well. */
  readonly most: number;
  /** The share that it is taken for: at most so much, or in a sample that is large enough about so much. */
  readonly shareOf: (wrong: number, requests: number) => number;
  /** Whether an endpoint that is new is held against these. */
  readonly alone: boolean;
}

export const failing: Limits = {
  healthy: healthyShare,
  most: brokenShare,
  shareOf: upperBound,
  alone: true,
};

/** Slower than p95 of the version before: as answer times of a watch are judged. */
export const slower: Limits = {
  healthy: 0.05,
  most: mostSlow,
  shareOf: (wrong, requests) => (requests < fewestTimes ? 1 : wrong / requests),
  alone: false,
};

/** By so much more than before it has to be. */
const worse = 1.5;

export interface Compared {
  readonly outcome: "pass" | "fail" | "unknown";
  readonly requests: number;
  /** Of them, those that went wrong. */
  readonly wrong: number;
  /** As many as it would be with each endpoint as before. */
  readonly expected: number;
}

/** @param looks how often it is asked in all, over which the chance of a false alarm is kept */
export function compareVersions(endpoints: readonly Endpoint[], limits: Limits, looks: number): Compared {
  const known = endpoints.filter(({ before }) => requestsOf(before) > 0);
  const judged = limits.alone ? endpoints : known;
  const [requests, wrong] = [total(judged, requestsOf), total(judged, wrongOf)];
  const expected = total(known, (now, before) => (requestsOf(now) * wrongOf(before)) / requestsOf(before));
  const found = { requests, wrong, expected };
  const dispersion = dispersionOf(added(known.map(({ before }) => before)));
  if (isWorse(known, limits, expected, dispersion, looks)) return { ...found, outcome: "fail" };
  const fresh = added(judged.filter((one) => !known.includes(one)).map(({ now }) => now));
  if (judgeWatch(fresh, dispersion, looks).outcome === "fail") return { ...found, outcome: "fail" };
  // What comes together counts for less than as many that come alone.
  const share = limits.shareOf(Math.ceil(wrong / dispersion), Math.floor(requests / dispersion));
  const most = Math.max(limits.most, (worse * expected) / requests);
  return { ...found, outcome: share < most ? "pass" : "unknown" };
}

function isWorse(
  known: readonly Endpoint[],
  { healthy }: Limits,
  expected: number,
  dispersion: number,
  looks: number,
): boolean {
  const [requests, wrong] = [total(known, requestsOf), total(known, wrongOf)];
  const spread = added(known.map(({ now }) => now)).filter(({ errors }) => errors > 0).length;
  if (wrong < fewestErrors || spread < fewestMinutes) return false;
  if (wrong <= healthy * requests || wrong <= worse * expected) return false;
  const dealt = known.map(({ now, before }) =>
    hypergeometric(requestsOf(now) + requestsOf(before), wrongOf(now) + wrongOf(before), requestsOf(now)),
  );
  const chance = dealt.reduce<Counts>(together, none).atLeast(wrong);
  return -Math.log(chance) / dispersion >= Math.log(oneOf * looks);
}

const requestsOf = (minutes: readonly Minute[]) => minutes.reduce((sum, { requests }) => sum + requests, 0);
const wrongOf = (minutes: readonly Minute[]) => minutes.reduce((sum, { errors }) => sum + errors, 0);

function total(
  endpoints: readonly Endpoint[],
  of: (now: readonly Minute[], before: readonly Minute[]) => number,
): number {
  return endpoints.reduce((sum, { now, before }) => sum + of(now, before), 0);
}

/** All endpoints', minute by minute. */
function added(each: readonly (readonly Minute[])[]): readonly Minute[] {
  const length = Math.max(0, ...each.map((minutes) => minutes.length));
  return Array.from({ length }, (_, i) => ({
    requests: each.reduce((sum, minutes) => sum + (minutes[i]?.requests ?? 0), 0),
    errors: each.reduce((sum, minutes) => sum + (minutes[i]?.errors ?? 0), 0),
  }));
}
