/** Datadog's query language, written from signals. */
import { exact } from "../exact.ts";
import type {
  AnomalySignal,
  BurnRateSignal,
  ErrorBudgetSignal,
  EventSignal,
  Expression,
  ForecastSignal,
  MetricSignal,
  Series,
} from "./signal.ts";

/** A metric monitor's query, such as `avg(last_15m):avg:aws.rds.cpuutilization{product:portal} > 90`. */
export function metricQuery(signal: MetricSignal): string {
  const { over, windowMinutes, expression, comparator, thresholds, more } = signal;
  const window = `${over}(last_${duration(windowMinutes)})`;
  return more === undefined
    ? `${window}:${expressionQuery(expression)} ${comparator} ${thresholds.critical}`
    : `${window}:${beyondQuery(expression, thresholds.critical)} ${comparator} ${more}`;
}

/**
 * What is beyond a share of all. Datadog's guide multiplies the share by `is_greater(count, N)`; whether that compares
 * the window's sum or each of its points is not documented for counts, and points would never be enough. A difference
 * of sums is the same either way.
 */
function beyondQuery(expression: Expression, percent: number): string {
  if (!("part" in expression) || typeof expression.whole === "number") {
    throw new Error("only of a share of counted events some can be beyond it");
  }
  const whole = sum(expression.whole.map((series) => seriesQuery(series)));
  return `default_zero(${seriesQuery(expression.part)}) - ${exact(percent / 100)} * ${whole}`;
}

/** A forecast monitor's query: Datadog, "Forecasts Monitor". It knows no comparison without equality. */
export function forecastQuery({ expression, comparator, thresholds }: ForecastSignal): string {
  const extreme = comparator === ">" ? "max" : "min";
  return `${extreme}(next_1w):${forecastOf(expression)} ${comparator}= ${thresholds.critical}`;
}

/** What a forecast monitor draws. */
export function forecastOf(expression: Expression): string {
  return `forecast(${expressionQuery(expression)}, 'linear', 1, interval='60m', history='1w', model='default')`;
}

/** An anomaly monitor's query: Datadog, "Anomaly Monitor". It fires where all values of its window are unusual. */
export function anomalyQuery({ expression, direction, windowMinutes, season }: AnomalySignal): string {
  const window = `direction='${direction}', interval=60, alert_window='last_${duration(windowMinutes)}'`;
  const band = `'agile', ${deviations}, ${window}, count_default_zero='true', seasonality='${season}'`;
  return `avg(last_4h):anomalies(${expressionQuery(expression)}, ${band}) >= 1`;
}

/** What an anomaly monitor draws. */
export function anomalyBandOf(expression: Expression): string {
  return `anomalies(${expressionQuery(expression)}, 'agile', ${deviations})`;
}

/** Half the width of the band of usual values: 2 finds more, 3 wakes fewer (Datadog, "Anomaly Monitor"). */
const deviations = 3;

/** A RUM or CI monitor's query. */
export function eventQuery(signal: EventSignal): string {
  const { kind, search, compute, windowMinutes, comparator, thresholds } = signal;
  const rollup = compute.aggregate === "count" ? '"count"' : `"${compute.aggregate}", "${compute.attribute}"`;
  const events = `${kind}("${search.replaceAll('"', '\\"')}").rollup(${rollup})`;
  return `${events}.last("${duration(windowMinutes)}") ${comparator} ${thresholds.critical}`;
}

/** An SLO monitor's query for the objective with this id. */
export function objectiveQuery(signal: BurnRateSignal | ErrorBudgetSignal, id: string): string {
  if (signal.kind === "error-budget") {
    return `error_budget("${id}").over("30d") > ${signal.thresholds.critical}`;
  }
  const windows = `long_window("${signal.longWindowHours}h").short_window("${signal.shortWindowMinutes}m")`;
  return `burn_rate("${id}").over("30d").${windows} > ${signal.rate}`;
}

/** An expression as graphs and monitors take it. */
export function expressionQuery(expression: Expression): string {
  if ("series" in expression) return seriesQuery(expression.series);
  if ("reporting" in expression) return `count_not_null(${seriesQuery(expression.reporting)})`;
  const { part, whole } = expression;
  const divisor = typeof whole === "number" ? String(whole) : sum(whole.map((s) => seriesQuery(s)));
  // Without a single event of a kind there is no series of it, and nothing divided by something is nothing.
  const dividend = part.as === "count" ? `default_zero(${seriesQuery(part)})` : seriesQuery(part);
  return `100 * ${dividend} / ${divisor}`;
}

/**
 * One series.
 * @param variables a dashboard's template variables that filter it too, such as `$version`
 */
export function seriesQuery(series: Series, variables: readonly string[] = []): string {
  const { aggregate, metric, filter, by, as } = series;
  const scope = [...Object.entries(filter).map(([key, value]) => `${key}:${value}`), ...variables];
  const grouping = by ? ` by {${by.join(",")}}` : "";
  return `${aggregate}:${metric}{${scope.join(",")}}${grouping}${as ? `.as_${as}()` : ""}`;
}

/** Events of a distribution metric up to a value: Datadog, "Distributions", threshold queries. */
export function withinQuery(series: Series, limit: number): string {
  return seriesQuery(series).replace(/^count:/, `count(v: v<=${limit}):`);
}

/** Events above it. */
export function aboveQuery(series: Series, limit: number): string {
  return seriesQuery(series).replace(/^count:/, `count(v: v>${limit}):`);
}

function sum(terms: readonly string[]): string {
  return terms.length === 1 ? terms.join() : `(${terms.join(" + ")})`;
}

/** `15m`, `2h`: as monitors and downtimes write it. */
export function duration(minutes: number): string {
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`;
}
