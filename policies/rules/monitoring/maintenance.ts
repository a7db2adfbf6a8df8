/** What maintenance may mute, and what it may leave out of account. */
import type * as datadog from "@pulumi/datadog";
import { databasesOfAws } from "../../../model/parts.ts";
import { databaseInstance } from "../../aws.ts";
import { monitor, objective, tagOf } from "../../declared/monitoring.ts";
import { durationSeconds, secondsAWeek } from "../../effects/recurrence.ts";
import { show } from "../../expect.ts";
import { isIdentified } from "../../identity.ts";
import { linked, type Resource, resourceType, type Stack } from "../../resource.ts";
import { type Doubt, type Rule, resourceRule, stackRule, type Violation } from "../../rule.ts";
import { anything, type Sound, unsound } from "../../sound/sound.ts";

export const downtime = resourceType<datadog.DowntimeScheduleArgs>(
  "datadog:index/downtimeSchedule:DowntimeSchedule",
);
export const correction = resourceType<datadog.SloCorrectionArgs>(
  "datadog:index/sloCorrection:SloCorrection",
);

/** RDS asks for half an hour at least; an hour a week is 0.6 % of it. */
const maxSeconds = 3600;
/** A night's work each week, of whatever else a program maintains. */
const longestWork = 8 * 3600;

/** What is done once, such as a migration, may take a day. */
export const maxOnceSeconds = 86_400;

/** Elsewhere nobody knows when the database is maintained: without-maintenance.ts. */
const maintained = { database: databasesOfAws } as const;

const withAlert = including("alert");
const withExpired = including("expired");

const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** What maintenance may mute: nothing that is answered within minutes. */
const calm = ["sev3", "sev4"];

export const maintenanceRules: readonly Rule[] = [
  resourceRule({
    id: "downtimes-limited-to-maintenance",
    needs: maintained,
    item: "MON-39",
    type: downtime,
    check: ({ props: { monitorIdentifier, scope } }) => {
      const tags = monitorIdentifier.monitorTags ?? [];
      const wanted = ["product:", "environment:", "maintenance:"];
      const missing = wanted.filter(
        (key) => !tags.some((tag) => tag.startsWith(key) && tag !== key && !tag.includes("*")),
      );
      return missing.length === 0
        ? undefined
        : {
            observed: `it mutes ${show(tags)} in ${scope}`,
            wanted: `limited by the tags ${missing.join(", ")}`,
          };
    },
  }),
  resourceRule({
    id: "downtimes-short",
    needs: maintained,
    item: "MON-39",
    existing: ({ props: { recurringSchedule } }) =>
      (recurringSchedule?.recurrences ?? []).flatMap(({ duration, rrule }) =>
        tooMuch(rrule, durationSeconds(duration), `it mutes for ${duration}, ${rrule}`, longestWork),
      ),
    type: downtime,
    check: ({ props: { recurringSchedule, oneTimeSchedule } }, { now }) => {
      if (!oneTimeSchedule) {
        const recurrences = recurringSchedule?.recurrences ?? [];
        if (recurrences.length === 0)
          return { observed: "it mutes at no time that is known", wanted: "a schedule" };
        return recurrences.flatMap(({ duration, rrule }) =>
          tooMuch(rrule, durationSeconds(duration), `it mutes for ${duration}, ${rrule}`),
        );
      }
      return muchAtOnce(oneTimeSchedule, now);
    },
  }),
  resourceRule({
    id: "downtimes-tell-what-lasts",
    needs: maintained,
    item: "MON-39",
    type: downtime,
    // Left out, both tell what still is wrong when the downtime ends.
    check: (resource) =>
      unsound(resource as Resource, {
        notifyEndStates: withAlert,
        notifyEndTypes: withExpired,
        muteFirstRecoveryNotification: anything,
      }),
  }),
  resourceRule({
    id: "maintenance-mutes-no-urgent-alert",
    needs: maintained,
    item: "MON-39",
    type: monitor,
    where: (resource) => tagOf(resource, "maintenance") !== undefined,
    check: (resource) => {
      const severity = tagOf(resource, "severity") ?? "";
      return calm.includes(severity)
        ? undefined
        : {
            observed: `maintenance mutes it, and it is ${severity || "of no severity"}`,
            wanted: "SEV3 or SEV4",
          };
    },
  }),
  stackRule({
    id: "downtimes-when-maintained",
    needs: maintained,
    item: "MON-39",
    checkStack: (stack, { now }) => {
      const windows = windowsOf(stack);
      const starts = stack.ofType(downtime).flatMap((resource) =>
        (resource.props.recurringSchedule?.recurrences ?? []).map((r) => ({
          resource,
          timezone: resource.props.recurringSchedule?.timezone,
          ...r,
        })),
      );
      if (starts.length === 0)
        return { observed: "no downtime is declared for maintenance", wanted: "declared" };
      const past = starts.filter(
        ({ resource, start }) =>
          Date.parse(`${start}Z`) < now.getTime() &&
          !isIdentified(resource as Resource) &&
          !resource.ignoreChanges.some((path) => path.endsWith(".start")),
      );
      const refused = past.map(({ resource, start }) => ({
        resource: resource as Resource,
        observed: `it begins in the past, on ${start}, which Datadog may refuse`,
        wanted: "from the next window on",
      }));
      const amiss = starts
        .filter(
          ({ start, rrule, timezone }) => !isUtc(timezone) || !windows.includes(timeOfWeek(start, rrule)),
        )
        .map(({ resource, start, rrule, timezone }) => ({
          resource: resource as Resource,
          observed: `it begins on ${timeOfWeek(start, rrule)} in ${timezone ?? "UTC"}`,
          wanted: `at the database's maintenance window, ${windows.join(", ")} in UTC`,
        }));
      return [...refused, ...amiss];
    },
  }),
  resourceRule({
    id: "promises-not-corrected",
    needs: maintained,
    item: "MON-40",
    type: correction,
    check: (resource) => {
      const slos = linked(resource as Resource, "sloId", objective);
      const latency = slos.length > 0 && slos.every((slo) => tagOf(slo, "objective")?.startsWith("latency-"));
      const { duration, rrule, start, end } = resource.props;
      const once = end === undefined ? Number.POSITIVE_INFINITY : end - start;
      return [
        ...(latency
          ? []
          : [{ observed: "it corrects availability", wanted: "left to objectives of latency" }]),
        ...(rrule
          ? tooMuch(
              rrule,
              duration ?? Number.POSITIVE_INFINITY,
              `it takes out ${show(duration, "seconds")}, ${rrule}`,
            )
          : once <= maxOnceSeconds
            ? []
            : [{ observed: `it takes out ${once} seconds`, wanted: `≤ ${maxOnceSeconds}` }]),
      ];
    },
  }),
  stackRule({
    id: "corrections-when-maintained",
    needs: maintained,
    item: "MON-40",
    checkStack: (stack) => {
      const windows = windowsOf(stack);
      const recurring = stack.ofType(correction).filter(({ props }) => props.rrule);
      if (recurring.length === 0)
        return { observed: "no maintenance is taken into account", wanted: "declared" };
      return recurring
        .map((resource) => ({ resource, begins: beginOf(resource.props) }))
        .filter(({ resource: { props }, begins }) => !isUtc(props.timezone) || !windows.includes(begins))
        .map(({ resource: { props, ...resource }, begins }) => ({
          resource: { props, ...resource } as Resource,
          observed: `it begins on ${begins} in ${props.timezone ?? "UTC"}`,
          wanted: `at the database's maintenance window, ${windows.join(", ")} in UTC`,
        }));
    },
  }),
];

