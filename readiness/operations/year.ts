/** Twelve months of the rotations: every shift, and the days on which clocks change. */
import { day, hour, yearFrom, Zone } from "../../model/on-call/calendar/zone.ts";
import { type Rota, type Rotation, yearOf } from "../paging/rotations.ts";

export interface OnCallYear {
  readonly timeZone: string;
  /** ISO 8601 times. */
  readonly from: string;
  readonly to: string;
  readonly rotations: readonly YearOfRotation[];
  readonly clockChanges: readonly ClockChange[];
}

export interface YearOfRotation {
  readonly rotation: Rotation;
  /** Its name in PagerDuty. */
  readonly name: string;
  /** Without a break from the beginning of the year to its end. */
  readonly shifts: readonly YearShift[];
}

export interface YearShift {
  readonly from: string;
  readonly to: string;
  /** Null where nobody is on call. */
  readonly person: string | null;
}

export interface ClockChange {
  /** Local, such as `2027-03-28`. */
  readonly date: string;
  /** How long that day is, such as 23. */
  readonly hours: number;
}

export function onCallYearOf(rotas: readonly Rota[], timeZone: string, now: Date): OnCallYear {
  const { from, to } = yearFrom(now);
  return {
    timeZone,
    from: iso(from),
    to: iso(to),
    rotations: rotas.map((rota) => ({
      rotation: rota.rotation,
      name: rota.name,
      shifts: yearOf(rota, now.getTime()).map((shift) => ({
        from: iso(shift.from),
        to: iso(shift.to),
        person: shift.person ?? null,
      })),
    })),
    clockChanges: clockChanges(new Zone(timeZone, { from, to }), from, to),
  };
}

function clockChanges(zone: Zone, from: number, to: number): readonly ClockChange[] {
  const first = Math.floor(zone.local(from) / day);
  const last = Math.floor(zone.local(to) / day);
  const days = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  return days.flatMap((date) => {
    const hours = (zone.instant((date + 1) * day) - zone.instant(date * day)) / hour;
    return hours === 24 ? [] : [{ date: iso(date * day).slice(0, 10), hours }];
  });
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
