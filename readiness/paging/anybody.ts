/**
 * Who is told by anybody's PagerDuty resources, as a state has them: services, the policies that they escalate by,
 * schedules and people are known by what they are and by their ids, whatever their names.
 */
import { gaps, onCallAt, type Schedule, shifts } from "../../model/on-call/calendar/schedule.ts";
import { common, type Span, yearFrom } from "../../model/on-call/calendar/zone.ts";
import { pagerDutyZones } from "../../model/on-call/time-zones.ts";
import type { DeclaredPolicy, DeclaredSchedule, DeclaredService } from "../../policies/declared/chain.ts";
import { isTime, scheduleOf } from "../../policies/declared/coverage.ts";
import { policy, schedule, service, user } from "../../policies/declared/on-call.ts";
import { ringsFrom } from "../../policies/declared/urgency.ts";
import type { Resource, Stack } from "../../policies/resource.ts";
import { linked } from "../../policies/resource.ts";
import { whenReadable } from "../../policies/unknown-value.ts";

/** A rotation, with the names of its people. */
export interface NamedRota {
  readonly id: string;
  readonly name: string;
  readonly schedule: Schedule;
  /** Who has the shift at the moment, and until when. */
  readonly person: string | undefined;
  readonly until: number | undefined;
  /** The stretches of a year that nobody has. */
  readonly open: readonly Span[];
}

/** Somebody whom a level tells. */
export interface Target {
  /** `Storefront on call: Mara Lindt`, or a person; or what is no resource of the state. */
  readonly told: string;
  /** `nobody` has the shift; of what is not in the state it is not known. */
  readonly is: "somebody" | "nobody" | "not known";
}

export interface Way {
  readonly service: DeclaredService;
  readonly name: string;
  /** When an incident of the moment rings; nothing where it never does. */
  readonly rings: number | undefined;
  /** Nothing where the policy is no resource of the state. */
  readonly policy: string | undefined;
  readonly levels: readonly { readonly after: number; readonly targets: readonly Target[] }[];
  readonly repeats: number;
  readonly cycle: number;
  /** The stretches of a year in which no level tells anybody; nothing where somebody is not known. */
  readonly unanswered: readonly Span[] | undefined;
}

export function nameOf({ name, props }: Resource<{ readonly name?: string | undefined }>): string {
  return props.name ?? name;
}

/** The ways of all services, or of those of some names, from a moment on. */
export function waysOf(stack: Stack, instant: number, rotas: ReadonlyMap<string, NamedRota>): readonly Way[] {
  return stack.ofType(service).map((target) => wayOf(stack, target, instant, rotas));
}

export function wayOf(
  stack: Stack,
  target: DeclaredService,
  instant: number,
  rotas: ReadonlyMap<string, NamedRota>,
): Way {
  // Where nobody says an urgency, PagerDuty's is high.
  const rings = target.props.incidentUrgencyRule?.type ? ringsFrom(target, instant) : instant;
  const [escalation] = linked(target as Resource, "escalationPolicy", policy);
  const common = { service: target, name: nameOf(target), rings };
  if (!escalation) {
    return { ...common, policy: undefined, levels: [], repeats: 0, cycle: 0, unanswered: undefined };
  }
  const people = peopleById(stack);
  return {
    ...common,
    policy: nameOf(escalation),
    levels: timedLevels(escalation, rings ?? instant, (one, at) => targetOf(one, at, rotas, people)),
    repeats: escalation.props.numLoops ?? 0,
    cycle: escalation.props.rules.reduce((sum, rule) => sum + rule.escalationDelayInMinutes * 60, 0),
    unanswered: unansweredBy(levelsOf(escalation).flat(), rotas, people),
  };
}

/** A level of nobody is passed over, and the next one told at once (PagerDuty, "Escalation Policies and Schedules"). */
function timedLevels(
  { props: { rules = [] } }: DeclaredPolicy,
  begun: number,
  target: (one: Pointer, at: number) => Target,
): Way["levels"] {
  let after = 0;
  return rules.map(({ targets = [], escalationDelayInMinutes }) => {
    const level = { after, targets: targets.map((one) => target(one, begun + after * 1000)) };
    if (level.targets.some(({ is }) => is !== "nobody")) after += escalationDelayInMinutes * 60;
    return level;
  });
}

