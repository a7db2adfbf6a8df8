/** Which alerts what the services share must have, and the value at which each has to fire at the latest. */
import type * as aws from "@pulumi/aws";
import type * as datadog from "@pulumi/datadog";
import { cachesOfAws, databasesOfAws } from "../../../model/parts.ts";
import { databaseInstance } from "../../aws.ts";
import { awsAccounts } from "../../declared/aws-account.ts";
import { readCaches, readDatabases } from "../../declared/own-data.ts";
import { linked, type Resource, resourceType, type Stack } from "../../resource.ts";
import type { Rule } from "../../rule.ts";
import { onPlatform } from "./alerted.ts";
import { renewedDaysAhead } from "./checks.ts";
import { vercelEdgeRules } from "./vercel-edge.ts";

const cacheGroup = resourceType<aws.elasticache.ReplicationGroupArgs>(
  "aws:elasticache/replicationGroup:ReplicationGroup",
);

const logIndex = resourceType<datadog.LogsIndexArgs>("datadog:index/logsIndex:LogsIndex");
const parameterGroup = resourceType<aws.rds.ParameterGroupArgs>("aws:rds/parameterGroup:ParameterGroup");

/** Shares of few requests need hours of them; of a fault of all requests minutes are enough in these. */
const unhurried = { within: 8 * 3600 };

const ofAws = {
  needs: { database: databasesOfAws },
  scope: (stack: Stack) => {
    const [identifier] = readDatabases(stack);
    return identifier === undefined ? `environment:${stack.name}` : `dbinstanceidentifier:${identifier}`;
  },
} as const;

/** AWS Backup's metrics carry the type of what is backed up and no tags: the account, which is the stack's own, tells. */
const ofAccount = {
  ...ofAws,
  // Of several accounts, or none, another rule tells.
  scope: (stack: Stack) => `aws_account:${awsAccounts(stack).length === 1 ? awsAccounts(stack).join() : ""}`,
};
/** What happens once a day has been missed after a day and what it takes. */
const daily = { within: 27 * 3600, ...ofAccount };

const ofCaches = {
  needs: { cache: cachesOfAws },
  scope: (stack: Stack) => {
    const [group] = readCaches(stack);
    return group === undefined ? `environment:${stack.name}` : `replication_group:${group}`;
  },
} as const;

