/**
 * Who is on call when: the arithmetic of a PagerDuty schedule. Boundaries are computed, no minute is sampled.
 *
 * What it follows (PagerDuty, "Schedule Basics" and the REST API's `schedule_layers`): one person at a time;
 * the last layer that has somebody wins; a layer's people take turns of equal length, counted from its virtual
 * start; a restriction opens the layer for a part of each day or week. Turns and restrictions keep their local
 * time of day through both changes of the clocks, as PagerDuty's page of a schedule shows them, so a turn that
 * spans a change is an hour shorter or longer.
 */
import { day, minute, type Span, Zone } from "./zone.ts";

/** A part of each day or week, in the schedule's time zone. */
export interface Restriction {
  readonly type: string;
  /** `HH:mm:ss` */
  readonly startTimeOfDay: string;
  /** 1 for Monday to 7 for Sunday; of a weekly restriction. */
  readonly startDayOfWeek?: number | undefined;
  readonly durationSeconds: number;
}

export interface Layer {
  /** RFC 3339; nobody is on call before it. */
  readonly start: string;
  readonly end?: string | undefined;
  /** When the first person's turn began, on paper. */
  readonly rotationVirtualStart: string;
  readonly rotationTurnLengthSeconds: number;
  /** In the order of their turns. */
  readonly people: readonly string[];
  /** Open at any time where there are none. */
  readonly restrictions?: readonly Restriction[] | undefined;
}

export interface Schedule {
  /** IANA name. */
  readonly timeZone: string;
  /** Later ones override earlier ones. */
  readonly layers: readonly Layer[];
}

/** A stretch of time in which the same person is on call; nobody is where `person` is absent. */
export interface Shift extends Span {
  readonly person: string | undefined;
}

/**
 * The shifts of a period, without holes: each begins where the one before it ends.
 * @throws RangeError for an unknown time zone, an unreadable time or a turn of less than a minute
 */
export function shifts({ timeZone, layers }: Schedule, period: Span): readonly Shift[] {
  const zone = new Zone(timeZone, period);
  const turns = layers.map((layer) => layerShifts(layer, zone, period));
  const points = boundaries(turns, period);
  const cursors = new Array<number>(turns.length).fill(0);
  const result: Shift[] = [];
  for (let i = 0; i + 1 < points.length; i++) {
    const [from = 0, to = 0] = [points[i], points[i + 1]];
    if (from === to) continue;
    const person = lastOn(turns, cursors, from);
    const last = result.at(-1);
    if (last && last.person === person) result[result.length - 1] = { from: last.from, to, person };
    else result.push({ from, to, person });
  }
  return result;
}

/** Every moment at which somebody else may be on call, in order, some of them more than once. */
function boundaries(turns: readonly (readonly Shift[])[], { from, to }: Span): Float64Array {
  const points = [from, to];
  for (const own of turns) for (const shift of own) points.push(shift.from, shift.to);
  return Float64Array.from(points).sort();
}

/**
 * Who has an instant in the last layer that has anybody.
 * @param cursors of each layer, moved on to its first shift that has not ended
 */
function lastOn(
  turns: readonly (readonly Shift[])[],
  cursors: number[],
  instant: number,
): string | undefined {
  let person: string | undefined;
  for (let layer = 0; layer < turns.length; layer++) {
    const own = turns[layer] ?? [];
    let cursor = cursors[layer] ?? 0;
    while (cursor < own.length && (own[cursor]?.to ?? 0) <= instant) cursor++;
    cursors[layer] = cursor;
    const shift = own[cursor];
    if (shift && shift.from <= instant) person = shift.person;
  }
  return person;
}

/** Who has the shift at an instant. */
export function onCallAt(schedule: Schedule, instant: number): string | undefined {
  return shifts(schedule, { from: instant, to: instant + 1 })[0]?.person;
}

/** The stretches of a period in which nobody is on call. */
export function gaps(schedule: Schedule, period: Span): readonly Span[] {
  return shifts(schedule, period).filter(({ person }) => person === undefined);
}

