/** Service level objectives of a service, as data: what counts as good, and how much of it is promised. */
import type { ServiceSpec, StackSpec } from "../config/stack-spec.ts";
import { exact } from "../exact.ts";
import { type EndpointClass, endpointClasses } from "../service-levels/targets.ts";
import type { Series } from "./signal.ts";
import { classLatency, errorCount, nanosecondsPerMillisecond, requestCount } from "./telemetry.ts";

interface ObjectiveBase {
  readonly title: string;
  readonly description: string;
  readonly targetPercent: number;
  /** Where half of the error budget is spent. */
  readonly warningPercent: number;
}

/** All requests but the failed ones, of all requests. Burn-rate alerts stand on it. */
export interface RequestsObjective extends ObjectiveBase {
  readonly kind: "requests";
  readonly name: "availability";
  readonly total: Series;
  readonly failed: Series;
}

/** The share of time in which the service's synthetic checks pass; it counts when no request arrives at all. */
export interface ChecksObjective extends ObjectiveBase {
  readonly kind: "checks";
  readonly name: "uptime";
}

/** The share of five-minute slices in which a series is below a limit. */
export interface TimeSlicesObjective extends ObjectiveBase {
  readonly kind: "time-slices";
  readonly name: `latency-${EndpointClass}`;
  readonly endpointClass: EndpointClass;
  readonly series: Series;
  readonly below: number;
}

export type Objective = RequestsObjective | ChecksObjective | TimeSlicesObjective;

/** Share of five-minute slices that keep their latency target: about 7 h of 30 days may be slow. */
const latencyTargetPercent = 99;

export interface Objectives {
  readonly availability: RequestsObjective;
  readonly uptime: ChecksObjective;
  /** One for each endpoint class. */
  readonly latency: readonly TimeSlicesObjective[];
}

/** The objectives of one service. */
export function objectivesOf(service: ServiceSpec, spec: StackSpec): Objectives {
  const { availability, latency } = service.serviceLevels;
  return {
    availability: {
      kind: "requests",
      name: "availability",
      title: "requests succeed",
      description: "Requests that were answered without a server error, of all requests.",
      ...promise(availability.targetPercent),
      total: requestCount(spec, service),
      failed: errorCount(spec, service),
    },
    uptime: {
      kind: "checks",
      name: "uptime",
      title: "the service is up",
      description: "Time in which every synthetic check of pages, API and health passes.",
      ...promise(availability.targetPercent),
    },
    latency: endpointClasses.map((endpointClass) => ({
      kind: "time-slices",
      name: `latency-${endpointClass}`,
      endpointClass,
      title: `${endpointClass} requests are fast`,
      description: `Time in which the p95 of ${endpointClass} requests keeps its target.`,
      ...promise(latencyTargetPercent),
      series: classLatency(spec, service, endpointClass),
      below: latency[endpointClass].targetMs * nanosecondsPerMillisecond,
    })),
  };
}

function promise(targetPercent: number): Pick<Objective, "targetPercent" | "warningPercent"> {
  return { targetPercent, warningPercent: exact((targetPercent + 100) / 2) };
}
