/** Alerts on what should report and does not: background jobs, and the monitoring itself. */

import type { StackSpec } from "../../config/stack-spec.ts";
import { cachesOfAws, databasesOfAws } from "../../parts.ts";
import type { PlatformRows, ServiceRows } from "../alert.ts";
import { cloudWatch } from "../cloudwatch.ts";
import type { MetricSignal, Series } from "../signal.ts";
import { aws, dailyLogLimit, logCount, logIndex, requestDurationMetric, serviceTags } from "../telemetry.ts";

export const silenceAlerts = {
  "heartbeat-missed": {
    title: "a background job did not finish in time",
    meaning: "What it should have done has not happened, and no user sees an error.",
    severity: "SEV3",
    runbook: "jobs",
    dashboard: "Operations",
    graph: "Finished jobs",
    signals: (service, spec) =>
      (service.heartbeats ?? []).map(({ name, everyMinutes }) => ({
        ...silent({
          aggregate: "sum",
          metric: "job.completed",
          filter: { ...serviceTags(spec, service), job: name },
          as: "count",
        }),
        name,
        everyMinutes,
        // Two runs, and half of one for how long they take: a lost run is made good by the next.
        windowMinutes: Math.ceil(everyMinutes * 2.5),
      })),
  },
  // Our own checks call the service all day, so each of these has something to report at any time.
  "logs-silent": {
    title: "no request logs arrive",
    meaning: "Alerts on logs cannot fire, and an incident now would leave nothing to read.",
    severity: "SEV3",
    runbook: "telemetry",
    dashboard: "Operations",
    graph: "Request logs",
    signals: (service, spec) => [silent(logCount(spec, service, "requests"))],
  },
  "request-metrics-silent": {
    title: "requests carry no endpoint class",
    meaning: "The latency of no class is watched: their alerts and objectives are blind, and look well.",
    severity: "SEV3",
    runbook: "telemetry",
    dashboard: "Operations",
    graph: "Requests with an endpoint class",
    signals: (service, spec) => [
      silent({
        aggregate: "count",
        metric: requestDurationMetric(spec),
        filter: serviceTags(spec, service),
        as: "count",
      }),
    ],
  },
} as const satisfies ServiceRows;

export const platformSilenceAlerts = {
  "aws-metrics-silent": {
    title: "AWS metrics no longer arrive",
    meaning: "Nobody watches the database, and perhaps nothing else of AWS: Datadog's integration is broken.",
    severity: "SEV3",
    needs: { database: databasesOfAws },
    runbook: "telemetry",
    dashboard: "Operations",
    graph: "Database instances that report",
    signals: (spec) => [noneReports(spec, "rds.cpuutilization", "dbinstanceidentifier")],
  },
  // Datadog collects each service of AWS, and each region, by a switch of its own.
  "cache-metrics-silent": {
    title: "the cache's metrics no longer arrive",
    meaning: "Nobody watches the cache: Datadog does not collect ElastiCache, or not in this region.",
    severity: "SEV3",
    needs: { cache: cachesOfAws },
    runbook: "telemetry",
    dashboard: "Operations",
    graph: "Cache nodes that report",
    signals: (spec) => [noneReports(spec, "elasticache.engine_cpuutilization", "cacheclusterid")],
  },
  // Our own checks come through the edge all day, so it has something to report at any time.
  "edge-metrics-silent": {
    needs: { edge: ["cloudfront"] },
    title: "the edge's metrics no longer arrive",
    meaning: "Nobody watches edge, firewall and certificates: Datadog does not collect us-east-1.",
    severity: "SEV3",
    runbook: "telemetry",
    dashboard: "Operations",
    graph: "Distributions that report",
    signals: (spec) => [noneReports(spec, "cloudfront.requests", "distributionid")],
  },
  "log-index-filling": {
    title: "the log index fills too fast for a day",
    meaning: "At its daily limit Datadog drops what comes, the logs of the next incident among it.",
    severity: "SEV4",
    runbook: "telemetry",
    dashboard: "Operations",
    graph: "Indexed logs",
    signals: (spec) => {
      /** Logs of an hour that would fill the index within so many. */
      const full = (hours: number) => Math.round(dailyLogLimit[spec.tier] / hours);
      return [
        {
          kind: "metric",
          // Datadog, "Estimated Usage Metrics".
          expression: {
            series: {
              aggregate: "sum",
              metric: "datadog.estimated_usage.logs.ingested_events",
              filter: { datadog_index: logIndex(spec), datadog_is_excluded: "false" },
              as: "count",
            },
          },
          over: "sum",
          windowMinutes: 60,
          comparator: ">",
          thresholds: { critical: full(12), warning: full(16), recovery: full(20) },
          unit: "",
          evaluationDelaySeconds: 0,
          onMissingData: "default",
        },
      ];
    },
  },
} as const satisfies PlatformRows;

/** None of the stack's resources of a kind has reported for an hour. */
function noneReports(spec: StackSpec, metric: string, by: string): MetricSignal {
  const reporting = { ...aws(spec, "avg", metric), by: [by] };
  return {
    ...cloudWatch({ reporting }, "<", { critical: 1 }, ""),
    over: "max",
    windowMinutes: 60,
    onMissingData: "show_and_notify_no_data",
  };
}

/** Not one in a quarter of an hour. Silence is the fault, whether Datadog sees a count of zero or no series at all. */
function silent(series: Series): MetricSignal {
  return {
    kind: "metric",
    expression: { series },
    over: "sum",
    windowMinutes: 15,
    comparator: "<",
    thresholds: { critical: 1 },
    unit: "",
    evaluationDelaySeconds: 0,
    onMissingData: "show_and_notify_no_data",
  };
}
