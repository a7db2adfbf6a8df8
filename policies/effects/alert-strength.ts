/**
 * What makes a monitor fire later than its numbers say, or never: what it measures is narrowed, diluted, taken
 * from the best instead of the worst, or smoothed over too long a time.
 */
import type { Expression, Series } from "./metric-expression.ts";
import { type EventQuery, type MetricQuery, secondsOf, type Term } from "./monitor-query.ts";
import { firesBeyond, shareOf } from "./share.ts";

/** What a monitor is to watch. */
export interface Watch {
  readonly direction: "above" | "below";
  /** Parts of its query: metrics, functions, and the conditions that belong to its subject. */
  readonly about: readonly string[];
  /** Seconds within which it has to notice. */
  readonly within: number;
  /** What a share may be divided by at most, where that is a number. */
  readonly capacity?: number | undefined;
}

/** On top of a share: where an hour brings no more than these, nothing of them would ever be told. */
const mostMore = 20;

/** What weakens it, and what is wanted; or what nobody can judge. */
export type Weakness = { readonly observed: string; readonly wanted: string } | { readonly doubt: string };

/** Conditions that select a stack's own data, and the events that people cause. They narrow nothing that counts. */
const ownKeys = [
  "env",
  "environment",
  "aws_account",
  "product",
  "service",
  "ci_level",
  "@git.repository.id",
  "@git.branch",
];
const peoplesEvents = ["@type:view", "@session.type:user"];

/** An anomaly has to show within an hour, and a band wider than four deviations holds everything. */
const maxDeviations = 4;

export function weaknesses(query: MetricQuery | EventQuery, watch: Watch): readonly Weakness[] {
  return [
    ...windowOf(query, watch),
    ...(query.kind === "metric" ? metric(query, watch) : events(query, watch)),
  ];
}

function windowOf(query: MetricQuery | EventQuery, { within }: Watch): readonly Weakness[] {
  const { windowSeconds } = query;
  if (query.kind === "metric" && query.expression.kind === "function") {
    const { name, args } = query.expression;
    if (name === "forecast") {
      return windowSeconds >= within
        ? []
        : [{ observed: `it looks ${windowSeconds} s ahead`, wanted: `≥ ${within}` }];
    }
    // What is judged is the alert's own window; the outer one is what a graph of it shows.
    if (name === "anomalies") return anomalyWindow(args, within);
  }
  return windowSeconds <= within
    ? []
    : [{ observed: `its window is ${windowSeconds} s`, wanted: `≤ ${within}` }];
}

function anomalyWindow(args: readonly string[], within: number): readonly Weakness[] {
  const [, window] = args.map((arg) => /^alert_window='last_(\d+[mh])'$/.exec(arg)).find(Boolean) ?? [];
  const deviations = Number(args[1]);
  return [
    ...(window !== undefined && secondsOf(window) <= within
      ? []
      : [{ observed: "its alert window is not set or too long", wanted: `≤ ${within / 60} minutes` }]),
    ...(deviations <= maxDeviations
      ? []
      : [{ observed: `its band is ${args[1]} deviations wide`, wanted: `≤ ${maxDeviations}` }]),
    // More is what harms; of less, an alert that needs to know says so itself.
    ...(args.includes("direction='below'")
      ? [{ observed: "it looks at what is below its band alone", wanted: "above, or both" }]
      : []),
  ];
}

