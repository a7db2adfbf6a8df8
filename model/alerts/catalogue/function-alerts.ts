/**
 * Alerts on a service's functions. The app reports its runtime and its pool by OpenTelemetry's semantic
 * conventions ("Node.js runtime metrics", "V8 JS engine metrics", "database client metrics").
 */
import type { ServiceSpec, StackSpec } from "../../config/stack-spec.ts";
import type { ServiceRows } from "../alert.ts";
import { busy } from "../cloudwatch.ts";
import type { Expression, MetricSignal, Series, Thresholds } from "../signal.ts";
import { type LogPattern, logCount, serviceTags } from "../telemetry.ts";
import { beyondUsual } from "../thresholds.ts";
import { busiest, trafficOf } from "../traffic.ts";

export const functionAlerts = {
  "function-cpu-high": {
    title: "functions are short of CPU",
    meaning: "The event loop is always busy, so requests wait for each other.",
    severity: "SEV3",
    runbook: "infrastructure",
    dashboard: "Operations",
    graph: "Function CPU",
    signals: (service, spec) => [
      // From 0, idle, to 1.
      runtime({ series: gauge(spec, service, "avg", "nodejs.eventloop.utilization") }, "", {
        critical: 0.9,
        warning: 0.8,
        recovery: 0.7,
      }),
    ],
  },
  "function-event-loop-slow": {
    title: "functions block their event loop",
    meaning: "One request's computing makes all other requests of the function wait.",
    severity: "SEV3",
    runbook: "infrastructure",
    dashboard: "Operations",
    graph: "Function event loop delay p99",
    signals: (service, spec) => [
      // In seconds. Two thirds of what a read may take in all are gone before its work begins.
      runtime({ series: gauge(spec, service, "avg", "nodejs.eventloop.delay.p99") }, "s", {
        critical: 0.1,
        warning: 0.05,
        recovery: 0.03,
      }),
    ],
  },
  "function-memory-high": {
    title: "functions are short of memory",
    meaning: "A function that runs out of memory is killed together with its requests.",
    severity: "SEV3",
    runbook: "infrastructure",
    dashboard: "Operations",
    graph: "Function memory",
    signals: (service, spec) => {
      const heap = (what: string) => gauge(spec, service, "sum", `v8js.memory.heap.${what}`);
      return [runtime({ part: heap("used"), whole: [heap("limit")] }, "%", busy)];
    },
  },
  "function-timeouts": {
    title: "functions run out of time",
    meaning: "Vercel stops them at their limit: these users waited for nothing.",
    severity: "SEV3",
    runbook: "infrastructure",
    dashboard: "Operations",
    graph: "Function timeouts",
    signals: (service, spec) => [burst(spec, service, "function_timeouts")],
  },
  "function-throttled": {
    title: "functions are throttled",
    meaning: "More requests come than Vercel runs functions for; it refuses the rest.",
    severity: "SEV2",
    runbook: "infrastructure",
    dashboard: "Operations",
    graph: "Function throttles",
    signals: (service, spec) => [burst(spec, service, "function_throttles")],
  },
  "function-crashes": {
    title: "functions crash",
    meaning: "They end without an answer: out of memory, or an error that nothing catches.",
    severity: "SEV3",
    runbook: "infrastructure",
    dashboard: "Operations",
    graph: "Function crashes",
    signals: (service, spec) => [burst(spec, service, "function_crashes")],
  },
  "pool-utilisation-high": {
    title: "the connection pool is nearly used up",
    meaning: "The next requests wait for a connection, then fail.",
    severity: "SEV3",
    runbook: "database",
    dashboard: "Operations",
    graph: "Connection pool utilisation",
    signals: (service, spec) => {
      const used = gauge(spec, service, "sum", "db.client.connection.count");
      const filter = { ...used.filter, "db.client.connection.state": "used" };
      const max = gauge(spec, service, "sum", "db.client.connection.max");
      return [runtime({ part: { ...used, filter }, whole: [max] }, "%", busy)];
    },
  },
  "pool-waiting": {
    title: "requests wait for a database connection",
    meaning: "The pool is used up: everything that needs data is slower by the wait.",
    severity: "SEV3",
    runbook: "database",
    dashboard: "Operations",
    graph: "Requests that wait for a connection",
    signals: (service, spec) => [
      runtime({ series: gauge(spec, service, "sum", "db.client.connection.pending_requests") }, "requests", {
        critical: 5,
        warning: 2,
        recovery: 1,
      }),
    ],
  },
} as const satisfies ServiceRows;

function gauge(
  spec: StackSpec,
  service: ServiceSpec,
  aggregate: Series["aggregate"],
  metric: string,
): Series {
  return { aggregate, metric, filter: serviceTags(spec, service) };
}

/** Functions that do not run report nothing, and nothing is wrong with them. */
function runtime(expression: Expression, unit: MetricSignal["unit"], thresholds: Thresholds): MetricSignal {
  return {
    kind: "metric",
    expression,
    over: "avg",
    windowMinutes: 15,
    comparator: ">",
    thresholds,
    unit,
    evaluationDelaySeconds: 0,
    onMissingData: "resolve",
  };
}

/** One is a request's bad luck, ten within five minutes are not. No log is a count of zero. */
function burst(spec: StackSpec, service: ServiceSpec, pattern: LogPattern): MetricSignal {
  const windowMinutes = 5;
  // Of the failures that are promised, a tenth of this kind.
  const failing = service.serviceLevels.errorRate.targetPercent / 1000;
  const usual = busiest(trafficOf(service, spec)) * windowMinutes * failing;
  const thresholds = beyondUsual({ critical: 10, warning: 5, recovery: 2 }, usual);
  return {
    ...runtime({ series: logCount(spec, service, pattern) }, "", thresholds),
    over: "sum",
    windowMinutes,
    onMissingData: "default",
  };
}
