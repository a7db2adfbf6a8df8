/** From an alert of the catalogue and a trace to what its monitor would see at any moment. */
import { type Alert, isOfKind } from "../../model/alerts/alert.ts";
import { type Fold, RollingWindow } from "../../model/alerts/rolling-window.ts";
import type { EventSignal, MetricSignal } from "../../model/alerts/signal.ts";
import { exact } from "../../model/exact.ts";
import { columnOfSeries, inputOfSeries } from "./columns.ts";
import { type Source, type Unmeasured, type WatchedValue, wants } from "./measured.ts";
import { objectiveMeasure } from "./objective.ts";
import { type Counts, rollingShare, samplesOf, shareAt, valueAt } from "./rows.ts";
import { endOf, type Trace } from "./trace.ts";

export function measureOf(alert: Alert, source: Source): WatchedValue | Unmeasured {
  const measure = anyMeasure(alert, source);
  if ("reason" in measure) return measure;
  const { trace } = source;
  if (measure.shortestSeconds < trace.stepSeconds) return { reason: "with a window shorter than a row" };
  const length = endOf(trace) - (trace.times[0] ?? 0);
  return measure.wantsFullWindow && measure.longestSeconds > length
    ? { reason: "with a window longer than the trace" }
    : measure;
}

function anyMeasure(alert: Alert, source: Source): WatchedValue | Unmeasured {
  if (isOfKind(alert, "metric")) return metricMeasure(alert, source);
  if (isOfKind(alert, "rum", "ci-pipelines")) return ownColumn(alert, source) ?? wants(alert.key);
  if (isOfKind(alert, "burn-rate", "error-budget")) return objectiveMeasure(alert, source);
  return { reason: isOfKind(alert, "check") ? "synthetic" : "modelled by Datadog" };
}

/** On the alert's own column, or on columns of what its expression is made of. */
function metricMeasure(alert: Alert<MetricSignal>, source: Source): WatchedValue | Unmeasured {
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

function ownColumn(
  alert: Alert<MetricSignal | EventSignal>,
  { trace, data }: Source,
): WatchedValue | undefined {
  const values = data.get(alert.key);
  return values && seriesMeasure(alert.signal, values, trace);
}

function seriesMeasure(signal: MetricSignal | EventSignal, values: Float64Array, trace: Trace): WatchedValue {
  const { fold, estimate } = foldOf(signal);
  const base = common(signal);
  const window = new RollingWindow(samplesOf(values, trace), base.longestSeconds, fold);
  const rows = fold === "sum" ? base.longestSeconds / trace.stepSeconds : 1;
  const times = (value: number | undefined, factor: number) =>
    value === undefined ? undefined : exact(value * factor);
  return {
    ...base,
    estimate,
    wantsFullWindow: fold === "sum" && base.condition.comparator === "<",
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
): WatchedValue | Unmeasured {
  const [divisor, ...others] = typeof divisors === "number" ? [] : divisors;
  const inputs = [dividend, divisor].map((series) => series && inputOfSeries(series, spec));
  const [partInput, wholeInput] = inputs;
  if (!partInput || !wholeInput || others.length > 0) return wants(key);
  const [part, whole] = [data.get(partInput), data.get(wholeInput)];
  if (!part || !whole) return wants(whole ? partInput : wholeInput);
  const base = common(signal);
  if (signal.more !== undefined) return beyondMeasure(signal, signal.more, { part, whole }, trace);
  const share = rollingShare({ part, whole }, trace, base.longestSeconds);
  const percent = (value: number | undefined) => (value === undefined ? undefined : exact(100 * value));
  return {
    ...base,
    estimate: false,
    wantsFullWindow: false,
    at: (until) => percent(share(until)),
    alone: (row) => percent(shareAt({ part, whole }, row)),
  };
}

/** What is beyond a share of all, counted. */
function beyondMeasure(
  signal: MetricSignal,
  more: number,
  { part, whole }: Counts,
  trace: Trace,
): WatchedValue {
  const base = common(signal);
  const share = signal.thresholds.critical / 100;
  // A row without a value of failures had none.
  const beyond = part.map(
    (count, row) => (Number.isNaN(count) ? 0 : count) - share * (whole[row] ?? Number.NaN),
  );
  const window = new RollingWindow(samplesOf(beyond, trace), base.longestSeconds, "sum");
  const rows = base.longestSeconds / trace.stepSeconds;
  const plain = (value: number | undefined, times: number) =>
    value === undefined ? undefined : exact(value * times);
  return {
    ...base,
    unit: `beyond ${signal.thresholds.critical} %`,
    condition: { ...base.condition, thresholds: { critical: more, recovery: 0 } },
    estimate: false,
    // A part of a window holds fewer beyond, and fires for too many alone.
    wantsFullWindow: false,
    at: (until) => plain(window.at(until), 1),
    alone: (row) => plain(valueAt(beyond, row), rows),
  };
}

function common(
  signal: MetricSignal | EventSignal,
): Pick<WatchedValue, "condition" | "unit" | "shortestSeconds" | "longestSeconds" | "delaySeconds"> {
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