interface Pointer {
  readonly id?: string;
  readonly type?: string;
}

function levelsOf({ props }: DeclaredPolicy): readonly (readonly Pointer[])[] {
  return (props.rules ?? []).map(({ targets }) => targets ?? []);
}

function targetOf(
  { id = "", type = "user_reference" }: Pointer,
  at: number,
  rotas: ReadonlyMap<string, NamedRota>,
  people: ReadonlyMap<string, string>,
): Target {
  if (!type.startsWith("schedule")) {
    const person = people.get(id);
    return person === undefined
      ? { told: `${id || "a person"}, who is not in the state`, is: "not known" }
      : { told: person, is: "somebody" };
  }
  const rota = rotas.get(id);
  if (!rota) return { told: `the schedule ${id}, which is not in the state`, is: "not known" };
  const person = onCallAt(rota.schedule, at);
  return { told: `${rota.name}: ${person ?? "nobody"}`, is: person === undefined ? "nobody" : "somebody" };
}

function unansweredBy(
  targets: readonly Pointer[],
  rotas: ReadonlyMap<string, NamedRota>,
  people: ReadonlyMap<string, string>,
): readonly Span[] | undefined {
  const turns = targets.filter(({ type }) => type?.startsWith("schedule"));
  if (turns.length < targets.length) {
    const named = targets.filter((target) => !turns.includes(target));
    return named.some(({ id }) => people.has(id ?? "")) ? [] : undefined;
  }
  const open = turns.map(({ id }) => rotas.get(id ?? "")?.open);
  const [first, ...others] = open.filter((spans) => spans !== undefined);
  if (!first || others.length + 1 < open.length) return undefined;
  return others.reduce<readonly Span[]>((left, right) => common(left, right), first);
}

function peopleById(stack: Stack): ReadonlyMap<string, string> {
  return new Map(stack.ofType(user).flatMap((person) => entryOf(person as Resource, nameOf(person))));
}

function entryOf<T>(resource: Resource, value: T): readonly (readonly [string, T])[] {
  const id = whenReadable(() => resource.outputs?.["id"]);
  return typeof id === "string" && id !== "" ? [[id, value]] : [];
}

/** By id; a schedule that says no time that can be read, or no zone, is none. */
export function rotasById(stack: Stack, instant: number): ReadonlyMap<string, NamedRota> {
  const people = peopleById(stack);
  return new Map(
    stack.ofType(schedule).flatMap((declared) => {
      if (!isReadable(declared)) return [];
      const named = declared.props.layers.map(({ users }) =>
        (users ?? []).map((id) => people.get(id) ?? `${id}, who is not in the state`),
      );
      const of = scheduleOf(declared, named);
      const year = yearFrom(new Date(instant));
      const [current, next] = shifts(of, year);
      const rota = (id: string): NamedRota => ({
        id,
        name: nameOf(declared),
        schedule: of,
        person: current?.person,
        until: next?.from,
        open: gaps(of, year),
      });
      return entryOf(declared as Resource, rota).map(([id, make]) => [id, make(id)] as const);
    }),
  );
}

/** The clocks that times are told on: those of the first schedule whose zone is one. */
export function clocksOf(stack: Stack): string {
  const zones = stack.ofType(schedule).map(({ props }) => props.timeZone ?? "");
  return zones.find((zone) => pagerDutyZones.includes(zone)) ?? "UTC";
}

function isReadable({ props: { timeZone, layers } }: DeclaredSchedule): boolean {
  return (
    pagerDutyZones.includes(timeZone ?? "") &&
    Array.isArray(layers) &&
    layers.every(
      ({ start, end, rotationVirtualStart, rotationTurnLengthSeconds }) =>
        isTime(start) &&
        isTime(end ?? start) &&
        isTime(rotationVirtualStart) &&
        rotationTurnLengthSeconds >= 3600,
    )
  );
}
