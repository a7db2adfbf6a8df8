/** Alerts on the database that the services share. */
import type { PlatformRows } from "./alert.ts";
import { busy, cloudWatch } from "./cloudwatch.ts";
import { databaseMemoryBytes } from "./instance-memory.ts";
import type { Thresholds } from "./signal.ts";
import { aws } from "./telemetry.ts";

export const databaseAlerts = {
  "database-cpu-high": {
    title: "the database's CPU is busy",
    meaning: "Queries wait for CPU; every service gets slower.",
    severity: "SEV3",
    runbook: "database",
    dashboard: "Operations",
    signals: (spec) => [
      {
        ...cloudWatch({ series: aws(spec, "max", "rds.cpuutilization") }, ">", busy, "%"),
        // The one AWS metric that tells when none arrive any more; ten alerts at once would tell no more.
        onMissingData: "show_and_notify_no_data",
      },
    ],
  },
  "database-memory-low": {
    title: "the database is short of memory",
    meaning: "It reads from disk what it used to keep in memory, and may be restarted.",
    severity: "SEV3",
    runbook: "database",
    dashboard: "Operations",
    signals: (spec) => {
      const bytes = databaseMemoryBytes(spec.database.instanceClass);
      const thresholds = { critical: bytes * 0.1, warning: bytes * 0.15, recovery: bytes * 0.2 };
      return [
        cloudWatch(
          { series: aws(spec, "min", "rds.freeable_memory") },
          "<",
          wholeNumbers(thresholds),
          "bytes",
        ),
      ];
    },
  },
  "database-storage-low": {
    title: "the database's disk is nearly full",
    meaning: "A full disk stops every write.",
    severity: "SEV2",
    runbook: "database",
    dashboard: "Operations",
    signals: (spec) => [
      cloudWatch(
        {
          part: aws(spec, "min", "rds.free_storage_space"),
          whole: [aws(spec, "max", "rds.total_storage_space")],
        },
        "<",
        // RDS grows the storage by itself below 10 %: AWS, "Managing capacity automatically".
        { critical: 10, warning: 15, recovery: 20 },
        "%",
      ),
    ],
  },
  "database-connections-high": {
    title: "the database runs out of connections",
    meaning: "Functions that find no free connection fail their requests.",
    severity: "SEV2",
    runbook: "database",
    dashboard: "Operations",
    signals: (spec) => [
      cloudWatch(
        { part: aws(spec, "max", "rds.database_connections"), whole: spec.database.maxConnections },
        ">",
        busy,
        "%",
      ),
    ],
  },
  "database-disk-slow": {
    title: "the database's disk is slow",
    meaning: "Reads from disk take long, so queries that miss memory do too.",
    severity: "SEV3",
    runbook: "database",
    dashboard: "Operations",
    signals: (spec) => [
      cloudWatch(
        { series: aws(spec, "max", "rds.read_latency") },
        ">",
        // gp3 volumes answer within single-digit milliseconds: AWS, "Amazon RDS DB instance storage".
        { critical: 0.02, warning: 0.015, recovery: 0.01 },
        "s",
      ),
    ],
  },
} as const satisfies PlatformRows;

function wholeNumbers({ critical, warning, recovery }: Required<Thresholds>): Thresholds {
  return { critical: Math.round(critical), warning: Math.round(warning), recovery: Math.round(recovery) };
}
