/**
 * How often each declared alert rings while nothing is wrong: computed from its query, its thresholds and its window,
 * at the traffic that the stack declares.
 */

import { evaluationSeconds } from "../../model/alerts/monitor-status.ts";
import { checkFirings, missedRuns, silenceChance } from "../../model/alerts/quietness/runs.ts";
import { type Chance, chanceOf } from "../../model/alerts/quietness/window.ts";
import { platform } from "../../model/on-call/routing.ts";
import { type Gamble, type Watched, watched } from "../effects/chance.ts";
import type { Health } from "../effects/healthy.ts";
import { parseQuery } from "../effects/monitor-query.ts";
import type { Resource, Stack } from "../resource.ts";
import { burnChanceAt, burnOf, burnReason } from "./burns.ts";
import { app, type MonitorProps, type SyntheticCheckProps, syntheticCheck, tagOf } from "./monitoring.ts";
import { checkedRequests, declaredTraffic, healthyErrorPercent, type TrafficLevel } from "./traffic.ts";

/** What a week of a healthy service makes of an alert. */
export type Quietness =
  | {
      readonly kind: "chance";
      /** How often it fires, where failures come one by one, and where they come in threes. */
      readonly aWeek: number;
      readonly aWeekInThrees: number;
      /** The largest share of an hour of the week in which it is firing. */
      readonly firing: number;
      /** Such as `4 failures of 90 events in 10 minutes are enough`. */
      readonly because: string;
    }
  /** Nothing that comes by chance moves it. */
  | { readonly kind: "state"; readonly why: string }
  | { readonly kind: "unknown"; readonly why: string };

type Alerting = Resource<{ readonly tags?: readonly string[] | undefined }>;

const weekMinutes = 7 * 24 * 60;

/** Every alert of a stack is asked by several rules and commands, and the classes of endpoints have the same alerts. */
const known = new WeakMap<Stack, Map<Resource | string, Quietness>>();

export function quietnessOf(resource: Resource, stack: Stack): Quietness {
  const ofStack = known.get(stack) ?? new Map<Resource | string, Quietness>();
  known.set(stack, ofStack);
  const same = likeness(resource, stack);
  const quietness = ofStack.get(resource) ?? ofStack.get(same) ?? compute(resource, stack);
  ofStack.set(resource, quietness);
  ofStack.set(same, quietness);
  return quietness;
}

/** What decides, as a text: services that are visited alike have alerts that ring alike. */
function likeness(resource: Resource, stack: Stack): string | Resource {
  if (resource.type === syntheticCheck.token) return resource;
  const { props } = resource as Resource<MonitorProps>;
  const subject = subjectOf(resource);
  const visited = visitsOf(stack, subject);
  if (props.type === "slo alert") {
    const burn = burnOf(resource as Resource<MonitorProps>, healthAt(stack, subject)(0));
    return typeof burn === "string" ? resource : JSON.stringify([visited, burn]);
  }
  const query = (props.query ?? "")
    .replace(/endpoint_class:\w+/g, "")
    .replaceAll(`service:${subject}`, "service:");
  const every = tagOf(resource as Alerting, "every");
  return JSON.stringify([visited, query, props.monitorThresholds?.criticalRecovery, every]);
}

const visits = new WeakMap<Stack, Map<string, string>>();

/** All that an alert's firings take of its subject, as a text. */
function visitsOf(stack: Stack, subject: string): string {
  const ofStack = visits.get(stack) ?? new Map<string, string>();
  visits.set(stack, ofStack);
  const known = ofStack.get(subject);
  if (known !== undefined) return known;
  const text = JSON.stringify([declaredTraffic(stack, subject), healthAt(stack, subject)(0)]);
  ofStack.set(subject, text);
  return text;
}

/** Of no requests none fails: that says nothing of a service of which nobody says how busy it is. */
const unvisited = {
  kind: "unknown",
  why: "nobody says how many requests it watches",
} as const satisfies Quietness;

function compute(resource: Resource, stack: Stack): Quietness {
  if (resource.type === syntheticCheck.token)
    return ofCheck(resource as Resource<SyntheticCheckProps>, stack);
  const { props } = resource as Resource<MonitorProps>;
  const subject = subjectOf(resource);
  const health = healthAt(stack, subject);
  const levels = declaredTraffic(stack, subject);
  if (props.type === "slo alert") {
    const burn = burnOf(resource as Resource<MonitorProps>, health(0));
    if (typeof burn === "string") return { kind: "unknown", why: burn };
    if (levels.every(({ perMinute }) => perMinute === 0)) return unvisited;
    return overWeek(
      levels,
      (perMinute, together) => burnChanceAt(burn, perMinute, together),
      () => burnReason(burn),
    );
  }
  const watching = watchedBy(resource as Resource<MonitorProps>, health(0));
  if (watching.kind === "state" || watching.kind === "unknown") return watching;
  if (watching.kind === "runs") return ofRuns(resource, watching.runs.windowMinutes, health(0));
  if (levels.every(({ perMinute }) => perMinute === 0)) return unvisited;
  const at = (perMinute: number) => watchedBy(resource as Resource<MonitorProps>, health(perMinute));
  return overWeek(
    levels,
    (perMinute, together) => chanceAt(at(perMinute), together),
    (perMinute) => because(at(perMinute)),
    watching.kind === "gamble" && watching.gamble.inRuns,
  );
}

