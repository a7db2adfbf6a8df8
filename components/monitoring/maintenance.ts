/** What the weekly maintenance of the database mutes, and what it leaves out of account. */
import * as datadog from "@pulumi/datadog";
import type * as pulumi from "@pulumi/pulumi";
import {
  databaseMaintenance,
  maintenanceStartSeconds,
  nextMaintenance,
} from "../../model/alerts/maintenance.ts";
import type { StackSpec } from "../../model/config/stack-spec.ts";

const { hours } = databaseMaintenance;

/** Whether the database has a window of its own: where somebody else runs it, nobody knows when it is restarted. */
export function maintainsDatabase({ database }: StackSpec): boolean {
  return database.kind !== "external";
}

/** Mutes the alerts that carry the tag `maintenance:database`, and tells of those that last beyond the window. */
export function createDowntime(
  name: string,
  spec: StackSpec,
  opts: pulumi.CustomResourceOptions,
): datadog.DowntimeSchedule {
  const { product, stack } = spec;
  return new datadog.DowntimeSchedule(
    name,
    {
      scope: "*",
      monitorIdentifier: {
        monitorTags: [`product:${product}`, `environment:${stack}`, "maintenance:database"],
      },
      recurringSchedule: {
        timezone: "UTC",
        recurrences: [
          {
            rrule: "FREQ=WEEKLY;INTERVAL=1;BYDAY=SU",
            duration: `${hours}h`,
            start: nextMaintenance(new Date()),
          },
        ],
      },
      displayTimezone: "UTC",
      message: `Weekly maintenance of the database of ${product} ${stack}; users' alerts are not muted.`,
      muteFirstRecoveryNotification: true,
      notifyEndStates: ["alert", "no data"],
      notifyEndTypes: ["expired"],
    },
    // Datadog may refuse a beginning in the past; what has once begun goes on from there, and is no change each week.
    { ...opts, ignoreChanges: ["recurringSchedule.recurrences[0].start"] },
  );
}

/** Leaves the window out of a latency objective. Availability is corrected by nobody: users feel it. */
export function createCorrection(
  name: string,
  objective: datadog.ServiceLevelObjective,
  opts: pulumi.CustomResourceOptions,
): datadog.SloCorrection {
  return new datadog.SloCorrection(
    name,
    {
      sloId: objective.id,
      category: "Scheduled Maintenance",
      description: "Weekly maintenance of the database: its memory is empty after a restart.",
      start: maintenanceStartSeconds,
      duration: hours * 3600,
      rrule: "FREQ=WEEKLY;INTERVAL=1",
      timezone: "UTC",
    },
    opts,
  );
}
