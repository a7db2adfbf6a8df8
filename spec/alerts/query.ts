/** Datadog's query language, written from signals. */
import type {
  BurnRateSignal,
  ErrorBudgetSignal,
  EventSignal,
  Expression,
  MetricSignal,
  Series,
} from "./signal.ts";

/** A metric monitor's query, such as `avg(last_15m):avg:aws.rds.cpuutilization{product:portal} > 90`. */
export function metricQuery(signal: MetricSignal): string {
  const { over, windowMinutes, expression, comparator, thresholds } = signal;
  return `${over}(last_${duration(windowMinutes)}):${expressionQuery(expression)} ${comparator} ${thresholds.critical}`;
}

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

function sum(terms: readonly string[]): string {
  return terms.length === 1 ? terms.join() : `(${terms.join(" + ")})`;
}

/** `15m`, `2h`. */
function duration(minutes: number): string {
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`;
}
