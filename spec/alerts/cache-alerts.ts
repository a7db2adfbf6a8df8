/** Alerts on the cache that the services share. */
import type { StackSpec } from "../config.ts";
import type { PlatformRows } from "./alert.ts";
import { busy, cloudWatch } from "./cloudwatch.ts";
import type { Thresholds } from "./signal.ts";
import { aws, awsCount } from "./telemetry.ts";
import { between } from "./thresholds.ts";

export const cacheAlerts = {
  "cache-cpu-high": {
    title: "the cache's CPU is busy",
    meaning: "The engine handles one command at a time: all of them get slower.",
    severity: "SEV3",
    runbook: "cache",
    dashboard: "Operations",
    signals: (spec) => [
      cloudWatch({ series: aws(spec, "max", "elasticache.engine_cpuutilization") }, ">", busy, "%"),
    ],
  },
  "cache-memory-high": {
    title: "the cache is nearly full",
    meaning: "It soon drops entries that are still wanted.",
    severity: "SEV3",
    runbook: "cache",
    dashboard: "Operations",
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
    runbook: "cache",
    dashboard: "Operations",
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
    runbook: "cache",
    dashboard: "Operations",
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
        windowMinutes: 30,
      },
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
