/** Error budgets: how much may fail before a promise is broken. */
import { exact } from "../exact.ts";

/** Hours in an average month, 8760 / 12; a monthly target is counted over these (requirements, "Service levels"). */
export const monthHours = 730;

/** Share of requests or time that may fail, 0 to 1: 0.005 for a target of 99.5 %. */
export function errorBudget(targetPercent: number): number {
  return exact((100 - targetPercent) / 100);
}

/** Hours that may be lost in a period: a target of 99.5 % over 730 h allows 3.65 h. */
export function errorBudgetHours(targetPercent: number, periodHours: number = monthHours): number {
  return exact(errorBudget(targetPercent) * periodHours);
}

/** Minutes that may be lost in a period: a target of 99.5 % over 730 h allows 219 minutes. */
export function errorBudgetMinutes(targetPercent: number, periodHours: number = monthHours): number {
  return exact(errorBudgetHours(targetPercent, periodHours) * 60);
}
