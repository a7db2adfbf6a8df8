/** Alerts on the database that the services share. */
import type { Settings, StackSpec } from "../../config/stack-spec.ts";
import { databasesOfAws } from "../../parts.ts";
import type { PlatformRows } from "../alert.ts";
import { busy, cloudWatch, creditsLow, delaySeconds, isBurstable } from "../cloudwatch.ts";
import { databaseMemoryBytes } from "../instance-memory.ts";
import type { Thresholds } from "../signal.ts";
import { aws } from "../telemetry.ts";

/** Seconds. gp3 volumes answer within single-digit milliseconds: AWS, "Amazon RDS DB instance storage". */
const diskSlow: Thresholds = { critical: 0.02, warning: 0.015, recovery: 0.01 };

const onRds = { runbook: "database", dashboard: "Operations", needs: { database: databasesOfAws } } as const;

export const databaseAlerts = {
  "database-cpu-high": {
    title: "the database's CPU is busy",
    meaning: "Queries wait for CPU; every service gets slower.",
    severity: "SEV3",
    ...onRds,
    graph: "Database CPU",
    maintenance: "database",
    signals: (spec) => [cloudWatch({ series: aws(spec, "max", "rds.cpuutilization") }, ">", busy, "%")],
  },
  "database-memory-low": {
    title: "the database is short of memory",
    meaning: "It reads from disk what it used to keep in memory, and may be restarted.",
    severity: "SEV3",
    ...onRds,
    graph: "Database memory",
    maintenance: "database",
    signals: (spec) =>
      sizes(spec).map(({ instanceClass }) => {
        const bytes = databaseMemoryBytes(instanceClass);
        const thresholds = { critical: bytes * 0.1, warning: bytes * 0.15, recovery: bytes * 0.2 };
        return cloudWatch(
          { series: aws(spec, "min", "rds.freeable_memory") },
          "<",
          wholeNumbers(thresholds),
          "bytes",
        );
      }),
  },
  "database-storage-low": {
    title: "the database's disk is nearly full",
    meaning: "A full disk stops every write.",
    severity: "SEV2",
    ...onRds,
    graph: "Database storage",
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
    ...onRds,
    graph: "Database connections",
    signals: (spec) =>
      sizes(spec).map(({ maxConnections }) =>
        cloudWatch(
          { part: aws(spec, "max", "rds.database_connections"), whole: maxConnections },
          ">",
          busy,
          "%",
        ),
      ),
  },
  "database-disk-slow": {
    title: "the database's disk is slow",
    meaning: "Reads from disk take long, so queries that miss memory do too.",
    severity: "SEV3",
    ...onRds,
    graph: "Database disk read latency",
    maintenance: "database",
    signals: (spec) => [cloudWatch({ series: aws(spec, "max", "rds.read_latency") }, ">", diskSlow, "s")],
  },
  "database-disk-writes-slow": {
    title: "the database's disk is slow to write",
    meaning: "Every commit waits for the disk, so every request that saves does too.",
    severity: "SEV3",
    ...onRds,
    graph: "Database disk write latency",
    maintenance: "database",
    signals: (spec) => [cloudWatch({ series: aws(spec, "max", "rds.write_latency") }, ">", diskSlow, "s")],
  },
  "database-disk-queue": {
    title: "requests queue for the database's disk",
    meaning: "The disk is asked for more than it can do; reads and writes wait their turn.",
    severity: "SEV3",
    ...onRds,
    graph: "Database disk queue",
    maintenance: "database",
    signals: (spec) => [
      cloudWatch(
        { series: aws(spec, "avg", "rds.disk_queue_depth") },
        ">",
        // A disk does its best at one waiting request for each 1,000 operations a second, of which gp3 has
        // 12,000 from 400 GiB on: AWS, "Amazon EBS I/O characteristics", "Amazon RDS DB instance storage".
        { critical: 24, warning: 12, recovery: 6 },
        "",
      ),
    ],
  },
  "database-cpu-credits-low": {
    title: "the database's CPU credits run out",
    meaning: "Without credits it falls back to a fifth of its CPU, and everything gets slow at once.",
    severity: "SEV3",
    ...onRds,
    graph: "Database CPU credits",
    signals: (spec) =>
      sizes(spec)
        .filter(({ instanceClass }) => isBurstable(instanceClass))
        .map(() => cloudWatch({ series: aws(spec, "min", "rds.cpucredit_balance") }, "<", creditsLow, "")),
  },
  // Storage grows by itself below 10 %. A forecast of 5 % says that growing does not keep up, or has ended.
  "database-storage-full-within-a-week": {
    title: "the database's disk will be full within a week",
    meaning: "It fills faster than it grows; there are days left to find out what with.",
    severity: "SEV3",
    ...onRds,
    graph: "Database storage forecast",
    signals: (spec) => [
      {
        kind: "forecast",
        expression: {
          part: aws(spec, "min", "rds.free_storage_space"),
          whole: [aws(spec, "max", "rds.total_storage_space")],
        },
        comparator: "<",
        thresholds: { critical: 5, recovery: 10 },
        unit: "%",
        evaluationDelaySeconds: delaySeconds,
        onMissingData: "show_no_data",
      },
    ],
  },
  "database-storage-limit-near": {
    title: "the database's disk has nearly grown to its limit",
    meaning: "Beyond the limit it does not grow any more, and then it fills up.",
    severity: "SEV3",
    ...onRds,
    graph: "Database storage, of the most that it may grow to",
    signals: (spec) =>
      sizes(spec).map(({ maxStorageGiB }) =>
        cloudWatch(
          { part: aws(spec, "max", "rds.total_storage_space"), whole: maxStorageGiB * 2 ** 30 },
          ">",
          busy,
          "%",
        ),
      ),
  },
  // A Multi-AZ instance's second copy has no lag to measure: it is written to at the same time. What holds
  // the write-ahead log back, a replication slot or a failing archive, shows in the log's size.
  "database-transaction-logs-large": {
    title: "the database's transaction logs pile up",
    meaning: "Something keeps PostgreSQL from deleting them; they fill the disk.",
    severity: "SEV3",
    ...onRds,
    graph: "Database transaction logs",
    signals: (spec) => [
      cloudWatch(
        {
          part: aws(spec, "max", "rds.transaction_logs_disk_usage"),
          whole: [aws(spec, "max", "rds.total_storage_space")],
        },
        ">",
        { critical: 20, warning: 15, recovery: 10 },
        "%",
      ),
    ],
  },
  "database-transaction-ids-high": {
    title: "the database runs out of transaction ids",
    meaning: "Vacuum does not keep up; at two billion PostgreSQL stops taking writes.",
    severity: "SEV2",
    ...onRds,
    graph: "Database transaction ids",
    signals: (spec) => [
      cloudWatch(
        { series: aws(spec, "max", "rds.maximum_used_transaction_ids") },
        ">",
        // Half of the way to the end; vacuum begins to force itself at 200 million: PostgreSQL, "Routine Vacuuming".
        { critical: 1e9, warning: 7.5e8, recovery: 5e8 },
        "",
      ),
    ],
  },
  "database-swap-high": {
    title: "the database swaps",
    meaning: "What was in memory has moved to the disk; queries that need it wait.",
    severity: "SEV4",
    ...onRds,
    graph: "Database swap",
    maintenance: "database",
    signals: (spec) => [
      cloudWatch(
        { series: aws(spec, "max", "rds.swap_usage") },
        ">",
        // A quarter of the memory of the smallest class; a few dozen megabytes are normal.
        { critical: 256 * 2 ** 20, warning: 128 * 2 ** 20, recovery: 64 * 2 ** 20 },
        "bytes",
      ),
    ],
  },
} as const satisfies PlatformRows;

/** What the database was made with; nothing of one that is not in AWS. */
function sizes({ database }: StackSpec): readonly Settings<"database", "rds" | "existing-rds">[] {
  return database.kind === "external" ? [] : [database];
}

function wholeNumbers({ critical, warning, recovery }: Required<Thresholds>): Thresholds {
  return { critical: Math.round(critical), warning: Math.round(warning), recovery: Math.round(recovery) };
}
