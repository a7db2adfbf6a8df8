/**
 * What a monitor's query makes of a healthy service's requests: which of them are bad, how many are too many. The
 * arithmetic of how often that comes by chance is model/alerts/quietness.
 */
import { Counts, poisson, weighing } from "../../model/alerts/quietness/counts.ts";
import { slowerThan } from "../../model/alerts/quietness/latency.ts";
import { type Condition, count, excess, type Flow, percentile } from "../../model/alerts/quietness/window.ts";
import { type Health, type Population, populationOf, populationOfEvents, type Standing } from "./healthy.ts";
import type { Series } from "./metric-expression.ts";
import { alternatives, type EventQuery, type MetricQuery } from "./monitor-query.ts";
import { firesBeyond, type Share, shareOf } from "./share.ts";

/** Events that come by chance, and when an alert has too many of them in its window. */
export interface Gamble {
  readonly condition: Condition;
  readonly flow: Flow;
  readonly windowMinutes: number;
  /** What is bad of them, such as `failures`. */
  readonly bad: string;
  /** Of a mean of minutes: about so many of a minute's requests, all in all. */
  readonly about?: { readonly failures: number; readonly perMinute: number };
  /** Whether they come together where a user tries again: failures do, slow answers and misses do not. */
  readonly inRuns: boolean;
  /** Whether it is requests that fail: then an outage makes more of them. */
  readonly ofErrors: boolean;
}

/** That too little comes: what the checks send by the clock, and what people send by chance. */
export interface Silence {
  readonly fewerThan: number;
  readonly windowMinutes: number;
  readonly clocked: number;
  readonly perMinute: number;
}

/** It waits for runs of a job. */
export interface Runs {
  readonly windowMinutes: number;
}

export type Watched =
  | { readonly kind: "gamble"; readonly gamble: Gamble }
  | { readonly kind: "silence"; readonly silence: Silence }
  | { readonly kind: "runs"; readonly runs: Runs }
  | { readonly kind: "state"; readonly why: string }
  | { readonly kind: "unknown"; readonly why: string };

const unreadable: Watched = { kind: "unknown", why: "its query computes something that no rule knows" };

/** A healthy service's percentiles stand at this part of their target. */
const healthyPart = 0.8;

/** @param over the value at which the alert is over; nothing where it ends where it fires */
export function watched(query: MetricQuery | EventQuery, over: number | undefined, health: Health): Watched {
  if (query.kind === "events") return ofEvents(query, over, health);
  const { expression } = query;
  if (expression.kind === "function") {
    if (expression.name === "anomalies") {
      return { kind: "unknown", why: "what is unusual, a model of Datadog's decides from weeks of data" };
    }
    if (expression.name === "forecast") {
      return { kind: "state", why: "it follows a trend of days, which no single request moves" };
    }
    if (expression.name === "count_not_null") {
      return { kind: "state", why: "what it counts reports by a clock" };
    }
  }
  const share = shareOf(expression);
  if (share) return ofShare(query, share, over, health);
  return expression.kind === "series" ? ofSeries(query, expression, over, health) : unreadable;
}

function ofSeries(query: MetricQuery, series: Series, over: number | undefined, health: Health): Watched {
  if (series.metric === "job.completed")
    return { kind: "runs", runs: { windowMinutes: query.windowSeconds / 60 } };
  const population = populationOf(series, health);
  if (!population) return { kind: "unknown", why: `nobody knows what is usual of ${series.metric}` };
  if ("why" in population) return standing(population);
  const rank = /^p(\d\d)$/.exec(series.aggregate)?.[1];
  if (rank !== undefined) return ofPercentile(query, Number(rank) / 100, population, over, health);
  if (series.metric.endsWith("_error_rate")) return ofMinutes(query, population, health);
  if (query.comparator.startsWith("<")) {
    const { perMinute, checksPerMinute } = health;
    return {
      kind: "silence",
      silence: {
        fewerThan: query.limit,
        windowMinutes: query.windowSeconds / 60,
        clocked: checksPerMinute,
        perMinute,
      },
    };
  }
  return ofCount(query, population, over, health, everyFailure.test(series.metric));
}

/** Counts of whatever fails: any outage shows in them. */
const everyFailure = /\.logs\.(errors|requests)$/;

function standing({ why }: Standing): Watched {
  return { kind: "state", why };
}

function ofCount(
  { comparator, limit, windowSeconds }: MetricQuery | EventQuery,
  { perRequest, badPercent = 100 }: Population,
  over: number | undefined,
  { perMinute }: Health,
  ofErrors = false,
): Watched {
  const least = (value: number) => (comparator === ">=" ? Math.ceil(value) : Math.floor(value) + 1);
  return {
    kind: "gamble",
    gamble: {
      condition: {
        goodBelow: count(least(limit)),
        overBelow: over === undefined ? undefined : count(least(over)),
      },
      flow: { bad: (perMinute * perRequest * badPercent) / 100, good: 0 },
      windowMinutes: windowSeconds / 60,
      bad: "events",
      inRuns: true,
      ofErrors,
    },
  };
}

