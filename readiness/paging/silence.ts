/** What is said of maintenance windows: somebody is on call in them, and nobody is paged. */
import { moment, stretch } from "../../model/on-call/calendar/wording.ts";
import type { Window } from "../../policies/declared/silence.ts";
import { hanging, type Paint } from "../terminal/layout.ts";

/** The windows of an instant in which one of some PagerDuty services opens no incident, with only those services. */
export function silentAt(
  windows: readonly Window[],
  instant: number,
  concerns: (service: string) => boolean,
): readonly Window[] {
  return windows
    .filter(({ from, to }) => from <= instant && instant < to)
    .map((window) => ({ ...window, services: window.services.filter(concerns) }))
    .filter(({ services }) => services.length > 0);
}

/** A warning for each window that silences what is looked at. */
export function silenceWarnings(
  silent: readonly Window[],
  timeZone: string,
  width: number,
  paint: Paint,
): readonly string[] {
  return silent.flatMap(({ to, services, names, reason }) =>
    hanging(
      "  ! ",
      `nobody is paged by ${services.join(", ")} until ${moment(to, timeZone)}: maintenance, ${reason || names.join()}`,
      width,
      (t) => paint("yellow", t),
    ),
  );
}

/** The announced windows of a year; nothing where there are none. */
export function announcedLines(
  windows: readonly Window[],
  timeZone: string,
  width: number,
  paint: Paint,
): readonly string[] {
  if (windows.length === 0) return [];
  return [
    "",
    ...hanging("", "Silent on purpose in these twelve months", width, (t) => paint("bold", t)),
    ...windows.flatMap((window) =>
      hanging(
        "  ",
        `${stretch(window, timeZone)}: ${window.services.join(", ")}; ${window.reason || window.names.join()}`,
        width,
      ),
    ),
  ];
}
