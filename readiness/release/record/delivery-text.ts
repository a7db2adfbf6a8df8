/** DORA's four figures in a sentence. */
import type { Delivery } from "../../../model/release/delivery.ts";
import { duration } from "../../terminal/duration.ts";

export function deliveryText(delivery: Delivery & { readonly days: number }): string {
  const { days, deployments, perWeek, leadSeconds, failurePercent, restoreSeconds } = delivery;
  const time = (seconds: number | null) => (seconds === null ? "not measured" : duration(seconds * 1000));
  return [
    `${deployments} in ${days} days (${perWeek.toFixed(1)} a week)`,
    `lead time ${time(leadSeconds)}`,
    `change failure rate ${failurePercent === null ? "not measured" : `${failurePercent.toFixed(0)} %`}`,
    `time to restore ${time(restoreSeconds)}`,
  ].join(", ");
}
