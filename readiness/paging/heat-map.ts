/** A year of a rotation as a grid of days: columns are weeks, rows are weekdays. */
import type { Schedule, Shift } from "../../model/on-call/calendar/schedule.ts";
import { day, Zone } from "../../model/on-call/calendar/zone.ts";

/** One day of the local calendar. */
export interface Cell {
  /** `2027-03-28` */
  readonly date: string;
  /** Share of the day in which somebody is on call, 0 to 1. */
  readonly covered: number;
  /** Who has most of it. */
  readonly person: string | undefined;
}

/** Weeks from Monday on; days outside of the period are absent. */
export type Grid = readonly (readonly (Cell | undefined)[])[];

/** The grid of the shifts of a year. */
export function gridOf({ timeZone }: Pick<Schedule, "timeZone">, year: readonly Shift[]): Grid {
  const [first, last] = [year[0], year.at(-1)];
  if (!first || !last) return [];
  const zone = new Zone(timeZone, { from: first.from, to: last.to });
  const firstDay = Math.floor(zone.local(first.from) / day);
  const lastDay = Math.floor((zone.local(last.to) - 1) / day);
  // 1970-01-01 was a Thursday.
  const monday = firstDay - ((firstDay + 3) % 7);
  const weeks: (Cell | undefined)[][] = [];
  let next = 0;
  for (let date = monday; date <= lastDay; date++) {
    const week = Math.floor((date - monday) / 7);
    weeks[week] ??= [];
    if (date < firstDay) weeks[week].push(undefined);
    else {
      const span = {
        from: Math.max(first.from, zone.instant(date * day)),
        to: Math.min(last.to, zone.instant((date + 1) * day)),
      };
      while ((year[next]?.to ?? Number.POSITIVE_INFINITY) <= span.from) next++;
      weeks[week].push(cellOf(date, span.from, span.to, year, next));
    }
  }
  return weeks;
}

function cellOf(date: number, from: number, to: number, year: readonly Shift[], first: number): Cell {
  const shares = new Map<string, number>();
  for (let i = first; i < year.length; i++) {
    const shift = year[i];
    if (!shift || shift.from >= to) break;
    const share = (Math.min(shift.to, to) - Math.max(shift.from, from)) / (to - from);
    if (shift.person !== undefined) shares.set(shift.person, (shares.get(shift.person) ?? 0) + share);
  }
  const [most] = [...shares].sort((a, b) => b[1] - a[1]);
  const covered = [...shares.values()].reduce((sum, share) => sum + share, 0);
  // Shares of a day add up to a whole but for rounding.
  return { date: isoDate(date), covered: covered > 1 - 1e-9 ? 1 : covered, person: most?.[0] };
}

function isoDate(date: number): string {
  return new Date(date * day).toISOString().slice(0, 10);
}

/** Everybody in a grid, in the order of their first day. */
export function peopleIn(grids: readonly Grid[]): readonly string[] {
  return [...new Set(grids.flat(2).flatMap((cell) => cell?.person ?? []))];
}
