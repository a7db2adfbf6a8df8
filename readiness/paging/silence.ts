/** What is said of times in which somebody is on call and is not paged: maintenance windows, low urgency, pauses of a service. */
import { lasting, moment, stretch } from "../../model/on-call/calendar/wording.ts";
import type { Pause } from "../../policies/declared/delivery.ts";
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

/** A warning where an incident of low urgency waits, until its urgency is raised or for good. */
export function lowWarnings(
  told: number,
  rings: number | undefined,
  timeZone: string,
  width: number,
  paint: Paint,
): readonly string[] {
  if (rings === told) return [];
  const text =
    rings === undefined
      ? "its urgency is low: an e-mail, no call, and nobody else is told"
      : `its urgency is low until ${moment(rings, timeZone)}: an e-mail, no call; what is open then rings`;
  return hanging("  ! ", text, width, (t) => paint("yellow", t));
}

/** A warning for each service that lets alerts wait before anybody is told. */
export function pauseWarnings(pauses: readonly Pause[], width: number, paint: Paint): readonly string[] {
  return pauses.flatMap(({ service, seconds }) =>
    hanging(
      "  ! ",
      `${service} lets alerts that it takes for transient wait for ${lasting(seconds * 1000)} before level 1`,
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
