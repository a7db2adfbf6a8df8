/**
 * Who is on call at the moment of an update, before it and after it. A change of people, of their order, of the turns'
 * length or of shifts counts turns anew from the rotation's start, so that the shift can pass to somebody who does not
 * know it. Another start keeps it where it is.
 */
import { z } from "zod";
import { onCallAt, type Schedule, shifts } from "../../model/on-call/calendar/schedule.ts";
import { moment } from "../../model/on-call/calendar/wording.ts";
import { day, Zone } from "../../model/on-call/calendar/zone.ts";
import type { Inputs, Plan } from "./plan.ts";

/** Somebody who gets an id with the update; the engine writes this in the place of what is not known. */
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
/** Starts that are tried: two rotations of seven and of eight people come round after that. */
const mostTurns = 56;

const inputs = z.object({
  name: z.string(),
  timeZone: z.string(),
  layers: z.array(
    z.object({
      start: z.string(),
      end: z.string().optional(),
      rotationVirtualStart: z.string(),
      rotationTurnLengthSeconds: z.number().min(60),
      users: z.array(z.string()),
      restrictions: z
        .array(
          z.object({
            type: z.string(),
            startTimeOfDay: z.string(),
            startDayOfWeek: z.number().optional(),
            durationSeconds: z.number(),
          }),
        )
        .optional(),
    }),
  ),
});

/** A rotation whose shift passes to somebody else. */
export interface Move {
  /** Of the schedule in PagerDuty. */
  readonly rotation: string;
  readonly from: string;
  readonly to: string;
  /** Until when the new one has it, on the schedule's clocks; nothing where it does not end within a month. */
  readonly until: string | undefined;
}

export interface Moves {
  readonly moves: readonly Move[];
  /** What onCall.rotationStart would have to be for nobody's shift to move; nothing where none does that. */
  readonly rotationStart: string | undefined;
}

interface Rotation {
  readonly name: string;
  readonly before: Schedule;
  readonly after: Schedule;
}

/** The shifts of this moment that an update moves; a schedule that is made or goes away moves none. */
export function movedShifts({ schedules, people }: Plan, now: Date): Moves {
  const instant = now.getTime();
  const rotations = schedules.flatMap(([before, after]) => rotationOf(before, after) ?? []);
  const nameOf = (id: string | undefined) =>
    id === undefined ? "nobody" : id === unknown ? "somebody new" : (people.get(id) ?? id);
  const moves = rotations.flatMap(({ name, before, after }): readonly Move[] => {
    const [had, has] = [onCallAt(before, instant), onCallAt(after, instant)];
    if (had === has) return [];
    const [, next] = shifts(after, { from: instant, to: instant + 31 * day });
    const until = next && `${moment(next.from, after.timeZone)} ${after.timeZone}`;
    return [{ rotation: name, from: nameOf(had), to: nameOf(has), until }];
  });
  return { moves, rotationStart: moves.length > 0 ? keptStart(rotations, instant) : undefined };
}

function rotationOf(before: Inputs, after: Inputs): Rotation | undefined {
  const [old, fresh] = [inputs.safeParse(before), inputs.safeParse(after)];
  if (!old.success || !fresh.success) return undefined;
  return { name: fresh.data.name, before: scheduleOf(old.data), after: scheduleOf(fresh.data) };
}

function scheduleOf({ timeZone, layers }: z.output<typeof inputs>): Schedule {
  return { timeZone, layers: layers.map(({ users, ...layer }) => ({ ...layer, people: users })) };
}

/** Turns are counted back from the one that is on: one of these starts gives it to whoever has it. */
function keptStart(rotations: readonly Rotation[], now: number): string | undefined {
  const [first] = rotations;
  const [old, fresh] = [first?.before.layers[0], first?.after.layers[0]];
  if (!first || !old || !fresh) return undefined;
  const zone = new Zone(first.after.timeZone, { from: now - 31 * day, to: now });
  const length = fresh.rotationTurnLengthSeconds * 1000;
  const begun = latest(
    zone.local(Date.parse(old.rotationVirtualStart)),
    old.rotationTurnLengthSeconds * 1000,
    zone.local(now),
  );
  const turn = latest(begun, length, zone.local(now));
  for (let turns = 0; turns < mostTurns; turns++) {
    const start = `${new Date(zone.instant(turn - turns * length)).toISOString().slice(0, 19)}Z`;
    const keeps = rotations.every(
      ({ before, after }) => onCallAt(startingAt(after, start), now) === onCallAt(before, now),
    );
    if (keeps) return start;
  }
  return undefined;
}

/** The last of the turns from a time on that has begun. */
function latest(first: number, length: number, now: number): number {
  return first + Math.floor((now - first) / length) * length;
}

function startingAt({ timeZone, layers }: Schedule, start: string): Schedule {
  return { timeZone, layers: layers.map((layer) => ({ ...layer, start, rotationVirtualStart: start })) };
}

/** A line for each shift that moves, and how to leave it where it is. */
export function shiftLines({ moves, rotationStart }: Moves): readonly string[] {
  return [
    ...moves.map(
      ({ rotation, from, to, until }) =>
        `${rotation}: ${from} now, ${to} once this is applied${until === undefined ? "" : `, until ${until}`}`,
    ),
    ...(moves.length === 0
      ? []
      : [
          rotationStart === undefined
            ? "No onCall.rotationStart leaves every shift with whoever has it: apply it as turns change."
            : `onCall.rotationStart: "${rotationStart}" leaves every shift with whoever has it.`,
        ]),
  ];
}
