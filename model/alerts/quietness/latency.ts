/** How many requests are slow, where one of their percentiles is known. */
import { normalAbove } from "./counts.ts";

/** How wide latencies are spread: a lognormal distribution's σ, as of services that do more than one thing. */
const spread = 0.6;

/** Deviations above the median at which so many percent are below. */
const deviations: Readonly<Record<number, number>> = { 75: 0.67449, 95: 1.64485, 99: 2.32635 };

/** The share of requests that are slower than a limit, 0 to 1; of a percentile that no row knows, of a p95. */
export function slowerThan(limit: number, value: number, percentile = 95): number {
  if (value <= 0) return 0;
  return normalAbove(Math.log(limit / value) / spread + (deviations[percentile] ?? 1.64485));
}
