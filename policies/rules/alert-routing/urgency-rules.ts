/** How loud an alert is, how soon it comes, how long it lasts. */
import type * as datadog from "@pulumi/datadog";
import { severities } from "../../../model/on-call/severities.ts";
import { isBeforeLaunch, isDraft, type MonitorProps, monitor, tagOf } from "../../declared/monitoring.ts";
import { atLeast, present, show } from "../../expect.ts";
import { type Resource, resourceType } from "../../resource.ts";
import { type Rule, resourceRule } from "../../rule.ts";
import { allAlerts, demand, everyAlert } from "./every-alert.ts";

const downtime = resourceType<datadog.DowntimeScheduleArgs>(
  "datadog:index/downtimeSchedule:DowntimeSchedule",
);

/** Datadog has CloudWatch's metrics after about 15 minutes: "AWS Integration and CloudWatch FAQ". */
const cloudWatchDelaySeconds = 900;

/** The longest pause between reminders, in minutes: twice a SEV2's response (requirements, "Severities and escalation"). */
const reminderMinutes = 30;

/** Severities that wake somebody. */
const urgent = ["sev1", "sev2"] as const;

/** What is an outage or the beginning of one (requirements, "Severities and escalation"), and how urgent it is at least. */
const leastUrgent: Readonly<Record<string, (typeof urgent)[number]>> = {
  "service-outage": "sev1",
  "uptime-homepage": "sev1",
  "uptime-health": "sev1",
  "uptime-page": "sev2",
  "uptime-api": "sev2",
  "error-rate-high": "sev2",
  "latency-overall": "sev2",
  "traffic-drop": "sev2",
  "availability-fast-burn": "sev2",
  "certificate-expiry": "sev2",
  "database-storage-low": "sev2",
  "database-connections-high": "sev2",
};

export const urgencyRules: readonly Rule[] = [
  everyAlert("alerts-have-severity", "ALERT-03", ({ severity }) =>
    demand(
      severities.some((known) => known.toLowerCase() === severity),
      "it has no severity, or several",
      "one of SEV1 to SEV4",
    ),
  ),
  everyAlert(
    "outages-urgent",
    "ALERT-03",
    ({ severity, resource }) => {
      const least = leastUrgent[alertOf(resource) ?? ""] ?? "sev2";
      const enough = isUrgent(severity) && severity <= least;
      return demand(enough, `it is ${severity ?? "of no severity"}`, `${least} or more urgent`);
    },
    // Of an alert without severity, and of several, another rule speaks.
    ({ severity, resource }) => severity !== undefined && leastUrgent[alertOf(resource) ?? ""] !== undefined,
  ),
  resourceRule({
    id: "paging-alerts-recover",
    item: "ALERT-09",
    type: monitor,
    // SLO monitors take no recovery threshold. On which side it must lie `alert-values-agree` tells.
    where: (resource) => isUrgent(tagOf(resource, "severity")) && resource.props.type !== "slo alert",
    check: ({ props }) => present(props, "monitorThresholds.criticalRecovery"),
  }),
  resourceRule({
    id: "aws-alerts-wait",
    item: "ALERT-11",
    type: monitor,
    where: readsAws,
    check: ({ props }) => atLeast(props, "evaluationDelay", cloudWatchDelaySeconds, "seconds"),
  }),
  resourceRule({
    id: "aws-alerts-not-sev1",
    item: "ALERT-12",
    type: monitor,
    where: readsAws,
    check: (resource) => demand(tagOf(resource, "severity") !== "sev1", "it is SEV1", "SEV2 or lower"),
  }),
  everyAlert(
    "urgent-alerts-repeat",
    "ALERT-13",
    ({ resource, said, reminderInterval = 0, reminders = 0 }) => {
      // Left out, it is repeated while it fires and while there is no data.
      const statuses = (resource as Resource<Partial<MonitorProps>>).props.renotifyStatuses ?? [
        "alert",
        "no data",
      ];
      const wanted = said.has("no data") ? ["alert", "no data"] : ["alert"];
      return demand(
        wanted.every((status) => statuses.includes(status)) &&
          reminderInterval > 0 &&
          reminderInterval <= reminderMinutes &&
          reminders > 0,
        `it reminds ${reminders} times of ${statuses.join(", ")}, every ${reminderInterval} minutes`,
        `of ${wanted.join(" and ")}, repeated at least every ${reminderMinutes} minutes`,
      );
    },
    ({ severity }) => isUrgent(severity),
  ),
  everyAlert("alerts-prioritised", "ALERT-14", ({ severity, priority }) =>
    demand(
      !severity || severity === `sev${priority}`,
      `its priority is ${show(priority)}`,
      `that of ${severity}`,
    ),
  ),
  allAlerts(
    "alerts-not-silenced",
    "ALERT-15",
    (_alerts, stack) => [
      ...stack
        .ofType(monitor)
        .filter((resource) => isDraft(resource) && !isBeforeLaunch(stack))
        .map((draft) => ({ resource: draft as Resource, observed: "it is a draft", wanted: "published" })),
      // Each turn of a recurring downtime has a duration.
      ...stack
        .ofType(downtime)
        .filter(({ props }) => !props.recurringSchedule && !props.oneTimeSchedule?.end)
        .map((muted) => ({ resource: muted as Resource, observed: "it never ends", wanted: "given an end" })),
    ],
    undefined,
    true,
  ),
];

function isUrgent(severity: string | undefined): severity is (typeof urgent)[number] {
  return urgent.some((one) => one === severity);
}

function alertOf(resource: Resource): string | undefined {
  return tagOf(resource as Resource<{ tags?: readonly string[] }>, "alert");
}

/** An SLO monitor's query holds an id that is not known yet, and no AWS metric. */
function readsAws({ props }: Resource<MonitorProps>): boolean {
  return props.type === "query alert" && props.query.includes(":aws.");
}
