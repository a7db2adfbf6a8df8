/** Service level objectives of a service, as data: what counts as good, and how much of it is promised. */
import type { ServiceSpec, StackSpec } from "../config/stack-spec.ts";
import { exact } from "../exact.ts";
import { type EndpointClass, endpointClasses } from "../service-levels/targets.ts";
import type { Series } from "./signal.ts";
import { classRequests, errorCount, nanosecondsPerMillisecond, requestCount } from "./telemetry.ts";

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

/**
 * The share of requests that are answered within a limit. They are counted, not slices of time: of the three requests
 * of a quiet slice one slow one makes its p95, and such slices burn a budget while nothing is wrong.
 */
export interface FastRequestsObjective extends ObjectiveBase {
  readonly kind: "fast-requests";
  readonly name: `latency-${EndpointClass}`;
  readonly endpointClass: EndpointClass;
  readonly total: Series;
  /** In nanoseconds. */
  readonly below: number;
}

export type Objective = RequestsObjective | ChecksObjective | FastRequestsObjective;

/** What a p95 promises. */
const latencyTargetPercent = 95;

export interface Objectives {
  readonly availability: RequestsObjective;
  readonly uptime: ChecksObjective;
  /** One for each endpoint class. */
  readonly latency: readonly FastRequestsObjective[];
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
      kind: "fast-requests",
      name: `latency-${endpointClass}`,
      endpointClass,
      title: `${endpointClass} requests are fast`,
      description: `${endpointClass} requests that were answered within the target of their p95, of all.`,
      ...promise(latencyTargetPercent),
      total: classRequests(spec, service, endpointClass),
      below: latency[endpointClass].targetMs * nanosecondsPerMillisecond,
    })),
  };
}

function promise(targetPercent: number): Pick<Objective, "targetPercent" | "warningPercent"> {
  return { targetPercent, warningPercent: exact((targetPercent + 100) / 2) };
}
