/** Alerts on backups: one that failed, and one that did not happen at all. */
import type { StackSpec } from "../config.ts";
import type { PlatformRows } from "./alert.ts";
import { cloudWatch } from "./cloudwatch.ts";
import type { MetricSignal } from "./signal.ts";
import { awsCount } from "./telemetry.ts";

export const backupAlerts = {
  "backup-failed": {
    title: "a backup failed",
    meaning: "The newest point to restore from gets older.",
    severity: "SEV3",
    runbook: "backups",
    dashboard: "Operations",
    signals: (spec) => [failures(spec, "backup.number_of_backup_jobs_failed")],
  },
  "backup-copy-failed": {
    title: "the copy of a backup failed",
    meaning: "The second region does not have the newest backup; losing the first would lose data.",
    severity: "SEV3",
    runbook: "backups",
    dashboard: "Operations",
    signals: (spec) => [failures(spec, "backup.number_of_copy_jobs_failed")],
  },
  "backup-missing": {
    title: "no backup for a day",
    meaning: "The daily backup did not even start, so nothing could fail and say so.",
    severity: "SEV3",
    runbook: "backups",
    dashboard: "Operations",
    signals: (spec) => [
      {
        ...cloudWatch(
          { series: awsCount(spec, "backup.number_of_backup_jobs_completed") },
          "<",
          { critical: 1 },
          "",
        ),
        over: "sum",
        // A day, and what a backup may take.
        windowMinutes: 26 * 60,
        onMissingData: "show_and_notify_no_data",
      },
    ],
  },
} as const satisfies PlatformRows;

function failures(spec: StackSpec, metric: string): MetricSignal {
  return {
    ...cloudWatch({ series: awsCount(spec, metric) }, ">", { critical: 0 }, ""),
    over: "sum",
    windowMinutes: 60,
    onMissingData: "default",
  };
}