/** What is muted once, and for too long. */
export function muchAtOnce(
  { start, end }: { readonly start?: string | undefined; readonly end?: string | undefined },
  now: Date,
): Violation | undefined {
  // That it ends at all is for `alerts-not-silenced` to demand; without a beginning it begins at once.
  const seconds = end ? (Date.parse(end) - (start ? Date.parse(start) : now.getTime())) / 1000 : 0;
  return seconds <= maxOnceSeconds
    ? undefined
    : {
        observed: `it mutes for ${Math.round(seconds / 3600)} hours`,
        wanted: `≤ ${maxOnceSeconds / 3600}`,
      };
}

/** When the databases are maintained, as RDS writes it. */
function windowsOf(stack: Stack): readonly string[] {
  return stack
    .ofType(databaseInstance)
    .flatMap(({ props }) => props.maintenanceWindow?.slice(0, "sun:03:00".length) ?? []);
}

/** Of a correction: its rule's day of the week, or the one of its beginning, which is in seconds. */
function beginOf({ start, rrule = "" }: Readonly<{ start: number; rrule?: string | undefined }>): string {
  const date = new Date(start * 1000);
  const day = days[(date.getUTCDay() + 6) % 7]?.slice(0, 2).toUpperCase();
  return timeOfWeek(date.toISOString().slice(0, 19), rrule.includes("BYDAY=") ? rrule : `BYDAY=${day}`);
}

function isUtc(timezone: string | undefined): boolean {
  return timezone === undefined || ["UTC", "Etc/UTC"].includes(timezone);
}

/** More than this of a week, an hour where nothing is said. */
function tooMuch(
  rrule: string,
  duration: number,
  observed: string,
  most = maxSeconds,
): readonly (Violation | Doubt)[] {
  const seconds = secondsAWeek(rrule, duration);
  if (seconds === undefined) return [{ doubt: `how much of a week ${rrule || "no rule"} takes` }];
  return seconds <= most ? [] : [{ observed, wanted: `≤ ${most / 60} minutes a week` }];
}

/** As RDS writes it, such as `sun:03:00`, in UTC. */
function timeOfWeek(start: string | undefined, rrule: string): string {
  const day = /BYDAY=(\w\w)$/.exec(rrule)?.[1]?.toLowerCase();
  return `${days.find((name) => name.startsWith(day ?? "-"))}:${start?.slice("2026-01-04T".length, -3)}`;
}

function including(wanted: string): Sound {
  return {
    wanted: `not set or with ${wanted}`,
    holds: (value) => Array.isArray(value) && value.includes(wanted),
    optional: true,
  };
}
