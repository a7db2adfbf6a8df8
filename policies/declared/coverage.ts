/**
 * Whether somebody is on call, and hears it, at every moment of the next twelve months. Layers, restrictions and
 * time zones are known before the deployment; who takes which turn is not, as people's ids come with it. So coverage
 * is computed at every boundary and does not depend on the order. That primary and backup are two people in every
 * turn is computed once ids are known, from a state or during an update; until then, of a single layer, the order
 * counts in which people flow into a schedule, which the SDK takes from the program.
 */
import { clashes, gaps, type Schedule, type Shift, shifts } from "../../model/on-call/calendar/schedule.ts";
import { lasting, stretch } from "../../model/on-call/calendar/wording.ts";
import { common, day, hour, type Span, yearFrom } from "../../model/on-call/calendar/zone.ts";
import { pagerDutyZones } from "../../model/on-call/time-zones.ts";
import { linked, type Resource, type Stack } from "../resource.ts";
import type { Violation } from "../rule.ts";
import { whenKnown, whenReadable } from "../unknown-value.ts";
import { type DeclaredPolicy, type DeclaredSchedule, schedulesOf } from "./chain.ts";
import { contact, user } from "./on-call.ts";

/** Who answers for more of a day sleeps on call. */
const longestDay = 16 * hour;
const yearSeconds = (365 * day) / 1000;

/**
 * A declared schedule as the calendar takes it.
 * @param people of each layer, in the order of their turns
 */
export function scheduleOf({ props }: DeclaredSchedule, people: readonly (readonly string[])[]): Schedule {
  return {
    timeZone: props.timeZone,
    // Without `users`: they are ids, which nobody can read before the deployment.
    layers: props.layers.map((layer, i) => ({
      start: layer.start,
      end: layer.end,
      rotationVirtualStart: layer.rotationVirtualStart,
      rotationTurnLengthSeconds: layer.rotationTurnLengthSeconds,
      restrictions: layer.restrictions,
      people: people[i] ?? [],
    })),
  };
}

/** The same where all that matters is whether there is somebody: turns from one person to the next leave no gap. */
function staffing({ props: { timeZone, layers } }: DeclaredSchedule): Schedule {
  return {
    timeZone,
    layers: layers.map(({ users, start, end, restrictions }) => {
      const people = users.length > 0 ? ["somebody"] : [];
      return {
        start,
        end,
        restrictions,
        people,
        rotationVirtualStart: start,
        rotationTurnLengthSeconds: yearSeconds,
      };
    }),
  };
}

/** The hours of a year that nobody has, with the first of them in local time. */
export function uncovered(rota: DeclaredSchedule, now: Date): Violation | undefined {
  const schedule = staffing(rota);
  const open = gaps(schedule, yearFrom(now));
  const [first] = open;
  if (!first) return undefined;
  return {
    observed: `nobody is on call from ${stretch(first, schedule.timeZone)}${others(open)}`,
    wanted: "somebody at every moment of the next 12 months",
  };
}

/** When a policy of rotations alone has nobody at any level; nothing where it names people, or somebody else's rotations. */
export function unanswered(escalation: DeclaredPolicy, now: Date): Violation | undefined {
  const targets = escalation.props.rules.flatMap((level) => level.targets ?? []);
  const rotas = schedulesOf(escalation);
  const ids = whenReadable(() => targets.map(({ id }) => id)) ?? targets;
  const isKnown = rotas.length >= new Set<unknown>(ids).size;
  if (!isKnown || !targets.every(({ type }) => type?.startsWith("schedule"))) return undefined;
  if (!rotas.every(({ props }) => isZone(props.timeZone) && props.layers.every(hasTimes))) return undefined;
  const [first, ...more] = rotas.map((rota) => gaps(staffing(rota), yearFrom(now)));
  const open = more.reduce<readonly Span[]>((left, right) => common(left, right), first ?? []);
  const [gap] = open;
  if (!gap) return undefined;
  return {
    observed: `no level has anybody on call from ${stretch(gap, rotas[0]?.props.timeZone ?? "UTC")}${others(open)}`,
    wanted: "somebody at every moment: an incident with nobody to tell is not opened",
    mend: "let a layer of its schedules cover those hours, or add a level that names a person",
  };
}

function isZone(zone: string | undefined): boolean {
  return pagerDutyZones.includes(zone ?? "");
}

function hasTimes({ start, end }: DeclaredSchedule["props"]["layers"][number]): boolean {
  return isTime(start) && isTime(end ?? start);
}

/** What a year of a rotation asks of its people. */
export interface Turns {
  /** Of each layer that has a part of the year: how many share it, and how much that is. */
  readonly crews: readonly { readonly people: number; readonly share: number }[];
  /** Milliseconds of the longest shift of somebody who could have been relieved. */
  readonly longest: number;
  /** The shortest time that somebody has the shift; nothing where it never changes hands. */
  readonly shortest: Span | undefined;
  /** The first time that one person has the hours of two crews, one behind the other; nothing while ids are not known. */
  readonly twoCrews: Span | undefined;
}

