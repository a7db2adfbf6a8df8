/** Which alerts a stack must have, and the value at which each has to fire at the latest. */
import type { ItemId } from "../../../spec/checklist.ts";
import { platform } from "../../../spec/routing.ts";
import { show } from "../../expect.ts";
import type { Stack } from "../../resource.ts";
import { type Rule, stackRule, type Violation } from "../../rule.ts";
import { everyService, monitor, tagged } from "./subjects.ts";

/** Above (`>`) or below (`<`) this it fires, or sooner. */
type Limit = readonly [comparator: ">" | "<", value: number];

const ms = 1e6;

/** Requirements, section 1: "alert above", by endpoint class; span durations are in nanoseconds. */
const classLimits = {
  list: 300 * ms,
  read: 225 * ms,
  write: 375 * ms,
  analytics: 450 * ms,
  search: 375 * ms,
};

const hits = "trace.http.server.request.hits";
const errorRate = ["trace.http.server.request.errors", hits, "100 *"];

export const alertRules: readonly Rule[] = [
  ...Object.entries(classLimits).map(([endpointClass, limit]) =>
    onService(
      `latency-${endpointClass}`,
      "MON-01",
      [">", limit],
      ["p95:", `endpoint_class:${endpointClass}`],
    ),
  ),
  // The rest of the same table.
  onService("latency-overall", "MON-02", [">", 0.3], ["p95:trace.http.server.request{"]),
  onService("error-rate", "MON-03", [">", 0.5], errorRate),
  onService("error-rate-high", "MON-03", [">", 1], errorRate),
  onPlatform("cache-hit-rate-low", "MON-11", ["<", 60], ["cache_hits", "cache_misses"]),
  // Where most requests fail, section 2 speaks of an outage; below, of a degradation.
  onService("service-outage", "MON-04", [">", 50], errorRate),
  // Any number above none.
  onService("traffic-drop", "MON-05", ["<", 1], [hits]),
  // At nine tenths of its capacity a queue already takes ten times as long as an idle one (M/M/1).
  onPlatform("database-cpu-high", "MON-09", [">", 90], ["aws.rds.cpuutilization"]),
  onPlatform("database-connections-high", "MON-09", [">", 90], ["aws.rds.database_connections", "100 *"]),
  onPlatform("cache-cpu-high", "MON-10", [">", 90], ["aws.elasticache.engine_cpuutilization"]),
  onPlatform("cache-memory-high", "MON-10", [">", 90], ["database_memory_usage_percentage"]),
  onService("function-cpu-high", "MON-12", [">", 0.9], ["nodejs.eventloop.utilization"]),
  onService("function-memory-high", "MON-12", [">", 90], ["v8js.memory.heap.used", "100 *"]),
  // 128 MiB: what a few dozen connections of PostgreSQL need besides the shared buffers.
  onPlatform("database-memory-low", "MON-09", ["<", 128 * 2 ** 20], ["aws.rds.freeable_memory"]),
  // RDS grows the storage by itself below 10 %: an alert below 5 % would come after that had failed.
  onPlatform("database-storage-low", "MON-09", ["<", 5], ["aws.rds.free_storage_space", "100 *"]),
  // Slower than this a disk is slower than a spinning one.
  onPlatform("database-disk-slow", "MON-09", [">", 0.02], ["aws.rds.read_latency"]),
  // A query that takes the p95 target of a whole read request.
  onService("database-query-latency", "MON-09", [">", 0.15], ["p95:trace.postgresql.query"]),
  onPlatform("cache-evictions", "MON-10", [">", 10_000], ["aws.elasticache.evictions"]),
  // Ten times the promised error rate.
  onPlatform("edge-errors", "MON-13", [">", 1], ["aws.cloudfront.5xx_error_rate"]),
  onPlatform("backup-failed", "MON-14", [">", 0], ["aws.backup.number_of_backup_jobs_failed"]),
  onPlatform("backup-copy-failed", "MON-14", [">", 0], ["aws.backup.number_of_copy_jobs_failed"]),
  onPlatform("backup-missing", "MON-14", ["<", 1], ["aws.backup.number_of_backup_jobs_completed"]),
  onService("log-error-burst", "MON-15", [">", 1000], [".logs.errors"]),
  // The limits of a good experience: Google, "Web Vitals" (web.dev).
  onService("web-vitals-lcp", "MON-16", [">", 2500 * ms], ["@view.largest_contentful_paint", "pc75"]),
  onService("web-vitals-inp", "MON-16", [">", 200 * ms], ["@view.interaction_to_next_paint", "pc75"]),
  onService("web-vitals-cls", "MON-16", [">", 0.1], ["@view.cumulative_layout_shift", "pc75"]),
  onService("deployment-pipeline-failed", "MON-17", [">", 0], ["@ci.status:error"], () => "@git.branch:"),
];

/** @param scope what the query must be narrowed to */
function onService(
  alert: string,
  item: ItemId,
  limit: Limit,
  query: readonly string[],
  scope: (service: string) => string = (service) => `service:${service}`,
): Rule {
  return stackRule({
    id: `${alert}-alerted`,
    item,
    checkStack: (stack) =>
      everyService(stack, (service) => alerted(stack, alert, service, limit, [...query, scope(service)])),
  });
}

function onPlatform(alert: string, item: ItemId, limit: Limit, query: readonly string[]): Rule {
  return stackRule({
    id: `${alert}-alerted`,
    item,
    checkStack: (stack) => alerted(stack, alert, platform, limit, [...query, `environment:${stack.name}`]),
  });
}

/** There is a monitor of this alert, it watches what it says, and it fires soon enough. */
function alerted(
  stack: Stack,
  alert: string,
  service: string,
  [comparator, value]: Limit,
  query: readonly string[],
): readonly Violation[] {
  const found = tagged(stack.ofType(monitor), { alert, service });
  if (found.length === 0) {
    return [{ observed: `${service} has no monitor of the alert ${alert}`, wanted: "declared" }];
  }
  return found.flatMap((resource) => {
    const { props } = resource;
    const missing = [...query, ` ${comparator} `].filter((part) => !props.query.includes(part));
    if (missing.length > 0) {
      return [
        { resource, observed: "query watches something else", wanted: `about ${missing.join(" and ")}` },
      ];
    }
    const critical = Number(props.monitorThresholds?.critical ?? Number.NaN);
    if (comparator === ">" ? critical <= value : critical >= value) return [];
    const observed = `monitorThresholds.critical is ${show(props.monitorThresholds?.critical)}`;
    return [{ resource, observed, wanted: `${comparator === ">" ? "≤" : "≥"} ${value}` }];
  });
}
