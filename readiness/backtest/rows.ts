/** Columns of a trace as what windows are made of. */
import { RollingWindow, type Samples } from "../../model/alerts/rolling-window.ts";
import type { Trace } from "./trace.ts";

/** A row's value; nothing where it has none. */
export function valueAt(values: Float64Array, row: number): number | undefined {
  const value = values[row] ?? Number.NaN;
  return Number.isNaN(value) ? undefined : value;
}

export function samplesOf(values: Float64Array, { times }: Trace): Samples {
  if (!values.some(Number.isNaN)) return { times, values };
  const has = (_: number, row: number) => valueAt(values, row) !== undefined;
  return { times: times.filter(has), values: values.filter(has) };
}

/** Two columns of which one counts a part of what the other counts. */
export interface Counts {
  readonly part: Float64Array;
  readonly whole: Float64Array;
}

/** The mean of the rows that have a value; NaN where none has. */
export function meanOf(values: Float64Array): number {
  const there = values.filter((value) => !Number.isNaN(value));
  return there.reduce((sum, value) => sum + value, 0) / there.length;
}

/**
 * The part of the whole of a window, 0 to 1: the ratio of the sums, as Datadog evaluates counts ("as_count() in
 * Monitor Evaluations"). Nothing where nothing was counted.
 * @param before what counts as the whole of each step that a window reaches back before the trace, none of it
 * part
 */
export function rollingShare(
  { part, whole }: Counts,
  trace: Trace,
  seconds: number,
  before = 0,
): (until: number) => number | undefined {
  const parts = new RollingWindow(samplesOf(part, trace), seconds, "sum");
  const wholes = new RollingWindow(samplesOf(whole, trace), seconds, "sum");
  const start = trace.times[0] ?? 0;
  return (until) => {
    const total = wholes.at(until) ?? 0;
    const earlier = Math.max(0, start - (until - seconds)) / trace.stepSeconds;
    return ratio(parts.at(until), total + before * earlier);
  };
}

/** The part of the whole of one row. */
export function shareAt({ part, whole }: Counts, row: number): number | undefined {
  return ratio(valueAt(part, row), valueAt(whole, row));
}

function ratio(part = 0, whole = 0): number | undefined {
  return whole > 0 ? part / whole : undefined;
}