/** Whose turn it is, ids would tell, which are not known yet: places in the layers do as well. */
export function turnsOf(rota: DeclaredSchedule, now: Date): Turns {
  const { layers } = rota.props;
  const known = knownPeople(rota);
  const places = layers.map(({ users }, layer) =>
    Array.from({ length: users?.length ?? 0 }, (_, place) => `${layer}:${place}`),
  );
  const { timeZone, layers: declared } = scheduleOf(rota, places);
  // Turns of minutes, which a rule refuses, would make a million shifts of a year.
  const bounded = declared.map((layer) => ({
    ...layer,
    people: isTime(layer.start) && isTime(layer.rotationVirtualStart) ? layer.people : [],
    end: isTime(layer.end ?? layer.start) ? layer.end : undefined,
    rotationTurnLengthSeconds: Math.max(3600, layer.rotationTurnLengthSeconds),
  }));
  const year = shifts({ timeZone, layers: bounded }, yearFrom(now));
  const layerOf = (person: string | undefined) => Number(person?.split(":")[0]);
  const working = Map.groupBy(
    year.filter(({ person }) => person !== undefined),
    ({ person }) => layerOf(person),
  );
  const whole = lengthOf(year);
  const shared = year.filter(({ person }) => (places[layerOf(person)]?.length ?? 0) > 1);
  const idOf = (place: string | undefined) => {
    const [layer, index] = (place ?? "").split(":").map(Number);
    return known?.[layer ?? 0]?.[index ?? 0] ?? place;
  };
  const [shortest] = merged(year, idOf)
    .slice(1, -1)
    .toSorted((a, b) => a.to - a.from - (b.to - b.from));
  return {
    crews: [...working].map(([layer, of]) => ({
      people: new Set(known?.[layer] ?? places[layer]).size,
      share: lengthOf(of) / whole,
    })),
    longest: shared.reduce((most, { from, to }) => Math.max(most, to - from), 0),
    shortest,
    twoCrews: known && restricted(layers) ? handover(year, idOf) : undefined,
  };
}

function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { from, to }) => sum + to - from, 0);
}

/** The shifts of people: a person who follows themselves has one. */
function merged(
  year: readonly Shift[],
  idOf: (place: string | undefined) => string | undefined,
): readonly Shift[] {
  const result: Shift[] = [];
  for (const { from, to, person } of year) {
    const last = result.at(-1);
    if (last && last.person === idOf(person)) result[result.length - 1] = { ...last, to };
    else result.push({ from, to, person: idOf(person) });
  }
  return result;
}

/** Whether crews have hours of each day. */
function restricted(layers: DeclaredSchedule["props"]["layers"]): boolean {
  return layers.some(({ restrictions }) => restrictions?.some(({ type }) => type === "daily_restriction"));
}

function handover(
  year: readonly Shift[],
  idOf: (place: string | undefined) => string | undefined,
): Span | undefined {
  const second = year.findIndex((shift, i) => {
    const before = year[i - 1];
    if (!before || before.person === shift.person || idOf(before.person) !== idOf(shift.person)) return false;
    return shift.to - before.from > longestDay;
  });
  const [before, after] = [year[second - 1], year[second]];
  return before && after && { from: before.from, to: after.to };
}

/** Of what is none, `rotation-without-gaps` tells. */
export function isTime(text: string): boolean {
  return !Number.isNaN(Date.parse(text));
}

/** When two rotations have one person on call, of which one is to follow the other; nothing while ids are not known. */
export function sameOnCall(
  one: DeclaredSchedule,
  other: DeclaredSchedule,
  stack: Stack,
  now: Date,
): string | undefined {
  const [first, second] = [one, other].map((rota) => {
    const people = knownPeople(rota);
    return people && scheduleOf(rota, people);
  });
  if (!first || !second) return outOfStep(one, other);
  const both = clashes(first, second, yearFrom(now));
  const [clash] = both;
  if (!first || !clash) return undefined;
  const names = `${one.props.name ?? one.name} and ${other.props.name ?? other.name}`;
  return `${names} both have ${nameOf(clash.person, stack)} from ${stretch(clash, first.timeZone)}${others(both)}`;
}

/** Two rotations of the same people keep them apart by their order, as long as their turns change together. */
function outOfStep(one: DeclaredSchedule, other: DeclaredSchedule): string | undefined {
  const [people, others] = [one, other].map((rota) => new Set(linked(rota as Resource, "layers", user)));
  if (!people || !others || people.isDisjointFrom(others)) return undefined;
  // Of several layers it takes the calendar to tell who has which hour.
  if (one.props.layers.length !== 1 || other.props.layers.length !== 1) return undefined;
  const [turns, otherTurns] = [one, other].map(({ props }) =>
    props.layers.map((layer) => `${layer.rotationVirtualStart} ${layer.rotationTurnLengthSeconds}`).join(),
  );
  const names = `${one.props.name ?? one.name} and ${other.props.name ?? other.name}`;
  // The engine tells who flows into a schedule, in no order: who has which turn only the state can say.
  return turns === otherTurns
    ? undefined
    : `${names} share people and change at different times, so that one has both`;
}

function knownPeople({ props: { layers } }: DeclaredSchedule): readonly (readonly string[])[] | undefined {
  return whenKnown(() => layers.map(({ users }) => [...users]));
}

/** The name behind an id: whose contact methods say that they are of this user. */
function nameOf(id: string | undefined, stack: Stack): string | undefined {
  const method = stack.ofType(contact).find(({ props }) => whenKnown(() => props.userId) === id);
  const [owner] = method ? linked(method as Resource, "userId", user) : [];
  return owner ? (owner.props.name ?? owner.name) : id;
}

/** `, and 51 times more: 52 h in 12 months`. */
export function others(spans: readonly Span[]): string {
  if (spans.length < 2) return "";
  const sum = spans.reduce((ms, { from, to }) => ms + to - from, 0);
  return `, and ${spans.length - 1} times more: ${lasting(sum)} in 12 months`;
}
