/**
 * What a stack says of how busy it is: its team's numbers stand on the objective of availability, and where there are
 * none, the checks that it declares are all that comes for sure.
 */
import { platform } from "../../model/on-call/routing.ts";
import { rememberedOf } from "../remembered.ts";
import type { Stack } from "../resource.ts";
import { app, objective, syntheticCheck, tagged, tagOf } from "./monitoring.ts";

/** So many requests a minute for so many hours of a week. */
export interface TrafficLevel {
  readonly perMinute: number;
  readonly hours: number;
}

const weekHours = 7 * 24;
/** Requirements, "Service levels": of a healthy service at most so many percent fail. */
const errorPercent = 0.1;

/** A service's, or that of all of them where it is the platform's. */
export function declaredTraffic(stack: Stack, subject: string): readonly TrafficLevel[] {
  const known = levels(stack);
  const found = known.get(subject) ?? readTraffic(stack, subject);
  known.set(subject, found);
  return found;
}

/** Every alert asks. */
const levels = rememberedOf((_: Stack) => new Map<string, readonly TrafficLevel[]>());

function readTraffic(stack: Stack, subject: string): readonly TrafficLevel[] {
  if (subject !== platform) return ofService(stack, subject);
  const hours = stack.ofType(app).map(({ name }) => byHour(ofService(stack, name)));
  const sums = Array.from({ length: weekHours }, (_, hour) =>
    hours.reduce((sum, of) => sum + (of[hour] ?? 0), 0),
  );
  return [...Map.groupBy(sums, (sum) => sum)].map(([perMinute, { length }]) => ({
    perMinute,
    hours: length,
  }));
}

function ofService(stack: Stack, service: string): readonly TrafficLevel[] {
  const declared = availabilityTags(stack, service).flatMap((tag) => {
    const [, perMinute, hours] = /^traffic:(\d+(?:\.\d+)?)\/(\d+(?:\.\d+)?)h$/.exec(tag) ?? [];
    return perMinute === undefined ? [] : [{ perMinute: Number(perMinute), hours: Number(hours) }];
  });
  if (declared.length > 0) return declared;
  return [{ perMinute: checkedRequests(stack, service, 60), hours: weekHours }];
}

/** The quiet hours first: services have theirs at the same time, at worst. */
function byHour(levels: readonly TrafficLevel[]): readonly number[] {
  return levels
    .toSorted((a, b) => a.perMinute - b.perMinute)
    .flatMap(({ perMinute, hours }) => new Array<number>(Math.round(hours)).fill(perMinute));
}

/** The share of a healthy service's requests that fail, in percent: its own promise where that allows more. */
export function healthyErrorPercent(stack: Stack, subject: string): number {
  if (subject === platform) return worstErrorPercent(stack);
  const own = tagged(stack.ofType(objective), { service: subject, objective: "availability" }).map((slo) =>
    Number(tagOf(slo, "error-target") ?? 0),
  );
  return Math.max(errorPercent, ...own);
}

const worstErrorPercent = rememberedOf((stack: Stack): number =>
  Math.max(errorPercent, ...stack.ofType(app).map(({ name }) => healthyErrorPercent(stack, name))),
);

function availabilityTags(stack: Stack, service: string): readonly string[] {
  return tagged(stack.ofType(objective), { service, objective: "availability" }).flatMap(
    ({ props }) => props.tags ?? [],
  );
}

/** Requests that the checks of its API and its health send to a service, however quiet the hour is. */
export function checkedRequests(stack: Stack, service: string, seconds: number): number {
  return ["uptime-api", "uptime-health"]
    .flatMap((alert) => tagged(stack.ofType(syntheticCheck), { service, alert }))
    .reduce((sum, { props: { locations, optionsList } }) => {
      const every = optionsList?.tickEvery ?? Number.POSITIVE_INFINITY;
      return sum + (new Set(locations).size * seconds) / every;
    }, 0);
}
