/** How much of a service's error budget a stretch of a trace has burnt. */
import { exact } from "../../model/exact.ts";
import { errorBudget } from "../../model/service-levels/error-budget.ts";
import type { Data } from "./columns.ts";
import { meanOf } from "./rows.ts";
import type { Trace } from "./trace.ts";

/** Days over which error budgets are counted; the monitors of the stack ask for as many. */
export const budgetDays = 30;

/** Percent of the budget of 30 days that was burnt between two moments. */
export type Burnt = (from: number, to: number) => number;

/**
 * The budget is what may fail of 30 days of requests; a trace is shorter or longer, so its mean traffic stands
 * for those days.
 * @returns nothing where the trace has no requests, or not their errors
 */
export function budgetOf(
  service: string,
  targetPercent: number,
  data: Data,
  trace: Trace,
): Burnt | undefined {
  const requests = data.get(`${service}.requests`);
  const errors = data.get(`${service}.errors`);
  if (!requests || !errors) return undefined;
  const allowed = meanOf(requests) * ((budgetDays * 86_400) / trace.stepSeconds) * errorBudget(targetPercent);
  if (!(allowed > 0)) return undefined;

  /** Errors before each row, and after the last. */
  const before = new Float64Array(errors.length + 1);
  for (const [row, failed] of errors.entries()) {
    before[row + 1] = (before[row] ?? 0) + (Number.isNaN(failed) ? 0 : failed);
  }
  const until = (time: number) => before[rowsBefore(trace.times, time)] ?? 0;
  return (from, to) => exact((100 * (until(to) - until(from))) / allowed);
}

/** How many rows begin before a moment. */
function rowsBefore(times: Float64Array, time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
