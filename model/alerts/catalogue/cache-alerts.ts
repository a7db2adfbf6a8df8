/** Alerts on the cache that the services share. */

import type { StackSpec } from "../../config/stack-spec.ts";
import { cachesOfAws } from "../../parts.ts";
import type { PlatformRows } from "../alert.ts";
import { busy, cloudWatch, creditsLow, isBurstable } from "../cloudwatch.ts";
import type { Thresholds } from "../signal.ts";
import { aws, awsCount } from "../telemetry.ts";
import { between } from "../thresholds.ts";
import { allTraffic, quietest, windowFor } from "../traffic.ts";

/** Clients of a node, and no setting changes it: AWS, "Valkey and Redis OSS configuration and limits". */
const maxConnections = 65_000;

const ofCache = { runbook: "cache", dashboard: "Operations", needs: { cache: cachesOfAws } } as const;

export const cacheAlerts = {
  "cache-cpu-high": {
    title: "the cache's CPU is busy",
    meaning: "The engine handles one command at a time: all of them get slower.",
    severity: "SEV3",
    ...ofCache,
    graph: "Cache CPU",
    signals: (spec) => [
      cloudWatch({ series: aws(spec, "max", "elasticache.engine_cpuutilization") }, ">", busy, "%"),
    ],
  },
  "cache-memory-high": {
    title: "the cache is nearly full",
    meaning: "It soon drops entries that are still wanted.",
    severity: "SEV3",
    ...ofCache,
    graph: "Cache memory",
    signals: (spec) => [
      cloudWatch(
        { series: aws(spec, "max", "elasticache.database_memory_usage_percentage") },
        ">",
        busy,
        "%",
      ),
    ],
  },
  "cache-evictions": {
    title: "the cache drops entries",
    meaning: "Entries leave before they expire, so the database does their work again.",
    severity: "SEV4",
    ...ofCache,
    graph: "Cache evictions",
    signals: (spec) => [
      {
        ...cloudWatch(
          { series: awsCount(spec, "elasticache.evictions") },
          ">",
          { critical: 1000, warning: 500, recovery: 100 },
          "",
        ),
        over: "sum",
        onMissingData: "default",
      },
    ],
  },
  "cache-hit-rate-low": {
    title: "the cache's hit rate is low",
    meaning: "The database does work that the cache should save it.",
    severity: "SEV3",
    ...ofCache,
    graph: "Cache hit rate",
    signals: (spec) => [
      {
        ...cloudWatch(
          {
            part: awsCount(spec, "elasticache.cache_hits"),
            whole: [awsCount(spec, "elasticache.cache_hits"), awsCount(spec, "elasticache.cache_misses")],
          },
          "<",
          strictestHitRate(spec),
          "%",
        ),
        over: "sum",
        // At one look-up a request.
        windowMinutes: windowFor(450, quietest(allTraffic(spec)), 30),
      },
    ],
  },
  "cache-connections-high": {
    title: "the cache runs out of connections",
    meaning: "Functions that find no connection do without the cache, or fail.",
    severity: "SEV3",
    ...ofCache,
    graph: "Cache connections",
    signals: (spec) => [
      cloudWatch(
        { part: aws(spec, "max", "elasticache.curr_connections"), whole: maxConnections },
        ">",
        busy,
        "%",
      ),
    ],
  },
  "cache-replication-lag": {
    title: "the cache's replicas lag behind",
    meaning: "Readers see old data, and a failover would lose what has not arrived.",
    severity: "SEV3",
    ...ofCache,
    graph: "Cache replication lag",
    signals: (spec) =>
      spec.cache.kind !== "none" && spec.cache.nodes > 1
        ? [
            cloudWatch(
              { series: aws(spec, "max", "elasticache.replication_lag") },
              ">",
              { critical: 5, warning: 2, recovery: 1 },
              "s",
            ),
          ]
        : [],
  },
  "cache-cpu-credits-low": {
    title: "the cache's CPU credits run out",
    meaning: "Without credits it falls back to a fifth of its CPU, and all commands wait.",
    severity: "SEV3",
    ...ofCache,
    graph: "Cache CPU credits",
    signals: (spec) =>
      spec.cache.kind !== "none" && isBurstable(spec.cache.nodeType)
        ? [cloudWatch({ series: aws(spec, "min", "elasticache.cpucredit_balance") }, "<", creditsLow, "")]
        : [],
  },
  "cache-swap-high": {
    title: "the cache swaps",
    meaning: "A cache that reads from disk is slower than none.",
    severity: "SEV4",
    ...ofCache,
    graph: "Cache swap",
    signals: (spec) => [
      cloudWatch(
        { series: aws(spec, "max", "elasticache.swap_usage") },
        ">",
        // 50 MB are too much: AWS, "Which metrics should I monitor?" (ElastiCache).
        { critical: 50e6, warning: 30e6, recovery: 20e6 },
        "bytes",
      ),
    ],
  },
} as const satisfies PlatformRows;

/** The services share the cache; the one that promises most decides. */
function strictestHitRate({ services }: StackSpec): Thresholds {
  const levels = services.map((s) => s.serviceLevels.cacheHitRate);
  return between(
    Math.max(...levels.map((l) => l.targetPercent)),
    Math.max(...levels.map((l) => l.alertPercent)),
  );
}
