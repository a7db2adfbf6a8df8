/** Which alerts every service must have, and the value at which each has to fire at the latest. */

import { checkedRequests } from "../../declared/traffic.ts";
import type { Rule } from "../../rule.ts";
import { onRuns, onService } from "./alerted.ts";

const ms = 1e6;

/** Requirements, "Service levels": "alert above", by endpoint class; span durations are in nanoseconds. */
const classLimits = {
  list: 300 * ms,
  read: 225 * ms,
  write: 375 * ms,
  analytics: 450 * ms,
  search: 375 * ms,
};

/** Percentiles of few requests need hours of them; where all are slow, a small part of these is enough. */
const unhurried = { within: 8 * 3600 };

/** Of a database that somebody else runs, what it refuses: ten a minute fail as many requests. */
const ofElsewhere = { per: 300, needs: { database: ["external"] } } as const;

const hits = "trace.http.server.request.hits";
const errorRate = ["trace.http.server.request.errors", hits];

export const serviceAlertRules: readonly Rule[] = [
  ...Object.entries(classLimits).map(([endpointClass, limit]) =>
    onService(
      `latency-${endpointClass}`,
      "MON-01",
      [">", limit],
      ["p95:", ".request.duration{", `endpoint_class:${endpointClass}`],
      unhurried,
    ),
  ),
  // The rest of the same table.
  onService("latency-overall", "MON-02", [">", 0.3], ["p95:trace.http.server.request{"], unhurried),
  // Requirements, "Service levels": a page answers within 2.5 s.
  onService("latency-p99", "MON-02", [">", 2.5], ["p99:trace.http.server.request{"], unhurried),
  onService("latency-anomaly", "MON-36", [">=", 1], ["anomalies(", "p95:trace.http.server.request{"]),
  onService("error-rate", "MON-03", [">", 0.5], errorRate),
  onService("error-rate-high", "MON-03", [">", 1], errorRate),
  // Of one class: a tenth of them, and it is no odd request any more.
  ...Object.keys(classLimits).map((endpointClass) =>
    onService(
      `errors-${endpointClass}`,
      "MON-03",
      [">", 10],
      [".request.failed{", ".request.duration{", `endpoint_class:${endpointClass}`],
    ),
  ),
  // Where most requests fail it is an outage, below a degradation: requirements, "Severities and escalation".
  onService("service-outage", "MON-04", [">", 50], errorRate),
  // With most of what arrives by itself missing, nothing else arrives either.
  onService("traffic-drop", "MON-05", ["<", 1], [hits], {
    least: (stack, service, seconds) => checkedRequests(stack, service, seconds) / 4,
  }),
  onService("traffic-anomaly", "MON-36", [">=", 1], ["anomalies(", hits, "direction='both'"]),
  onService("function-cpu-high", "MON-12", [">", 0.9], ["nodejs.eventloop.utilization"]),
  onService(
    "function-memory-high",
    "MON-12",
    [">", 90],
    ["v8js.memory.heap.used", "v8js.memory.heap.limit", "100 *"],
  ),
  // A query that takes the p95 target of a whole read request.
  onService("database-query-latency", "MON-09", [">", 0.15], ["p95:trace.postgresql.query"]),
  // A request in a hundred that waits so long for data misses every latency target of its class.
  onService("database-query-slow", "MON-09", [">", 1], ["p99:trace.postgresql.query"]),
  // Ten times the promised error rate.
  onService(
    "database-query-errors",
    "MON-09",
    [">", 1],
    ["trace.postgresql.query.errors", "trace.postgresql.query.hits"],
  ),
  onService(
    "cache-command-errors",
    "MON-10",
    [">", 1],
    ["trace.redis.query.errors", "trace.redis.query.hits"],
  ),
  // A third of what a read may take in all, for one command.
  onService("cache-command-latency", "MON-10", [">", 0.05], ["p95:trace.redis.query"]),
  // One a minute.
  onService("database-deadlocks", "MON-09", [">", 15], [".logs.deadlocks"], { per: 900 }),
  onService("database-connections-refused", "MON-09", [">", 50], [".logs.database_refusals"], ofElsewhere),
  onService("database-logins-refused", "MON-09", [">", 50], [".logs.database_logins"], ofElsewhere),
  onService("log-error-burst", "MON-15", [">", 1000], [".logs.errors"], { per: 300 }),
  onService("log-server-error-burst", "MON-15", [">", 100], [".logs.requests", "status_code:5*"], {
    per: 300,
  }),
  // A guess every second.
  onService("login-failure-burst", "MON-37", [">", 300], [".logs.login_failures"], { per: 300 }),
  // At 90 % of a queue's capacity, as above; a throttled request is a refused one.
  onService("function-event-loop-slow", "MON-12", [">", 0.15], ["nodejs.eventloop.delay.p99"]),
  onService("function-timeouts", "MON-12", [">", 50], [".logs.function_timeouts"], { per: 300 }),
  onService("function-throttled", "MON-12", [">", 50], [".logs.function_throttles"], { per: 300 }),
  onService("function-crashes", "MON-12", [">", 50], [".logs.function_crashes"], { per: 300 }),
  onService(
    "pool-utilisation-high",
    "MON-09",
    [">", 90],
    ["db.client.connection.count{", "connection.state:used", "db.client.connection.max{", "100 *"],
  ),
  onService("pool-waiting", "MON-09", [">", 10], ["db.client.connection.pending_requests"]),
  // The limits of a good experience: Google, "Web Vitals" (web.dev).
  onService(
    "web-vitals-lcp",
    "MON-16",
    [">", 2500 * ms],
    ["@view.largest_contentful_paint", "pc75"],
    unhurried,
  ),
  onService(
    "web-vitals-inp",
    "MON-16",
    [">", 200 * ms],
    ["@view.interaction_to_next_paint", "pc75"],
    unhurried,
  ),
  onService("web-vitals-cls", "MON-16", [">", 0.1], ["@view.cumulative_layout_shift", "pc75"], unhurried),
  // Requirements, "Service levels": a page answers within 2.5 s.
  onService("page-load-slow", "MON-16", [">", 2500 * ms], ["@view.loading_time", "pc75"], unhurried),
  onService("frontend-errors", "MON-16", [">", 1000], ["@type:error"], { per: 900 }),
  onService("deployment-build-failed", "MON-17", [">", 0], [".logs.build_failures"]),
  onService("deployment-pipeline-failed", "MON-17", [">", 0], ["@ci.status:error"], {
    scope: () => "@git.branch:",
  }),
  onRuns("heartbeat-missed", "MON-38"),
  // Any number above none.
  onService("logs-silent", "MON-38", ["<", 1], [".logs.requests"]),
  onService("request-metrics-silent", "MON-38", ["<", 1], ["count:", ".request.duration"]),
];
