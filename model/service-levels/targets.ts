/**
 * Service levels: targets and alert thresholds. Every monitor, SLO, synthetic check and policy takes its
 * numbers from here or from a stack's override of this table. What follows from a target by arithmetic
 * stands in error-budget.ts and burn-rate.ts.
 */

/** The kinds of API endpoint that have a latency target of their own. */
export const endpointClasses = ["list", "read", "write", "analytics", "search"] as const;
export type EndpointClass = (typeof endpointClasses)[number];

/** p95 latency of one endpoint class, in milliseconds. */
export interface LatencyLevel {
  readonly targetMs: number;
  readonly alertMs: number;
}

/** A level in percent: `targetPercent` is what we promise, `alertPercent` is where a person is told. */
export interface PercentLevel {
  readonly targetPercent: number;
  readonly alertPercent: number;
}

/** The service levels of one service. */
export interface ServiceLevels {
  /** p95 latency by endpoint class. */
  readonly latency: Readonly<Record<EndpointClass, LatencyLevel>>;
  /** p95 latency over all classes. */
  readonly overallLatency: LatencyLevel;
  /** Share of requests answered, over a month. */
  readonly availability: PercentLevel;
  /** Share of requests that fail; the runbook "high error rate" starts above `runbookPercent`. */
  readonly errorRate: PercentLevel & { readonly runbookPercent: number };
  readonly cacheHitRate: PercentLevel;
  /** Time until a page has answered, in milliseconds. */
  readonly pageResponseMs: number;
  /** JavaScript that a page loads, in kilobytes (1 KB = 1000 bytes). */
  readonly bundle: { readonly targetKB: number; readonly alertKB: number };
  readonly testCoveragePercent: number;
}

/** The product's defaults: requirements, "Service levels". */
export const defaultServiceLevels: ServiceLevels = {
  latency: {
    list: { targetMs: 200, alertMs: 300 },
    read: { targetMs: 150, alertMs: 225 },
    write: { targetMs: 250, alertMs: 375 },
    analytics: { targetMs: 300, alertMs: 450 },
    search: { targetMs: 250, alertMs: 375 },
  },
  overallLatency: { targetMs: 200, alertMs: 300 },
  availability: { targetPercent: 99.5, alertPercent: 99.0 },
  errorRate: { targetPercent: 0.1, alertPercent: 0.5, runbookPercent: 1 },
  cacheHitRate: { targetPercent: 70, alertPercent: 60 },
  pageResponseMs: 2500,
  bundle: { targetKB: 850, alertKB: 1000 },
  testCoveragePercent: 80,
};
