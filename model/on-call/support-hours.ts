/** Support hours: when a SEV3 rings. At other times it is told by e-mail, and rings when they begin. */
import type { Hours, Shift } from "./shifts.ts";

export interface SupportHours extends Hours {
  /** 1 for Monday to 7 for Sunday. */
  readonly days: readonly number[];
}

/** A waking day, on all days: somebody is on call on Sundays as well. */
const wakingDay: SupportHours = { from: "08:00", to: "20:00", days: [1, 2, 3, 4, 5, 6, 7] };

/**
 * Nothing where a SEV3 may ring at every hour: crews that share the day among them are all awake in their part. A backup
 * that goes through all hours is not.
 */
export function supportHoursOf({
  supportHours,
  shifts,
}: {
  readonly supportHours?: SupportHours | undefined;
  readonly shifts: readonly Shift[];
}): SupportHours | undefined {
  return supportHours ?? (shifts.some((shift) => shift.backup) ? undefined : wakingDay);
}
