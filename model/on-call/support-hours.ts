/** Support hours: when a SEV3 rings. At other times it is told by e-mail, and rings when they begin. */
import type { StackSpec } from "../config/stack-spec.ts";

export type SupportHours = NonNullable<StackSpec["onCall"]["supportHours"]>;

/** A waking day, on all days: somebody is on call on Sundays as well. */
const wakingDay: SupportHours = { from: "08:00", to: "20:00", days: [1, 2, 3, 4, 5, 6, 7] };

/** Nothing where a SEV3 may ring at every hour: crews that share the day among them are all awake in their part. */
export function supportHoursOf({
  supportHours,
  shifts,
}: Pick<StackSpec["onCall"], "supportHours" | "shifts">): SupportHours | undefined {
  return supportHours ?? (shifts.length > 0 ? undefined : wakingDay);
}