/** What a monitor on metrics or events looks at. */
export function watchedBy({ props }: Resource<MonitorProps>, health: Health): Watched {
  const query = parseQuery(props.query ?? "");
  if (!query || query.kind === "objective")
    return { kind: "unknown", why: "its query says what no rule can read" };
  const recovery = props.monitorThresholds?.criticalRecovery;
  return watched(query, recovery === undefined ? undefined : Number(recovery), health);
}

/** The service that an alert is about, or the platform. */
export function subjectOf(resource: Resource): string {
  return tagOf(resource as Alerting, "service") ?? platform;
}

export function healthAt(stack: Stack, subject: string): (perMinute: number) => Health {
  const errorPercent = healthyErrorPercent(stack, subject);
  const services = subject === platform ? stack.ofType(app).map(({ name }) => name) : [subject];
  const checksPerMinute = services.reduce((sum, service) => sum + checkedRequests(stack, service, 60), 0);
  return (perMinute) => ({ perMinute, checksPerMinute, errorPercent });
}

function overWeek(
  levels: readonly TrafficLevel[],
  chance: (perMinute: number, together: number) => Chance & { readonly looks: number },
  because: (perMinute: number) => string,
  inRuns = true,
): Quietness {
  let [aWeek, aWeekInThrees, firing, worst, of] = [0, 0, 0, -1, 0];
  for (const { perMinute, hours } of levels) {
    const alone = chance(perMinute, 1);
    const threes = inRuns ? chance(perMinute, 3) : alone;
    const fired = alone.firings * alone.looks * (hours / 168);
    aWeek += fired;
    aWeekInThrees += threes.firings * threes.looks * (hours / 168);
    firing = Math.max(firing, alone.share);
    if (fired + alone.share > worst) [worst, of] = [fired + alone.share, perMinute];
  }
  return { kind: "chance", aWeek, aWeekInThrees, firing, because: because(of) };
}

/** @param together how many failures come at once, on average */
function chanceAt(watching: Watched, together: number): Chance & { readonly looks: number } {
  if (watching.kind === "silence") {
    const { silence } = watching;
    const looks = looksAWeek(silence.windowMinutes);
    return { ...silenceChance(silence, silence.fewerThan, silence.windowMinutes, 0.001), looks };
  }
  if (watching.kind !== "gamble") return { firings: 0, share: 0, looks: 0 };
  const { condition, flow, windowMinutes } = watching.gamble;
  const step = evaluationSeconds(windowMinutes * 60) / 60;
  return {
    ...chanceOf(condition, { ...flow, together }, windowMinutes, step),
    looks: weekMinutes / step,
  };
}

function looksAWeek(windowMinutes: number): number {
  return (weekMinutes * 60) / evaluationSeconds(windowMinutes * 60);
}

function because(watching: Watched): string {
  if (watching.kind === "silence") {
    const { fewerThan, perMinute, windowMinutes } = watching.silence;
    return `it wants ${fewerThan} requests in ${windowMinutes} minutes, and ${short(perMinute)} a minute come`;
  }
  return watching.kind === "gamble" ? enough(watching.gamble) : "";
}

/** The least that fires it among as many as usual. */
function enough({ condition, flow, windowMinutes, bad, about }: Gamble): string {
  const perMinute = about?.perMinute ?? flow.bad + flow.good;
  const all = perMinute * windowMinutes;
  const ofAll = flow.good > 0 || about !== undefined;
  let least = about?.failures ?? 1;
  if (!about) {
    while (least < 1e6 && condition.goodBelow(least) <= (ofAll ? Math.max(0, all - least) : 0)) least++;
  }
  return ofAll
    ? `at ${short(perMinute)} a minute, ${about ? "about " : ""}${least} ${bad} of ${short(all)} in ${windowMinutes} minutes fire it`
    : `${least} in ${windowMinutes} minutes fire it, and ${short(all)} are usual`;
}

function ofRuns(resource: Resource, windowMinutes: number, { errorPercent }: Health): Quietness {
  const every = Number(/^(\d+)m$/.exec(tagOf(resource as Alerting, "every") ?? "")?.[1]);
  if (!(every > 0)) return { kind: "unknown", why: "no tag says how often the job runs, such as every:60m" };
  const aWeek = missedRuns(windowMinutes / every, errorPercent / 100) * (weekMinutes / every);
  const lost = Math.max(1, Math.floor(windowMinutes / every));
  return {
    kind: "chance",
    aWeek,
    aWeekInThrees: aWeek,
    firing: 0,
    because: `${lost} lost ${lost === 1 ? "run" : "runs"} of a job that runs every ${every} minutes fire it`,
  };
}

/** A run fails where every attempt does. */
function ofCheck({ props }: Resource<SyntheticCheckProps>, stack: Stack): Quietness {
  if (props.subtype !== "http") return { kind: "state", why: "days pass by the calendar" };
  const { locations, needed, failing, perWeek } = runsOf(props, healthyErrorPercent(stack, platform) / 100);
  const aWeek = checkFirings({ locations, needed, failing }) * perWeek;
  return {
    kind: "chance",
    aWeek,
    aWeekInThrees: aWeek,
    firing: 0,
    because: `runs of ${needed} of ${locations} locations that fail at once fire it`,
  };
}

/** @param errors the share of requests that fail */
export function runsOf({ locations, optionsList }: SyntheticCheckProps, errors: number) {
  const attempts = (optionsList?.retry?.count ?? 0) + 1;
  const every = optionsList?.tickEvery ?? Number.POSITIVE_INFINITY;
  return {
    locations: new Set(locations).size,
    needed: optionsList?.minLocationFailed ?? 1,
    failing: errors ** attempts,
    perWeek: (weekMinutes * 60) / every,
  };
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
