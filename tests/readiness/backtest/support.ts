/** Traces and alerts made up for tests. */

import type { Alert } from "../../../model/alerts/alert.ts";
import { alertsOf } from "../../../model/alerts/catalogue.ts";
import type { Signal } from "../../../model/alerts/signal.ts";
import { loadSpec, type StackSpec } from "../../../model/config/stack-spec.ts";
import type { Data } from "../../../readiness/backtest/columns.ts";
import { type Evaluation, evaluateMeasure } from "../../../readiness/backtest/evaluate.ts";
import { measureOf } from "../../../readiness/backtest/measure.ts";
import type { WatchedValue } from "../../../readiness/backtest/measured.ts";
import type { Trace } from "../../../readiness/backtest/trace.ts";
import { prodConfig } from "../../model/prod-config.ts";

/** 2026-01-05T00:00:00Z, a Monday. */
export const start = 1_767_571_200;

/** Production with another target of availability. */
export function prod(targetPercent = 99.9): StackSpec {
  return loadSpec(
    "prod",
    prodConfig([
      ["readiness:services", 0, "serviceLevels"],
      { availability: { targetPercent, alertPercent: targetPercent - 0.5 } },
    ]),
  );
}

export interface MadeTrace {
  readonly trace: Trace;
  readonly data: Data;
}

/** Columns by the id of their input, each value a function of the seconds since the start. */
export function made(
  rows: number,
  stepSeconds: number,
  columns: Readonly<Record<string, (second: number) => number>>,
  begin = start,
): MadeTrace {
  const times = Float64Array.from({ length: rows }, (_, i) => begin + i * stepSeconds);
  const valuesOf = (value: (second: number) => number) =>
    Float64Array.from({ length: rows }, (_, i) => value(i * stepSeconds));
  const data = new Map(Object.entries(columns).map(([id, value]) => [id, valuesOf(value)]));
  return { trace: { times, stepSeconds, columns: data, place: (row) => `line ${row + 2}` }, data };
}

/** An alert of the stack by its key. */
export function alertOf(spec: StackSpec, key: string): Alert {
  const alert = alertsOf(spec).find((a) => a.key === key);
  if (!alert) throw new Error(`no alert ${key}`);
  return alert;
}

/** An alert of the service, watching something else. */
export function watching(spec: StackSpec, signal: Signal): Alert {
  return { ...alertOf(spec, "portal-error-rate"), key: "portal-made-up", signal };
}

export function measured(alert: Alert, { trace, data }: MadeTrace, spec: StackSpec): WatchedValue {
  const measure = measureOf(alert, { trace, data, spec });
  if ("reason" in measure) throw new Error(`${alert.key} cannot be evaluated: ${measure.reason}`);
  return measure;
}

export function evaluated(alert: Alert, on: MadeTrace, spec: StackSpec, every?: number): Evaluation {
  return evaluateMeasure(measured(alert, on, spec), on.trace, every);
}