function ofShare(query: MetricQuery, share: Share, over: number | undefined, health: Health): Watched {
  const population = populationOf(share.part, health);
  if (!population) return { kind: "unknown", why: `nobody knows what is usual of ${share.part.metric}` };
  if ("why" in population) return standing(population);
  const { percent, more } = firesBeyond(query) ?? { percent: query.limit, more: 0 };
  const below = query.comparator.startsWith("<");
  // Of what is too rare the others are too many: a hit rate below 60 % is more than 40 % of misses.
  const limit = below ? 100 - percent : percent;
  const end = share.beyondPercent === undefined ? over : undefined;
  const ends = end === undefined ? undefined : below ? 100 - end : end;
  const badPercent = population.badPercent ?? ends ?? limit;
  const perMinute = health.perMinute * population.perRequest;
  const overBelow =
    share.beyondPercent === undefined
      ? ends === undefined
        ? undefined
        : excess(ends)
      : over === undefined
        ? undefined
        : excess(percent, over);
  return {
    kind: "gamble",
    gamble: {
      condition: { goodBelow: excess(limit, more), overBelow },
      flow: { bad: (perMinute * badPercent) / 100, good: perMinute * (1 - badPercent / 100) },
      windowMinutes: query.windowSeconds / 60,
      bad: below ? "misses" : "failures",
      inRuns: !below,
      ofErrors: share.part.metric === "trace.http.server.request.errors",
    },
  };
}

function ofPercentile(
  { limit, windowSeconds }: Pick<MetricQuery, "limit" | "windowSeconds">,
  rank: number,
  { perRequest }: Population,
  over: number | undefined,
  { perMinute }: Health,
): Watched {
  const slow = slowShare(limit, over ?? limit, rank);
  const events = perMinute * perRequest;
  return {
    kind: "gamble",
    gamble: {
      condition: { goodBelow: percentile(rank) },
      flow: { bad: events * slow, good: events * (1 - slow) },
      windowMinutes: windowSeconds / 60,
      bad: "slow ones",
      inRuns: false,
      ofErrors: false,
    },
  };
}

/**
 * Of a healthy service's requests, those above a limit.
 * @param target of the percentile
 */
export function slowShare(limit: number, target: number, rank: number): number {
  return slowerThan(limit, healthyPart * target, Math.round(rank * 100));
}

/**
 * A mean of each minute's own percentage: a failure in a minute of three requests weighs twenty times one in a minute
 * of sixty. Minutes without a request have no value.
 */
function ofMinutes(
  { limit, windowSeconds }: MetricQuery,
  { badPercent = 0 }: Population,
  { perMinute }: Health,
): Watched {
  const windowMinutes = windowSeconds / 60;
  const grid = 60;
  const weights = new Float64Array(grid + 1);
  // Who else is in the minute of a failure: as many as in any minute.
  const others = poisson(perMinute);
  for (let i = others.first; i <= others.last; i++) {
    const weight = Math.max(1, Math.round(grid / (1 + i)));
    weights[weight] = (weights[weight] ?? 0) + others.of(i);
  }
  const counts = new Counts(0, weights);
  const usualWeight = weights.reduce((sum, chance, weight) => sum + chance * weight, 0);
  const reporting = windowMinutes * (1 - Math.exp(-perMinute));
  const bad = (perMinute * badPercent) / 100;
  // Of more than some a minute the weights would round to nothing: each failure is a like part then.
  const fine = perMinute <= grid / 4;
  return {
    kind: "gamble",
    gamble: {
      condition: fine
        ? { goodBelow: count(Math.floor((limit / 100) * reporting * grid) + 1) }
        : { goodBelow: excess(limit) },
      flow: fine
        ? { bad, good: 0, spread: (minutes) => weighing(bad * minutes, counts) }
        : { bad, good: perMinute - bad },
      windowMinutes,
      bad: "failures",
      about: { failures: Math.ceil(((limit / 100) * reporting * grid) / usualWeight), perMinute },
      inRuns: false,
      ofErrors: true,
    },
  };
}

function ofEvents(query: EventQuery, over: number | undefined, health: Health): Watched {
  const type = query.search.find(({ key }) => key === "@type");
  const [value = ""] = type ? alternatives(type) : [];
  const kind = query.source === "rum" ? `rum @type:${value}` : query.source;
  const population = populationOfEvents(kind, health);
  if (!population) return { kind: "unknown", why: `nobody knows what is usual of ${kind}` };
  if ("why" in population) return standing(population);
  const rank = /^pc(\d\d)$/.exec(query.aggregate)?.[1];
  if (rank !== undefined) return ofPercentile(query, Number(rank) / 100, population, over, health);
  return query.aggregate === "count" ? ofCount(query, population, over, health) : unreadable;
}
