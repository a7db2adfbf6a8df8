/**
 * Signals of AWS metrics. They arrive a quarter of an hour late, so none of them carries a SEV1: outages page
 * through synthetic checks and traces, and these say what is behind them.
 */
import type { Comparator, Expression, MetricSignal, Thresholds } from "./signal.ts";

/** Seconds after which Datadog has CloudWatch's metrics: Datadog, "AWS Integration and CloudWatch FAQ". */
export const delaySeconds = 900;

/** Thresholds of what is used up, in percent. */
export const busy: Thresholds = { critical: 90, warning: 80, recovery: 75 };

/** A signal that waits for CloudWatch; a missing value means that we cannot know. */
export function cloudWatch(
  expression: Expression,
  comparator: Comparator,
  thresholds: Thresholds,
  unit: MetricSignal["unit"],
): MetricSignal {
  return {
    kind: "metric",
    expression,
    over: "avg",
    windowMinutes: 15,
    comparator,
    thresholds,
    unit,
    evaluationDelaySeconds: delaySeconds,
    onMissingData: "show_no_data",
  };
}

/** Bursts of CPU are paid for with credits: instances and nodes of the t families only. */
export function isBurstable(instanceClass: string): boolean {
  return /^(db|cache)\.t\d/.test(instanceClass);
}

/** Credits left: below `critical` less than an hour's earnings of a t4g.medium (AWS, "CPU credits"). */
export const creditsLow: Thresholds = { critical: 20, warning: 50, recovery: 100 };
