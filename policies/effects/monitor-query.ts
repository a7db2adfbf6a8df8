/** What a Datadog monitor's query compares with what, over which window (Datadog's API, "Create a monitor"). */
import { remembered } from "../remembered.ts";
import { type Expression, parseExpression, parseScope } from "./metric-expression.ts";

interface Compared {
  /** Seconds of data that are judged at once; of a forecast, how far it looks ahead. */
  readonly windowSeconds: number;
  readonly comparator: string;
  readonly limit: number;
}

/** On metrics: `sum(last_5m):<expression> > 10`. */
export interface MetricQuery extends Compared {
  readonly kind: "metric";
  /** How the values of the window are combined. */
  readonly over: string;
  readonly expression: Expression;
}

/** On events: `rum("<search>").rollup("count").last("15m") > 10`. */
export interface EventQuery extends Compared {
  readonly kind: "events";
  /** `logs`, `rum`, `ci-pipelines` and the like. */
  readonly source: string;
  readonly search: readonly Term[];
  readonly aggregate: string;
  readonly attribute: string | undefined;
  readonly by: readonly string[];
}

/** A part of a search that all events must match. */
export interface Term {
  /** Empty for free text. */
  readonly key: string;
  readonly value: string;
  readonly negated: boolean;
}

/** On an objective: `burn_rate("<id>").over("30d").long_window("1h").short_window("5m") > 14.4`. */
export interface ObjectiveQuery {
  readonly kind: "objective";
  readonly measure: "burn_rate" | "error_budget";
  readonly overDays: number;
  readonly longHours: number | undefined;
  readonly shortMinutes: number | undefined;
  readonly comparator: string;
  readonly limit: number;
}

const comparison = /(>=|<=|>|<)\s*(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/i;
const units: Readonly<Record<string, number>> = { m: 60, h: 3600, d: 86_400, w: 604_800 };

/** Nothing where this reader does not know what the query does. */
export const parseQuery = remembered((text): MetricQuery | EventQuery | ObjectiveQuery | undefined => {
  const compared = comparedWith(text);
  if (!compared) return undefined;
  const left = text.trim().replace(comparison, "").trimEnd();
  return metricQuery(left, compared) ?? eventQuery(left, compared) ?? objectiveQuery(left, compared);
});

/** What a query is compared with, whatever it computes; nothing for what is no comparison. */
export function comparedWith(text: string): Comparison | undefined {
  const [, comparator, limit] = comparison.exec(text.trim()) ?? [];
  return comparator === undefined ? undefined : { comparator, limit: Number(limit) };
}

/**
 * The conditions under which each series or search of a query takes its data, also where nobody knows what is
 * computed of them; nothing where one of them cannot be read.
 */
export function scopesIn(text: string): readonly (readonly Term[])[] | undefined {
  const series = [...text.matchAll(/\b\w+:[a-zA-Z][\w.]*\{([^{}]*)\}/g)].map(([, scope = ""]) =>
    parseScope(scope),
  );
  const searches = [...text.matchAll(/(?<![\w-])[a-z-]+\("((?:[^"\\]|\\.)*)"\)\./g)]
    .filter(([call]) => !/^-*(by|last|index|rollup|over)\(/.test(call))
    .map(([, quoted = ""]) => parseSearch(quoted.replaceAll('\\"', '"')));
  const scopes = [...series, ...searches];
  return scopes.length > 0 && scopes.every((scope) => scope !== undefined) ? scopes : undefined;
}

type Comparison = Pick<Compared, "comparator" | "limit">;

function metricQuery(left: string, compared: Comparison): MetricQuery | undefined {
  const [, over, window, text = ""] =
    /^(avg|sum|min|max|percentile)\((?:last|next)_(\d+[mhdw])\):(.*)$/s.exec(left) ?? [];
  const expression = parseExpression(text);
  if (over === undefined || window === undefined || !expression) return undefined;
  return { kind: "metric", over, windowSeconds: secondsOf(window), expression, ...compared };
}

function eventQuery(left: string, compared: Comparison): EventQuery | undefined {
  const [, source, quoted = "", calls = ""] = /^([a-z-]+)\("((?:[^"\\]|\\.)*)"\)(.*)$/s.exec(left) ?? [];
  const search = parseSearch(quoted.replaceAll('\\"', '"'));
  const [, grouping, aggregate, attribute, window] =
    /^(?:\.index\("\*?"\))?(?:\.by\(([^()]*)\))?\.rollup\("(\w+)"(?:, "([^"]*)")?\)\.last\("(\d+[mhdw])"\)$/.exec(
      calls,
    ) ?? [];
  if (!search || source === undefined || aggregate === undefined || window === undefined) return undefined;
  const by = grouping === undefined ? [] : grouping.split(",").map((tag) => tag.replaceAll('"', "").trim());
  return {
    kind: "events",
    source,
    search,
    aggregate,
    attribute,
    by,
    windowSeconds: secondsOf(window),
    ...compared,
  };
}

function objectiveQuery(left: string, compared: Comparison): ObjectiveQuery | undefined {
  const [, measure, days, hours, minutes] =
    /^(burn_rate|error_budget)\("[^"]*"\)\.over\("(\d+)d"\)(?:\.long_window\("(\d+)h"\)\.short_window\("(\d+)m"\))?$/.exec(
      left,
    ) ?? [];
  if (measure === undefined) return undefined;
  return {
    kind: "objective",
    measure: measure === "burn_rate" ? "burn_rate" : "error_budget",
    overDays: Number(days),
    longHours: hours === undefined ? undefined : Number(hours),
    shortMinutes: minutes === undefined ? undefined : Number(minutes),
    ...compared,
  };
}

/** Of a duration such as `5m` or `1w`. */
export function secondsOf(duration: string): number {
  return Number.parseInt(duration, 10) * (units[duration.at(-1) ?? ""] ?? Number.NaN);
}

/**
 * A search of events (Datadog, "Log Search Syntax"), where all of its terms must match; nothing where it has
 * alternatives of whole terms. A value may be a list of alternatives: `service:(a OR b)`.
 */
export function parseSearch(text: string): readonly Term[] | undefined {
  const term = /\s*(-|NOT )?(?:(@?[\w.-]+):)?(\((?:[^()"]|"[^"]*")*\)|"[^"]*"|[^\s()":]+)(?=\s|$)/y;
  const terms: Term[] = [];
  const rest = text.trim();
  while (term.lastIndex < rest.length) {
    const [, sign, key = "", value = ""] = term.exec(rest) ?? [];
    if (value === "" || (key === "" && /^(OR|NOT)$/.test(value))) return undefined;
    // Alternatives of words are one term; alternatives of conditions are no list of terms any more.
    if (key === "" && value.startsWith("(") && value.replace(/"[^"]*"/g, "").includes(":")) return undefined;
    if (key !== "" || value !== "AND")
      terms.push({ key, value: unquoted(value), negated: sign !== undefined });
  }
  return terms;
}

function unquoted(value: string): string {
  return value.replace(/^"(.*)"$/, "$1");
}

/** The alternatives of a term's value: `(a OR b)` are two, any other is one. */
export function alternatives({ value }: Pick<Term, "value">): readonly string[] {
  const [, inner] = /^\((.*)\)$/s.exec(value) ?? [];
  return inner === undefined ? [value] : inner.split(" OR ").map((one) => unquoted(one.trim()));
}