export const platformAlertRules: readonly Rule[] = [
  onPlatform("cache-hit-rate-low", "MON-11", ["<", 60], ["cache_hits", "cache_misses", "100 *"], {
    ...unhurried,
    ...ofCaches,
  }),
  // At nine tenths of its capacity a queue already takes ten times as long as an idle one (M/M/1).
  onPlatform("database-cpu-high", "MON-09", [">", 90], ["aws.rds.cpuutilization"], ofAws),
  onPlatform("database-connections-high", "MON-09", [">", 90], ["aws.rds.database_connections", "100 *"], {
    capacity: maxConnections,
    ...ofAws,
  }),
  onPlatform("cache-cpu-high", "MON-10", [">", 90], ["aws.elasticache.engine_cpuutilization"], ofCaches),
  onPlatform("cache-memory-high", "MON-10", [">", 90], ["database_memory_usage_percentage"], ofCaches),
  // 128 MiB: what a few dozen connections of PostgreSQL need besides the shared buffers.
  onPlatform("database-memory-low", "MON-09", ["<", 128 * 2 ** 20], ["aws.rds.freeable_memory"], ofAws),
  // RDS grows the storage by itself below 10 %: an alert below 5 % would come after that had failed.
  onPlatform(
    "database-storage-low",
    "MON-09",
    ["<", 5],
    ["aws.rds.free_storage_space", "aws.rds.total_storage_space", "100 *"],
    ofAws,
  ),
  // Slower than this a disk is slower than a spinning one.
  onPlatform("database-disk-slow", "MON-09", [">", 0.02], ["aws.rds.read_latency"], ofAws),
  onPlatform("database-disk-writes-slow", "MON-09", [">", 0.02], ["aws.rds.write_latency"], ofAws),
  // Twice what 16,000 operations a second, the most of a gp3 volume, keep busy: AWS, "Amazon EBS I/O characteristics".
  onPlatform("database-disk-queue", "MON-09", [">", 32], ["aws.rds.disk_queue_depth"], ofAws),
  onPlatform(
    "database-storage-full-within-a-week",
    "MON-09",
    ["<=", 2],
    ["forecast(", "aws.rds.free_storage_space", "aws.rds.total_storage_space", "100 *"],
    { within: 7 * 86_400, ...ofAws },
  ),
  onPlatform("database-storage-limit-near", "MON-09", [">", 95], ["aws.rds.total_storage_space", "100 *"], {
    capacity: maxStorageBytes,
    ...ofAws,
  }),
  onPlatform(
    "database-transaction-logs-large",
    "MON-09",
    [">", 50],
    ["aws.rds.transaction_logs_disk_usage", "aws.rds.total_storage_space", "100 *"],
    ofAws,
  ),
  // PostgreSQL warns at 40 million before its end, 2^31: "Routine Vacuuming". Weeks of work must be left.
  onPlatform(
    "database-transaction-ids-high",
    "MON-09",
    [">", 1.5e9],
    ["maximum_used_transaction_ids"],
    ofAws,
  ),
  // A sixteenth of the smallest memory that production's instances have.
  onPlatform("database-swap-high", "MON-09", [">", 512 * 2 ** 20], ["aws.rds.swap_usage"], ofAws),
  // An hour's earnings of a db.t4g.medium: AWS, "CPU credits".
  onPlatform("database-cpu-credits-low", "MON-09", ["<", 12], ["aws.rds.cpucredit_balance"], {
    applies: hasBurstableDatabase,
    ...ofAws,
  }),
  onPlatform("cache-cpu-credits-low", "MON-10", ["<", 12], ["aws.elasticache.cpucredit_balance"], {
    applies: hasBurstableCache,
    ...ofCaches,
  }),
  onPlatform("cache-connections-high", "MON-10", [">", 95], ["aws.elasticache.curr_connections", "100 *"], {
    // ElastiCache's own limit for a node: AWS, "Redis-specific parameters", maxclients.
    capacity: () => 65_000,
    ...ofCaches,
  }),
  onPlatform("cache-replication-lag", "MON-10", [">", 30], ["aws.elasticache.replication_lag"], {
    applies: hasReplicas,
    ...ofCaches,
  }),
  // AWS, "Which metrics should I monitor?": not beyond 50 MB.
  onPlatform("cache-swap-high", "MON-10", [">", 50e6], ["aws.elasticache.swap_usage"], ofCaches),
  onPlatform("cache-evictions", "MON-10", [">", 10_000], ["aws.elasticache.evictions"], {
    per: 900,
    ...ofCaches,
  }),
  // Ten times the promised error rate.
  onPlatform("edge-errors", "MON-13", [">", 1], ["aws.cloudfront.5xx_error_rate"], unhurried),
  onPlatform("edge-client-errors", "MON-13", [">", 25], ["aws.cloudfront.4xx_error_rate"]),
  // Of the 2.5 s that a page may take (requirements, "Service levels") most is left for the way to the visitor.
  onPlatform("edge-origin-slow", "MON-13", [">", 1000], ["aws.cloudfront.origin_latency"]),
  onPlatform("firewall-blocks-unusual", "MON-37", [">=", 1], ["anomalies(", "aws.wafv2.blocked_requests"], {
    needs: { edge: ["cloudfront"] },
  }),
  ...vercelEdgeRules,
  // Half of ACM's renewal period of 45 days.
  onPlatform("certificate-renewal-stuck", "MON-23", ["<", 22], ["aws.certificatemanager.days_to_expiry"], {
    within: 86_400,
    healthy: renewedDaysAhead.cloudfront,
    needs: { edge: ["cloudfront"] },
  }),
  onPlatform("backup-failed", "MON-14", [">", 0], ["aws.backup.number_of_backup_jobs_failed"], ofAccount),
  onPlatform("backup-copy-failed", "MON-14", [">", 0], ["aws.backup.number_of_copy_jobs_failed"], ofAccount),
  onPlatform("backup-missing", "MON-14", ["<", 1], ["aws.backup.number_of_backup_jobs_completed"], daily),
  onPlatform("backup-copy-missing", "MON-14", ["<", 1], ["aws.backup.number_of_copy_jobs_completed"], daily),
  onPlatform(
    "backup-incomplete",
    "MON-14",
    [">", 0],
    ["aws.backup.number_of_recovery_points_partial"],
    ofAccount,
  ),
  onPlatform(
    "backup-restore-test-failed",
    "MON-14",
    [">", 0],
    ["aws.backup.number_of_restore_jobs_failed"],
    ofAccount,
  ),
  // Of a bucket whose filter has this name alone.
  onPlatform("dump-missing", "MON-14", ["<", 1], ["aws.s3.bytes_uploaded", "filterid:dumps"], {
    within: 27 * 3600,
    needs: { database: ["external"] },
  }),
  // Datadog collects each of AWS's services, and each region, by a switch of its own.
  onPlatform("aws-metrics-silent", "MON-38", ["<", 1], ["count_not_null(", "aws.rds."], ofAws),
  onPlatform("cache-metrics-silent", "MON-38", ["<", 1], ["count_not_null(", "aws.elasticache."], ofCaches),
  // CloudFront reports to us-east-1 alone.
  onPlatform("edge-metrics-silent", "MON-38", ["<", 1], ["count_not_null(", "aws.cloudfront."], {
    needs: { edge: ["cloudfront"] },
  }),
  // A sixth of 20 million, the most that production's index takes in a day: six hours until it is full.
  onPlatform(
    "log-index-filling",
    "MON-27",
    [">", 20e6 / 6],
    ["estimated_usage.logs.ingested_events", "datadog_is_excluded:false"],
    {
      per: 3600,
      scope: (stack) => `datadog_index:${stack.ofType(logIndex)[0]?.props.name ?? ""}`,
    },
  ),
];

