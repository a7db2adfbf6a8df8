/** Arithmetic of alert thresholds. */
import { exact } from "../exact.ts";
import type { PercentLevel } from "../service-levels/targets.ts";
import type { Thresholds } from "./signal.ts";

/**
 * From what is promised and where a person is told: the alert fires beyond `alert`, is over when the
 * service is back at `target`, and warns halfway between. Works in both directions.
 * @param unit what one unit of the inputs is in the metric's unit, such as 0.001 from milliseconds to seconds
 */
export function between(target: number, alert: number, unit = 1): Thresholds {
  return {
    critical: exact(alert * unit),
    warning: exact(((target + alert) / 2) * unit),
    recovery: exact(target * unit),
  };
}

/**
 * Of what is counted in a window, as many as a busy service has of them anyway fire nothing: eight deviations above
 * the usual come once in the age of the stars.
 * @param usual so many of a window of the busiest hour are no fault
 */
export function beyondUsual(base: Required<Thresholds>, usual: number): Required<Thresholds> {
  const above = (deviations: number) => Math.ceil(usual + deviations * Math.sqrt(usual));
  return {
    critical: Math.max(base.critical, above(8)),
    warning: Math.max(base.warning, above(5)),
    recovery: Math.max(base.recovery, above(2)),
  };
}

/**
 * Percent of the error budget that is spent when availability falls to its alert level. Datadog's
 * error-budget alerts go up to 100: a level below the target fires as soon as the target is missed.
 */
export function budgetSpentAt({ targetPercent, alertPercent }: PercentLevel): Thresholds {
  const critical = Math.min(100, ((100 - alertPercent) / (100 - targetPercent)) * 100);
  return { critical: exact(critical), warning: exact(critical * 0.75) };
}
