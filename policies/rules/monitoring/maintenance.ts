/** What maintenance may mute, and what it may leave out of account. */
import type * as datadog from "@pulumi/datadog";
import { databaseInstance } from "../../aws.ts";
import { monitor, objective, tagOf } from "../../declared/monitoring.ts";
import { show } from "../../expect.ts";
import { linked, type Resource, resourceType } from "../../resource.ts";
import { type Rule, resourceRule, stackRule } from "../../rule.ts";

const downtime = resourceType<datadog.DowntimeScheduleArgs>(
  "datadog:index/downtimeSchedule:DowntimeSchedule",
);
const correction = resourceType<datadog.SloCorrectionArgs>("datadog:index/sloCorrection:SloCorrection");

/** RDS asks for half an hour at least; an hour a week is 0.6 % of it. */
const maxSeconds = 3600;

const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** What maintenance may mute: nothing that is answered within minutes. */
const calm = ["sev3", "sev4"];

export const maintenanceRules: readonly Rule[] = [
  resourceRule({
    id: "downtimes-limited-to-maintenance",
    item: "MON-39",
    type: downtime,
    check: ({ props: { monitorIdentifier, scope } }) => {
      const tags = monitorIdentifier.monitorTags ?? [];
      const wanted = ["product:", "environment:", "maintenance:"];
      const missing = wanted.filter((key) => !tags.some((tag) => tag.startsWith(key)));
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
    item: "MON-39",
    type: downtime,
    check: ({ props: { recurringSchedule, oneTimeSchedule } }) =>
      // The end of a downtime that happens once is for `alerts-not-silenced` to demand.
      oneTimeSchedule
        ? undefined
        : (recurringSchedule?.recurrences ?? [{ duration: "none", rrule: "" }])
            .filter(({ duration, rrule }) => seconds(duration) > maxSeconds || !rrule.includes("FREQ=WEEKLY"))
            .map(({ duration, rrule }) => ({
              observed: `it mutes for ${duration}, ${rrule || "at no time"}`,
              wanted: `≤ ${maxSeconds / 60} minutes a week`,
            })),
  }),
  resourceRule({
    id: "maintenance-mutes-no-urgent-alert",
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
    item: "MON-39",
    checkStack: (stack) => {
      const windows = stack
        .ofType(databaseInstance)
        .flatMap(({ props }) => props.maintenanceWindow?.slice(0, "sun:03:00".length) ?? []);
      const starts = stack
        .ofType(downtime)
        .flatMap((resource) =>
          (resource.props.recurringSchedule?.recurrences ?? []).map((r) => ({ resource, ...r })),
        );
      if (starts.length === 0)
        return { observed: "no downtime is declared for maintenance", wanted: "declared" };
      return starts
        .filter(({ start, rrule }) => !windows.includes(timeOfWeek(start, rrule)))
        .map(({ resource, start, rrule }) => ({
          resource: resource as Resource,
          observed: `it begins on ${timeOfWeek(start, rrule)}`,
          wanted: `at the database's maintenance window, ${windows.join(", ")}`,
        }));
    },
  }),
  resourceRule({
    id: "promises-not-corrected",
    item: "MON-40",
    type: correction,
    check: (resource) => {
      const slos = linked(resource as Resource, "sloId", objective);
      const latency = slos.length > 0 && slos.every((slo) => tagOf(slo, "objective")?.startsWith("latency-"));
      const { duration, rrule } = resource.props;
      return [
        ...(latency
          ? []
          : [{ observed: "it corrects availability", wanted: "left to objectives of latency" }]),
        ...(rrule && (duration ?? Number.POSITIVE_INFINITY) > maxSeconds
          ? [{ observed: `it takes out ${show(duration, "seconds")}`, wanted: `≤ ${maxSeconds}` }]
          : []),
      ];
    },
  }),
];

/** As RDS writes it, such as `sun:03:00`, in UTC. */
function timeOfWeek(start: string | undefined, rrule: string): string {
  const day = /BYDAY=(\w\w)$/.exec(rrule)?.[1]?.toLowerCase();
  return `${days.find((name) => name.startsWith(day ?? "-"))}:${start?.slice("2026-01-04T".length, -3)}`;
}

/** Of a duration such as `30m` or `1h`; endless where it is neither. */
function seconds(duration: string): number {
  const [, count, unit] = /^(\d+)([mh])$/.exec(duration) ?? [];
  return count ? Number(count) * (unit === "h" ? 3600 : 60) : Number.POSITIVE_INFINITY;
}
