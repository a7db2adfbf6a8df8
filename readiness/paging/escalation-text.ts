/** The levels of an escalation with their clock times, as `oncall` and `drill` print them. */
import { lasting } from "../../model/on-call/calendar/wording.ts";
import { hanging } from "../terminal/layout.ts";
import type { EscalationTimes } from "./escalation.ts";

/** Below so many columns, people stand under the time that they are told at. */
const narrow = 70;

/** Each level with its clock times. */
export function escalationLines(
  { levels, repeats, cycle }: EscalationTimes,
  begun: number,
  timeZone: string,
  width: number,
): readonly string[] {
  return [
    ...levels.flatMap(({ after, told }, i) => {
      const at = begun + after * 1000;
      const lead = `  ${`+${lasting(after * 1000)}`.padEnd(8)} ${clock(at, timeZone)} (${utc(at)})  `;
      const level = `level ${i + 1}: ${told.join(", ") || "nobody"}`;
      return width < narrow
        ? [lead.trimEnd(), ...hanging("    ", level, width)]
        : hanging(lead, level, width);
    }),
    ...hanging(
      "  ",
      repeats > 0
        ? `and again ${repeats} times, every ${lasting(cycle * 1000)}`
        : "then nobody is told any more",
      width,
    ),
  ];
}

/** `01:30 UTC` */
export function utc(instant: number): string {
  return `${new Date(instant).toISOString().slice(11, 16)} UTC`;
}

/** `03:30`, and the second where it is not a whole minute. */
export function clock(instant: number, timeZone: string): string {
  const text = new Date(instant).toLocaleTimeString("en-GB", { timeZone, hour12: false });
  return text.endsWith(":00") ? text.slice(0, 5) : text;
}
