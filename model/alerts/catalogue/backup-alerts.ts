/** Alerts on backups: one that failed, and one that did not happen at all. */
import type { StackSpec } from "../../config/stack-spec.ts";
import { databasesOfAws } from "../../parts.ts";
import type { PlatformRows } from "../alert.ts";
import { cloudWatch } from "../cloudwatch.ts";
import type { MetricSignal } from "../signal.ts";
import { accountCount } from "../telemetry.ts";

const ofAwsBackup = {
  runbook: "backups",
  dashboard: "Operations",
  needs: { database: databasesOfAws },
} as const;

export const backupAlerts = {
  "backup-failed": {
    title: "a backup failed",
    meaning: "The newest point to restore from gets older.",
    severity: "SEV3",
    ...ofAwsBackup,
    graph: "Failed backups",
    signals: (spec) => [failures(spec, "backup.number_of_backup_jobs_failed")],
  },
  "backup-copy-failed": {
    title: "the copy of a backup failed",
    meaning: "The second region does not have the newest backup; losing the first would lose data.",
    severity: "SEV3",
    ...ofAwsBackup,
    graph: "Failed copies of backups",
    signals: (spec) => [failures(spec, "backup.number_of_copy_jobs_failed")],
  },
  "backup-missing": {
    title: "no backup for a day",
    meaning: "The daily backup did not even start, so nothing could fail and say so.",
    severity: "SEV3",
    ...ofAwsBackup,
    graph: "Completed backups",
    signals: (spec) => [missing(spec, "backup.number_of_backup_jobs_completed")],
  },
  "backup-copy-missing": {
    title: "no copy of a backup for a day",
    meaning: "The second region gets older by the day, and no job failed and said so.",
    severity: "SEV3",
    ...ofAwsBackup,
    graph: "Completed copies of backups",
    signals: (spec) => [missing(spec, "backup.number_of_copy_jobs_completed")],
  },
  "backup-incomplete": {
    title: "a backup is incomplete",
    meaning: "A recovery point was begun and never finished: it looks like a backup and cannot be restored.",
    severity: "SEV4",
    ...ofAwsBackup,
    graph: "Incomplete backups",
    signals: (spec) => [failures(spec, "backup.number_of_recovery_points_partial")],
  },
  // That the weekly test ran at all no monitor can tell: windows end at a week (Datadog, "Create a monitor").
  "backup-restore-test-failed": {
    title: "a test restore failed",
    meaning: "Backups are there and cannot be restored, as it stands.",
    severity: "SEV3",
    ...ofAwsBackup,
    graph: "Failed restores",
    signals: (spec) => [failures(spec, "backup.number_of_restore_jobs_failed")],
  },
} as const satisfies PlatformRows;

// AWS Backup's metrics have the type of what is backed up as their dimension, and so no tags of it: AWS, "AWS Backup
// metrics with CloudWatch".
function failures(spec: StackSpec, metric: string): MetricSignal {
  return {
    ...cloudWatch({ series: accountCount(spec, metric) }, ">", { critical: 0 }, ""),
    over: "sum",
    windowMinutes: 60,
    onMissingData: "default",
  };
}

function missing(spec: StackSpec, metric: string): MetricSignal {
  return {
    ...cloudWatch({ series: accountCount(spec, metric) }, "<", { critical: 1 }, ""),
    over: "sum",
    // A day, and what a backup may take.
    windowMinutes: 26 * 60,
    onMissingData: "show_and_notify_no_data",
  };
}
