/** Alerts on a service's calls of its data stores, as its own spans and logs tell of them. */

import type { ServiceSpec, StackSpec } from "../../config/stack-spec.ts";
import { cachesOfAws } from "../../parts.ts";
import type { ServiceRows } from "../alert.ts";
import type { MetricSignal, Series, Thresholds } from "../signal.ts";
import { type LogPattern, logCount, serviceTags, storeSpans } from "../telemetry.ts";
import { beyondUsual } from "../thresholds.ts";
import { busiest, quietest, trafficOf, windowFor } from "../traffic.ts";

type Store = Parameters<typeof storeSpans>[0];

/** Of a hundred calls that fail, most fail a request. Ten times the promised error rate. */
const failing: Thresholds = { critical: 1, recovery: 1 };

export const dataAccessAlerts = {
  "database-query-latency": {
    title: "database queries are slow",
    meaning: "Every request that reads or writes data gets slower; often an index is missing.",
    severity: "SEV3",
    runbook: "database",
    dashboard: "Operations",
    graph: "Database query time p95",
    signals: (service, spec) => [
      // Two thirds of what a read may take in all; the rest is left for the app and the network.
      duration(spec, service, "postgresql", "p95", { critical: 0.1, warning: 0.075, recovery: 0.05 }),
    ],
  },
  "database-query-slow": {
    title: "the slowest database queries take seconds",
    meaning: "One query in a hundred holds its connection, and perhaps locks, for over a second.",
    severity: "SEV3",
    runbook: "database",
    dashboard: "Operations",
    graph: "Database query time p99",
    signals: (service, spec) => [
      duration(spec, service, "postgresql", "p99", { critical: 1, warning: 0.75, recovery: 0.5 }),
    ],
  },
  "database-query-errors": {
    title: "database queries fail",
    meaning: "Requests that need data fail: connections, permissions, locks, or a migration that is missing.",
    severity: "SEV3",
    runbook: "database",
    dashboard: "Operations",
    graph: "Database query errors",
    signals: (service, spec) => [errors(spec, service, "postgresql")],
  },
  // RDS has no metric of deadlocks for PostgreSQL; CloudWatch's is Aurora's.
  "database-deadlocks": {
    title: "transactions block each other",
    meaning: "PostgreSQL ends one of them each time, and with it what its user did.",
    severity: "SEV3",
    runbook: "database",
    dashboard: "Operations",
    graph: "Database deadlocks",
    signals: (service, spec) => [
      {
        ...call({ series: logCount(spec, service, "deadlocks") }, { critical: 5, warning: 2, recovery: 1 }),
        over: "sum",
        unit: "",
        onMissingData: "default",
      },
    ],
  },
  // Of a database that somebody else runs no metric arrives: what it refuses, the app logs.
  "database-connections-refused": {
    title: "the database refuses connections",
    meaning: "It, or the pooler before it, has no connection left: these requests fail, and soon all do.",
    severity: "SEV2",
    needs: { database: ["external"] },
    runbook: "database",
    dashboard: "Operations",
    graph: "Refused database connections",
    signals: (service, spec) => [
      refusals(spec, service, "database_refusals", { critical: 10, warning: 5, recovery: 2 }),
    ],
  },
  "database-logins-refused": {
    title: "the database refuses the service's login",
    meaning: "The password was changed there and not here, or the other way round.",
    severity: "SEV2",
    needs: { database: ["external"] },
    runbook: "database",
    dashboard: "Operations",
    graph: "Refused database logins",
    signals: (service, spec) => [
      refusals(spec, service, "database_logins", { critical: 5, warning: 2, recovery: 1 }),
    ],
  },
  "cache-command-latency": {
    title: "cache commands are slow",
    meaning: "What should be the fast way takes as long as the database.",
    severity: "SEV3",
    needs: { cache: cachesOfAws },
    runbook: "cache",
    dashboard: "Operations",
    graph: "Cache command time p95",
    signals: (service, spec) => [
      // Within a region a command takes a millisecond; at 20 ms a page of a few commands feels it.
      duration(spec, service, "redis", "p95", { critical: 0.02, warning: 0.015, recovery: 0.01 }),
    ],
  },
  "cache-command-errors": {
    title: "cache commands fail",
    meaning: "Sessions are lost and the database does the cache's work.",
    severity: "SEV3",
    needs: { cache: cachesOfAws },
    runbook: "cache",
    dashboard: "Operations",
    graph: "Cache command errors",
    signals: (service, spec) => [errors(spec, service, "redis")],
  },
} as const satisfies ServiceRows;

function duration(
  spec: StackSpec,
  service: ServiceSpec,
  store: Store,
  aggregate: "p95" | "p99",
  thresholds: Thresholds,
): MetricSignal {
  const series: Series = { aggregate, metric: storeSpans(store), filter: serviceTags(spec, service) };
  // At one call a request.
  const windowMinutes = windowFor(45, quietest(trafficOf(service, spec)), 15);
  return { ...call({ series }, thresholds), over: "percentile", windowMinutes, unit: "s" };
}

function errors(spec: StackSpec, service: ServiceSpec, store: Store): MetricSignal {
  const counted = (what: string): Series => ({
    aggregate: "sum",
    metric: `${storeSpans(store)}.${what}`,
    filter: serviceTags(spec, service),
    as: "count",
  });
  // Three calls that fail beyond the share: one alone is a share where few are made.
  return { ...call({ part: counted("errors"), whole: [counted("hits")] }, failing), more: 3 };
}

/** Within five minutes; each fails a request, of those that may fail a hundredth. */
function refusals(
  spec: StackSpec,
  service: ServiceSpec,
  pattern: LogPattern,
  base: Required<Thresholds>,
): MetricSignal {
  const windowMinutes = 5;
  const failing = service.serviceLevels.errorRate.targetPercent / 100;
  const usual = (busiest(trafficOf(service, spec)) * windowMinutes * failing) / 100;
  return {
    ...call({ series: logCount(spec, service, pattern) }, beyondUsual(base, usual)),
    windowMinutes,
    unit: "",
    onMissingData: "default",
  };
}

/** A service that calls nothing has nothing to wait for. */
function call(expression: MetricSignal["expression"], thresholds: Thresholds): MetricSignal {
  return {
    kind: "metric",
    expression,
    over: "sum",
    windowMinutes: 15,
    comparator: ">",
    thresholds,
    unit: "%",
    evaluationDelaySeconds: 0,
    onMissingData: "resolve",
  };
}
