/** How a Datadog monitor goes from one evaluation to the next: thresholds, recovery, missing data. */
import type { Comparator, MissingData, Thresholds } from "./signal.ts";

export type MonitorStatus = "ok" | "warning" | "alert" | "no-data";

/** What a monitor compares its value with. */
export interface Condition {
  readonly comparator: Comparator;
  readonly thresholds: Thresholds;
  readonly onMissingData: MissingData;
  /** Whether its query counts events: only then does `default` read nothing as 0. */
  readonly counts: boolean;
}

/**
 * Seconds between two evaluations. Datadog, "Configure Monitors", evaluation frequency: every minute for
 * windows below 24 h, every 10 minutes below 48 h, every 30 minutes from there on.
 */
export function evaluationSeconds(windowSeconds: number): number {
  const hours = windowSeconds / 3600;
  if (hours < 24) return 60;
  return hours < 48 ? 600 : 1800;
}

export function beyond(value: number, comparator: Comparator, threshold: number): boolean {
  return comparator === ">" ? value > threshold : value < threshold;
}

/**
 * The status after an evaluation.
 * @param before the status until now
 * @param value of the window; nothing where it holds no data
 */
export function nextStatus(
  before: MonitorStatus,
  value: number | undefined,
  condition: Condition,
): MonitorStatus {
  return value === undefined ? withoutData(before, condition) : withData(before, value, condition);
}

/** Datadog, "Migrating to On Missing Data Configuration": the window of no data is the monitor's own. */
function withoutData(before: MonitorStatus, condition: Condition): MonitorStatus {
  switch (condition.onMissingData) {
    case "resolve":
      return "ok";
    case "default":
      return condition.counts ? withData(before, 0, condition) : before;
    case "show_no_data":
    case "show_and_notify_no_data":
      return "no-data";
  }
}

/** A status that was reached lasts until the value is back at the recovery threshold, where there is one. */
function withData(
  before: MonitorStatus,
  value: number,
  { comparator, thresholds }: Condition,
): MonitorStatus {
  const { critical, warning, recovery } = thresholds;
  const isBeyond = (threshold: number | undefined) =>
    threshold !== undefined && beyond(value, comparator, threshold);
  if (isBeyond(critical) || (before === "alert" && isBeyond(recovery))) return "alert";
  if (warning === undefined) return "ok";
  return isBeyond(warning) || (before === "warning" && isBeyond(recovery)) ? "warning" : "ok";
}