function metric(query: MetricQuery, watch: Watch): readonly Weakness[] {
  const { over, expression } = query;
  const more = firesBeyond(query)?.more ?? 0;
  const measured = measuredBy(expression);
  if (!measured) return [{ doubt: "its query computes something that no rule knows" }];
  const { part, whole, reporting } = measured;
  const best = watch.direction === "above" ? "min" : "max";
  return [
    ...(over === best && !reporting
      ? [{ observed: `it takes the ${best} of its window`, wanted: "not the best" }]
      : []),
    ...(part.aggregate === best ? [{ observed: `it takes the ${best} of all`, wanted: "not the best" }] : []),
    ...(over === "sum" && !part.functions.some(({ name }) => name === "as_count")
      ? [{ observed: "it adds up rates", wanted: "counts, as_count()" }]
      : []),
    ...(part.by.length > 0 && whole === undefined && !reporting && ["sum", "count"].includes(part.aggregate)
      ? [{ observed: `it counts for each ${part.by.join(", ")} apart`, wanted: "counted together" }]
      : []),
    ...(typeof whole === "number" ? beyondCapacity(whole, watch) : []),
    ...(more > mostMore ? [{ observed: `it waits for ${more} events more`, wanted: `≤ ${mostMore}` }] : []),
    ...[part, ...(typeof whole === "object" ? whole : [])].flatMap((series) => ofSeries(series, watch)),
  ];
}

function beyondCapacity(whole: number, { capacity }: Watch): readonly Weakness[] {
  if (capacity === undefined) return [{ doubt: `whether ${whole} is the whole of what it measures` }];
  return whole <= capacity ? [] : [{ observed: `it divides by ${whole}`, wanted: `≤ ${capacity}` }];
}

interface Measured {
  readonly part: Series;
  /** What a share is taken of; nothing where it is no share. */
  readonly whole: number | readonly Series[] | undefined;
  /** Whether it counts what reports at all. */
  readonly reporting: boolean;
}

/** A series; a share; how many report; a band or a forecast of these. */
function measuredBy(expression: Expression): Measured | undefined {
  switch (expression.kind) {
    case "number":
      return undefined;
    case "series":
      return { part: expression, whole: undefined, reporting: false };
    case "function": {
      const { name, of } = expression;
      if (name === "anomalies" || name === "forecast") return measuredBy(of);
      if (of.kind !== "series" || !["default_zero", "count_not_null"].includes(name)) return undefined;
      return { part: of, whole: undefined, reporting: name === "count_not_null" };
    }
    case "arithmetic": {
      const share = shareOf(expression);
      return share && { ...share, reporting: false };
    }
  }
}

const harmless = ["as_count", "as_rate"];

function ofSeries(
  { aggregate, metric: name, filters, functions }: Series,
  watch: Watch,
): readonly Weakness[] {
  const text = `${aggregate}:${name}{`;
  const known = watch.about.some(
    (part) => text.includes(part) || (part.includes(".") && part.includes(name)),
  );
  const strange = functions.filter((call) => !harmless.includes(call.name));
  return [
    ...(known ? [] : [{ observed: `it measures ${text.slice(0, -1)}`, wanted: watch.about.join(", ") }]),
    ...strange.map((call) => ({ doubt: `what .${call.name}() makes of ${name}` })),
    ...narrowed(filters, watch),
  ];
}

function events({ search, aggregate, attribute, by }: EventQuery, watch: Watch): readonly Weakness[] {
  return [
    ...(attribute !== undefined && !watch.about.includes(attribute)
      ? [{ observed: `it measures ${attribute}`, wanted: watch.about.join(", ") }]
      : []),
    ...(by.length > 0 && aggregate === "count"
      ? [{ observed: `it counts for each ${by.join(", ")} apart`, wanted: "counted together" }]
      : []),
    ...narrowed(search, watch),
  ];
}

/** Conditions that leave something out of what is to be watched. */
function narrowed(terms: readonly Term[], { about }: Watch): readonly Weakness[] {
  return terms
    .filter((term) => term.negated || !belongs(term, about))
    .map((term) => ({
      observed: `it looks at ${term.negated ? "all but " : ""}${term.key}:${term.value} only`,
      wanted: "at all of it",
    }));
}

function belongs(term: Term, about: readonly string[]): boolean {
  const text = `${term.key}:${term.value}`;
  if (about.some((part) => part.includes(":") && text.endsWith(part))) return true;
  return peoplesEvents.includes(text) || ownKeys.includes(term.key);
}