/** The stretches of a period in which two schedules have the same person on call. */
export function clashes(one: Schedule, other: Schedule, period: Span): readonly Shift[] {
  const others = Map.groupBy(shifts(other, period), ({ person }) => person);
  return shifts(one, period).flatMap((shift) =>
    shift.person === undefined ? [] : intersect([shift], others.get(shift.person) ?? []),
  );
}

/** What a layer says by itself. */
function layerShifts(layer: Layer, zone: Zone, period: Span): readonly Shift[] {
  const from = Math.max(period.from, time(layer.start));
  const to = layer.end ? Math.min(period.to, time(layer.end)) : period.to;
  if (from >= to || layer.people.length === 0) return [];
  const open = layer.restrictions?.length ? openings(layer.restrictions, zone, { from, to }) : [{ from, to }];
  return intersect(turnsOf(layer, zone, { from, to }), open);
}

function turnsOf(layer: Layer, zone: Zone, { from, to }: Span): readonly Shift[] {
  const length = layer.rotationTurnLengthSeconds * 1000;
  if (!(length >= minute)) throw new RangeError("a turn must last a minute or more");
  const first = zone.local(time(layer.rotationVirtualStart));
  const boundary = (turn: number) => zone.instant(first + turn * length);
  const { people } = layer;
  // One more on each side, for turns that a change of the clocks moves.
  const start = Math.floor((zone.local(from) - first) / length) - 1;
  const result: Shift[] = [];
  for (let turn = start; boundary(turn) < to; turn++) {
    const person = people[((turn % people.length) + people.length) % people.length];
    const shift = { from: Math.max(from, boundary(turn)), to: Math.min(to, boundary(turn + 1)), person };
    if (shift.from < shift.to) result.push(shift);
  }
  return result;
}

/** The stretches of a period that restrictions leave open, in order and apart from each other. */
export function openings(
  restrictions: readonly Restriction[],
  zone: Zone,
  { from, to }: Span,
): readonly Span[] {
  const windows: Span[] = [];
  // A restriction lasts a week at most.
  const firstDay = Math.floor(zone.local(from) / day) - 8;
  const lastDay = Math.floor(zone.local(to) / day) + 1;
  for (const { type, startTimeOfDay, startDayOfWeek, durationSeconds } of restrictions) {
    const startOfDay = timeOfDay(startTimeOfDay);
    for (let date = firstDay; date <= lastDay; date++) {
      if (type === "weekly_restriction" && weekday(date) !== startDayOfWeek) continue;
      const local = date * day + startOfDay;
      const window = {
        from: Math.max(from, zone.instant(local)),
        to: Math.min(to, zone.instant(local + durationSeconds * 1000)),
      };
      if (window.from < window.to) windows.push(window);
    }
  }
  return merge(windows);
}

/** 1 for Monday to 7 for Sunday, of a day counted from 1970-01-01, a Thursday. */
function weekday(date: number): number {
  return ((((date + 3) % 7) + 7) % 7) + 1;
}

function merge(spans: readonly Span[]): readonly Span[] {
  const result: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last && span.from <= last.to) {
      result[result.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    } else result.push(span);
  }
  return result;
}

/** The parts of shifts that lie in spans; both are in order. */
function intersect(all: readonly Shift[], spans: readonly Span[]): readonly Shift[] {
  const result: Shift[] = [];
  let next = 0;
  for (const { from, to, person } of all) {
    while ((spans[next]?.to ?? Number.POSITIVE_INFINITY) <= from) next++;
    for (let i = next; i < spans.length; i++) {
      const span = spans[i];
      if (!span || span.from >= to) break;
      result.push({ from: Math.max(from, span.from), to: Math.min(to, span.to), person });
    }
  }
  return result;
}

function time(text: string): number {
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) throw new RangeError(`${text} is no time`);
  return instant;
}

/** Milliseconds since midnight. */
function timeOfDay(text: string): number {
  const [, hours, minutes, seconds = "0"] = /^(\d\d):(\d\d)(?::(\d\d))?/.exec(text) ?? [];
  if (hours === undefined || minutes === undefined) throw new RangeError(`${text} is no time of day`);
  return (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
}
