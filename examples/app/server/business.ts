/** What the business dashboard counts: components/monitoring/dashboards/business.ts. */
import { metrics } from "@opentelemetry/api";

type Counted = "signups" | "visits" | "conversions" | "revenue" | "support.tickets";
export type Feature = "draft" | "place" | "search" | "help";

const meter = () => metrics.getMeter("portal");

export function counted(what: Counted, by = 1): void {
  meter().createCounter(`business.${what}`).add(by);
}

export function used(feature: Feature): void {
  meter().createCounter("business.feature.uses").add(1, { feature });
}

/** By one function at a time, the job's: Datadog adds up what all report. */
export function sessionsAre(active: number): void {
  meter().createGauge("business.sessions.active").record(active);
}

/** A monitor rings where a job has not finished in time: `heartbeats` in the stack's file. */
export function finished(job: string): void {
  meter().createCounter("job.completed").add(1, { job });
}
