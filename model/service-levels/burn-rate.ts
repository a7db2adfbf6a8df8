/**
 * Burn-rate alerts: how fast an error budget is being spent. A rate of 1 spends it exactly over the SLO's
 * period; a rate of 14.4 spends a month's in 50 hours. Method: Google's SRE Workbook, "Alerting on SLOs".
 */
import { exact } from "../exact.ts";
import { errorBudget } from "./error-budget.ts";

/** The periods that a Datadog SLO can have, in days. */
export const sloPeriods = [7, 30, 90] as const;
export type SloPeriod = (typeof sloPeriods)[number];

/**
 * One alert over two windows: the long one tells a real burn from a blip, the short one ends the alert soon
 * after the burn does. Both must be above the rate.
 */
export interface BurnRateAlert {
  readonly rate: number;
  /** Datadog allows 1 to 48. */
  readonly longWindowHours: number;
  /** A twelfth of the long window. */
  readonly shortWindowMinutes: number;
}

export const burnSpeeds = ["fast", "medium", "slow"] as const;
export type BurnSpeed = (typeof burnSpeeds)[number];

const windows = {
  fast: { longWindowHours: 1, shortWindowMinutes: 5 },
  medium: { longWindowHours: 6, shortWindowMinutes: 30 },
  slow: { longWindowHours: 24, shortWindowMinutes: 120 },
} as const satisfies Record<BurnSpeed, Omit<BurnRateAlert, "rate">>;

/** Rates by period: Datadog's documentation, "Burn Rate Alerts", recommended values. */
const rates: Readonly<Record<SloPeriod, Readonly<Record<BurnSpeed, number>>>> = {
  7: { fast: 16.8, medium: 5.6, slow: 2.8 },
  30: { fast: 14.4, medium: 6, slow: 3 },
  90: { fast: 21.6, medium: 10.8, slow: 4.5 },
};

/** The burn-rate alert of one speed for an SLO over `period` days. */
export function burnRateAlert(period: SloPeriod, speed: BurnSpeed): BurnRateAlert {
  return { rate: rates[period][speed], ...windows[speed] };
}

/** Share of the period's error budget that is gone when the alert fires, 0 to 1. */
export function budgetSpent({ rate, longWindowHours }: BurnRateAlert, period: SloPeriod): number {
  return exact((rate * longWindowHours) / (period * 24));
}

/** The burn rate when everything fails, 1 / (1 − target): no alert can ask for more. */
export function maxBurnRate(targetPercent: number): number {
  return exact(1 / errorBudget(targetPercent));
}

/** Why Datadog would reject a burn-rate alert at this target, with the arithmetic; nothing where it would not. */
export function burnRateProblem(rate: number, targetPercent: number): string | undefined {
  const highest = maxBurnRate(targetPercent);
  if (rate <= highest) return undefined;
  const enough = Math.ceil(100 * 100 * (1 - 1 / rate)) / 100;
  return (
    `a burn rate of ${rate} can never be reached at a target of ${targetPercent} %: with everything failing ` +
    `it is 1 / (1 − ${exact(targetPercent / 100)}) = ${Number(highest.toFixed(2))}; the target must be ≥ ${enough} %`
  );
}

/**
 * Minutes from the start of a failure until the alert's long window is above its rate:
 * window × rate × (1 − target) / error rate. Evaluation and the arrival of the data come on top.
 * @param errorRate share of requests that fail, above 0 and up to 1
 * @returns nothing where the failure is too small to fire this alert at all
 */
export function detectionMinutes(
  { rate, longWindowHours }: BurnRateAlert,
  targetPercent: number,
  errorRate: number,
): number | undefined {
  const windowsNeeded = exact((rate * errorBudget(targetPercent)) / errorRate);
  return windowsNeeded <= 1 ? exact(longWindowHours * 60 * windowsNeeded) : undefined;
}