/** The most connections that any of the databases takes, from its parameters. */
function maxConnections(stack: Stack): number | undefined {
  const limits = stack
    .ofType(databaseInstance)
    .flatMap((instance) => linked(instance as Resource, "parameterGroupName", parameterGroup))
    .flatMap(({ props }) => props.parameters ?? [])
    .filter(({ name }) => name === "max_connections")
    .map(({ value }) => Number(value));
  return limits.length > 0 ? Math.max(...limits) : undefined;
}

/** What the largest of the databases may grow to. */
function maxStorageBytes(stack: Stack): number | undefined {
  const limits = stack
    .ofType(databaseInstance)
    .flatMap(({ props }) => props.maxAllocatedStorage ?? props.allocatedStorage ?? []);
  return limits.length > 0 ? Math.max(...limits) * 2 ** 30 : undefined;
}

function hasBurstableDatabase(stack: Stack): boolean {
  const instances = stack.ofType(databaseInstance);
  return instances.length === 0 || instances.some(({ props }) => /^db\.t\d/.test(props.instanceClass));
}

function hasBurstableCache(stack: Stack): boolean {
  const groups = stack.ofType(cacheGroup);
  return groups.length === 0 || groups.some(({ props }) => /^cache\.t\d/.test(props.nodeType ?? ""));
}

function hasReplicas(stack: Stack): boolean {
  const groups = stack.ofType(cacheGroup);
  return groups.length === 0 || groups.some(({ props }) => props.numCacheClusters !== 1);
}
