/** Announced work that is over: PagerDuty takes no window of the past, so a stack that is made anew fails on it. */
import { moment } from "./calendar/wording.ts";

/** Of a stack, what is announced, and on whose clocks it is told. */
interface Announced {
  readonly stack: string;
  readonly onCall: {
    readonly timeZone: string;
    readonly maintenance: readonly { readonly to: string; readonly reason: string }[];
  };
}

/** A sentence for each entry to leave out. */
export function maintenanceOver(
  { stack, onCall: { maintenance, timeZone } }: Announced,
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
