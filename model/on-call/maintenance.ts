/** Announced work that is over: PagerDuty takes no window of the past, so a stack that is made anew fails on it. */
import type { StackSpec } from "../config/stack-spec.ts";
import { moment } from "./calendar/wording.ts";

/** A sentence for each entry to leave out. */
export function maintenanceOver(
  { stack, onCall: { maintenance, timeZone } }: Pick<StackSpec, "stack" | "onCall">,
  now: Date,
): readonly string[] {
  return maintenance.flatMap(({ to, reason }, i) =>
    Date.parse(to) > now.getTime()
      ? []
      : [
          `onCall.maintenance[${i}] (${reason}) is over since ${moment(Date.parse(to), timeZone)} ${timeZone}: ` +
            `take it out of Pulumi.${stack}.yaml, PagerDuty makes no window of the past`,
        ],
  );
}
