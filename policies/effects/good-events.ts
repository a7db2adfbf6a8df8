/**
 * What an objective of events counts as good (Datadog, "Metric-based SLOs"): the good ones must be a part of all,
 * and leave out those that failed. A ratio of a number to itself promises nothing.
 */
import { type Expression, type Filter, parseExpression, type Series } from "./metric-expression.ts";

/** What trace metrics tell of how a request ended, and of nothing else (Datadog, "Trace Metrics"). */
const outcomeTags = [
  { of: /^trace\.[\w.]+\.hits$/, tags: ["http.status_code"] },
  { of: /^trace\.[\w.]+\.hits\.by_http_status$/, tags: ["http.status_code", "http.status_class"] },
];

/** Nothing where the good events are all events but the failed ones. */
export type Flaw = { readonly observed: string; readonly wanted: string } | { readonly doubt: string };

/** Conditions that leave out what failed on the server, as `key:value` of what is left out. */
const failures = [
  /^http\.status_class:5xx$/,
  /^(http\.)?status_code:5(\*|xx)$/,
  /^(error|failed):true$/,
  /^status:error$/,
  /^(outcome|result):(failure|error)$/,
];
/** And as what is kept. */
const successes = [/^(success|ok):true$/, /^(outcome|result):success$/, /^status:ok$/];

export function flawOf(good: string, all: string): Flaw | undefined {
  const [numerator, denominator] = [parseExpression(good), parseExpression(all)];
  if (!numerator || !denominator) return { doubt: "its numerator or denominator says what no rule can read" };
  if (JSON.stringify(numerator) === JSON.stringify(denominator)) {
    return { observed: "its numerator is its denominator", wanted: "without the requests that failed" };
  }
  if (denominator.kind !== "series" || !countsEvents(denominator)) {
    return { observed: `it is a share of ${all}`, wanted: "of all requests, counted" };
  }
  if (numerator.kind === "series") return asFiltered(numerator, denominator);
  return asDifference(numerator, denominator);
}

/** Up to where an event counts as good: `count(v: v<=2e8):portal.request.duration{…}` (Datadog, "Distributions": threshold queries). */
export function slowLimitOf(good: string): number | undefined {
  const [, limit] = /^count\(v: v<=?(\d[\d.e+]*)\):/.exec(good) ?? [];
  return limit === undefined ? undefined : Number(limit);
}

function countsEvents({ aggregate, functions, by }: Series): boolean {
  return (
    ["sum", "count"].includes(aggregate) && by.length === 0 && functions.every((f) => f.name === "as_count")
  );
}

/** All of the same events, with a condition that leaves out the failed ones and nothing else. */
function asFiltered(good: Series, all: Series): Flaw | undefined {
  if (good.metric !== all.metric || good.aggregate !== all.aggregate || !countsEvents(good)) {
    return { observed: `it counts ${good.metric} as good`, wanted: `a part of ${all.metric}` };
  }
  const lost = all.filters.filter((filter) => !has(good.filters, filter));
  if (lost.length > 0) {
    return {
      observed: `good ones are not of ${lost.map(written).join(", ")}`,
      wanted: "of the same scope as all",
    };
  }
  const extra = good.filters.filter((filter) => !has(all.filters, filter));
  const outcomes = outcomeTags.find(({ of }) => of.test(good.metric))?.tags;
  const without = outcomes && extra.find(({ key }) => !outcomes.includes(key));
  if (without) {
    return {
      observed: `${good.metric} has no tag ${without.key}: all of it is good`,
      wanted: `${all.metric} less the errors`,
    };
  }
  const leavesOut = extra.some((filter) =>
    (filter.negated ? failures : successes).some((p) => p.test(bare(filter))),
  );
  return leavesOut ? undefined : { doubt: `whether ${extra.map(written).join(", ")} leaves out what failed` };
}

/** All of the events without their errors: `hits - errors`. */
function asDifference(good: Expression, all: Series): Flaw | undefined {
  const unknown: Flaw = { doubt: "its numerator is computed in a way that no rule knows" };
  if (good.kind !== "arithmetic" || good.operator !== "-") return unknown;
  const [whole, failed] = good.operands;
  const errors = failed.kind === "function" && failed.name === "default_zero" ? failed.of : failed;
  if (errors.kind !== "series" || JSON.stringify(whole) !== JSON.stringify(all)) return unknown;
  const sameScope = errors.filters.every((f) => has(all.filters, f)) && countsEvents(errors);
  const ofTheSame =
    errors.metric === all.metric.replace(/\.hits(?=$|\.)/, ".errors") && errors.metric !== all.metric;
  return sameScope && ofTheSame
    ? undefined
    : {
        observed: `it takes off ${errors.metric} of another scope or kind`,
        wanted: "the errors of the same requests",
      };
}

function has(filters: readonly Filter[], wanted: Filter): boolean {
  return filters.some((filter) => written(filter) === written(wanted));
}

function bare({ key, value }: Filter): string {
  return `${key}:${value}`;
}

function written(filter: Filter): string {
  return `${filter.negated ? "!" : ""}${bare(filter)}`;
}
