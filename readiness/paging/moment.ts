/** Reads `--at`. */
import { minute, Zone } from "../../model/on-call/calendar/zone.ts";
import { UsageError } from "../errors.ts";

export interface At {
  readonly instant: number;
  /** What a reader should know of the time that was asked for. */
  readonly note: string | undefined;
}

const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?$/;

/**
 * A moment as `2027-03-28T02:30`, on the clocks of a time zone, or with `Z` or an offset.
 * @throws UsageError for anything else
 */
export function parseAt(text: string, timeZone: string): At {
  const [, , offset] = form.exec(text) ?? [];
  const local = form.test(text) ? Date.parse(offset ? text : `${text}Z`) : Number.NaN;
  // Of 30 February, Date makes a day of March.
  const rolled =
    !offset && !Number.isNaN(local) && !new Date(local).toISOString().startsWith(text.slice(0, 10));
  if (Number.isNaN(local) || rolled) {
    throw new UsageError(
      `--at ${text} is no time, must be one such as 2027-03-28T02:30 or 2027-03-28T01:30Z`,
    );
  }
  if (offset) return { instant: local, note: undefined };
  const zone = new Zone(timeZone, { from: local, to: local });
  const instant = zone.instant(local);
  const shown = zone.local(instant);
  if (shown !== local) {
    const skipped = `the clocks of ${timeZone} skip ${text.slice(11)} on that day`;
    return { instant, note: `${skipped}: ${new Date(shown).toISOString().slice(11, 16)} is meant` };
  }
  // Clocks go back by half an hour or an hour.
  const again = [30, 60].some((minutes) => zone.local(instant + minutes * minute) === local);
  return {
    instant,
    note: again ? `${text.slice(11)} comes twice on that day: the first is meant` : undefined,
  };
}
