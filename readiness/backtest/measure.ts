/** From an alert of the catalogue and a trace to what its monitor would see at any moment. */
import { type Alert, isOfKind } from "../../spec/alerts/alert.ts";
import type { EventSignal, MetricSignal } from "../../spec/alerts/signal.ts";
import type { StackSpec } from "../../spec/config.ts";
import { exact } from "../../spec/exact.ts";
import type { Condition } from "../../spec/monitor-status.ts";
import { type Fold, RollingWindow } from "../../spec/window.ts";
import { columnOfSeries, type Data, inputOfSeries } from "./columns.ts";
import { objectiveMeasure } from "./objective.ts";
import { rollingShare, samplesOf, shareAt, valueAt } from "./rows.ts";
import type { Trace } from "./trace.ts";

export interface Measure {
  readonly condition: Condition;
  /** Of the value. */
  readonly unit: string;
  /** Windows that are evaluated together; the longest decides how often. */
  readonly shortestSeconds: number;
  readonly longestSeconds: number;
  /** How late the monitor looks. */
  readonly delaySeconds: number;
  /** Datadog has the distribution or the counts, the trace only their results: its number may differ. */
  readonly estimate: boolean;
  /**
   * The value of the window that ends at a moment.
   * @param until never less than the time before
   * @returns nothing where the window has no data
   */
  readonly at: (until: number) => number | undefined;
  /** The value if every row were like this one; nothing where the row has no data. */
  readonly alone: (row: number) => number | undefined;
}

/** What alerts are evaluated on. */
export interface Source {
  readonly trace: Trace;
  readonly data: Data;
  readonly spec: StackSpec;
}

/** Why an alert cannot be evaluated on a trace. */
export interface Unmeasured {
  readonly reason:
    | "without a column"
    | "synthetic"
    | "modelled by Datadog"
    | "with a window shorter than a row";
  /** Name of the column that it wants. */
  readonly column?: string;
}

export function measureOf(alert: Alert, source: Source): Measure | Unmeasured {
  const measure = anyMeasure(alert, source);
  return "at" in measure && measure.shortestSeconds < source.trace.stepSeconds
    ? { reason: "with a window shorter than a row" }
    : measure;
}

function anyMeasure(alert: Alert, source: Source): Measure | Unmeasured {
  if (isOfKind(alert, "metric")) return metricMeasure(alert, source);
  if (isOfKind(alert, "rum", "ci-pipelines")) return ownColumn(alert, source) ?? wants(alert.key);
  if (isOfKind(alert, "burn-rate", "error-budget")) return objectiveMeasure(alert, source);
  return { reason: isOfKind(alert, "check") ? "synthetic" : "modelled by Datadog" };
}

/** On the alert's own column, or on columns of what its expression is made of. */
function metricMeasure(alert: Alert<MetricSignal>, source: Source): Measure | Unmeasured {
  const own = ownColumn(alert, source);
  if (own) return own;
  const { signal } = alert;
  const { data, spec, trace } = source;
  if ("part" in signal.expression) return ratioMeasure(alert, signal.expression, source);
  if (!("series" in signal.expression)) return wants(alert.key);
  const { series } = signal.expression;
  const values = columnOfSeries(series, data, spec);
  if (values) return seriesMeasure(signal, values, trace);
  return wants(inputOfSeries(series, spec) ?? alert.key);
}

function ownColumn(alert: Alert<MetricSignal | EventSignal>, { trace, data }: Source): Measure | undefined {
  const values = data.get(alert.key);
  return values && seriesMeasure(alert.signal, values, trace);
}

function seriesMeasure(signal: MetricSignal | EventSignal, values: Float64Array, trace: Trace): Measure {
  const { fold, estimate } = foldOf(signal);
  const base = common(signal);
  const window = new RollingWindow(samplesOf(values, trace), base.longestSeconds, fold);
  const rows = fold === "sum" ? base.longestSeconds / trace.stepSeconds : 1;
  const times = (value: number | undefined, factor: number) =>
    value === undefined ? undefined : exact(value * factor);
  return {
    ...base,
    estimate,
    at: (until) => times(window.at(until), 1),
    alone: (row) => times(valueAt(values, row), rows),
  };
}

/** Percentiles and ratios of single rows cannot be merged exactly: their mean stands for the window's. */
function foldOf(signal: MetricSignal | EventSignal): { readonly fold: Fold; readonly estimate: boolean } {
  const mean = { fold: "avg", estimate: true } as const;
  if (signal.kind !== "metric") {
    return signal.compute.aggregate === "count" ? { fold: "sum", estimate: false } : mean;
  }
  const { over, expression } = signal;
  if (over === "percentile" || (over === "sum" && "part" in expression)) return mean;
  return { fold: over, estimate: false };
}

function ratioMeasure(
  { key, signal }: Alert<MetricSignal>,
  { part: dividend, whole: divisors }: Extract<MetricSignal["expression"], { readonly part: unknown }>,
  { data, spec, trace }: Source,
): Measure | Unmeasured {
  const [divisor, ...others] = typeof divisors === "number" ? [] : divisors;
  const inputs = [dividend, divisor].map((series) => series && inputOfSeries(series, spec));
  const [partInput, wholeInput] = inputs;
  if (!partInput || !wholeInput || others.length > 0) return wants(key);
  const [part, whole] = [data.get(partInput), data.get(wholeInput)];
  if (!part || !whole) return wants(whole ? partInput : wholeInput);
  const base = common(signal);
  const share = rollingShare({ part, whole }, trace, base.longestSeconds);
  const percent = (value: number | undefined) => (value === undefined ? undefined : exact(100 * value));
  return {
    ...base,
    estimate: false,
    at: (until) => percent(share(until)),
    alone: (row) => percent(shareAt({ part, whole }, row)),
  };
}

function common(
  signal: MetricSignal | EventSignal,
): Pick<Measure, "condition" | "unit" | "shortestSeconds" | "longestSeconds" | "delaySeconds"> {
  const { comparator, thresholds, onMissingData, unit, windowMinutes } = signal;
  return {
    unit,
    condition: { comparator, thresholds, onMissingData, counts: countsEvents(signal) },
    shortestSeconds: windowMinutes * 60,
    longestSeconds: windowMinutes * 60,
    delaySeconds: signal.kind === "metric" ? signal.evaluationDelaySeconds : 0,
  };
}

function countsEvents(signal: MetricSignal | EventSignal): boolean {
  if (signal.kind !== "metric") return signal.compute.aggregate === "count";
  const { expression } = signal;
  if ("series" in expression) return expression.series.as === "count";
  return "part" in expression && expression.part.as === "count";
}

export function wants(column: string): Unmeasured {
  return { reason: "without a column", column };
}
