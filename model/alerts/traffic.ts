/** How many requests a service gets, hour by hour: what is usual decides what is chance. */
import type { ServiceSpec, StackSpec } from "../config/stack-spec.ts";
import { exact } from "../exact.ts";
import { checkedRequests } from "./synthetic-checks.ts";

/** So many requests a minute for so many hours of a week. */
export interface TrafficLevel {
  readonly perMinute: number;
  readonly hours: number;
}

const weekHours = 7 * 24;

/** What its team declares; where it says nothing, what our own checks send. */
export function trafficOf(service: ServiceSpec, spec: StackSpec): readonly TrafficLevel[] {
  return levelsOf(service.requestsPerMinute ?? [checkedRequests(service, spec, 1)]);
}

/** Numbers that each hold for the same part of the week. */
export function levelsOf(perMinutes: readonly number[]): readonly TrafficLevel[] {
  return [...Map.groupBy(perMinutes, (perMinute) => perMinute)].map(([perMinute, same]) => ({
    perMinute,
    hours: exact((same.length * weekHours) / perMinutes.length),
  }));
}

/** Of all services together, in the hours that are quiet for each and in those that are busy. */
export function allTraffic(spec: StackSpec): readonly TrafficLevel[] {
  const each = spec.services.map((service) => trafficOf(service, spec));
  const sum = (pick: (levels: readonly TrafficLevel[]) => number) =>
    each.reduce((all, levels) => all + pick(levels), 0);
  return levelsOf([sum(quietest), sum(busiest)]);
}

export function quietest(levels: readonly TrafficLevel[]): number {
  return Math.min(...levels.map(({ perMinute }) => perMinute));
}

export function busiest(levels: readonly TrafficLevel[]): number {
  return Math.max(...levels.map(({ perMinute }) => perMinute));
}

/** As the objective of availability carries it, for whoever judges the alerts: `traffic:240/84h`. */
export function trafficTag({ perMinute, hours }: TrafficLevel): string {
  return `traffic:${perMinute}/${hours}h`;
}

/** Windows that people think in, in minutes. */
const windows = [10, 15, 30, 60, 120, 240] as const;
const longest = 480;

/**
 * The shortest window in which so many requests come in the quietest hour: a share of a few says nothing.
 * @param least minutes
 */
export function windowFor(requests: number, perMinute: number, least = 10): number {
  return windows.find((minutes) => minutes >= least && perMinute * minutes >= requests) ?? longest;
}
