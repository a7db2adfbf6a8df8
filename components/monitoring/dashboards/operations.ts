/** Operations: is the product well right now, and if not, where does it hurt. */
import type * as datadog from "@pulumi/datadog";
import { type Alert, isOfKind } from "../../../spec/alerts/alert.ts";
import { seriesQuery } from "../../../spec/alerts/query.ts";
import { latency, requestCount } from "../../../spec/alerts/telemetry.ts";
import { type AlertId, alertsOfPlatform, alertsOfService } from "../../../spec/alerts.ts";
import type { StackSpec } from "../../../spec/config.ts";
import { platform } from "../../../spec/routing.ts";
import { datadogTags } from "../../tags.ts";
import type { ServiceMonitoring } from "../service-monitoring.ts";
import {
  alertGraph,
  alertSummary,
  eventGraph,
  group,
  metricGraph,
  objectiveSummary,
  type Widget,
} from "./widgets.ts";

/** What the graphs of requests can be narrowed to: a release, an endpoint. */
export const operationsVariables = ["version", "resource_name"] as const;

/** Title of each graph that shows an alert's own query and thresholds, by service and on the platform. */
const serviceGraphs: readonly (readonly [title: string, id: AlertId])[] = [
  ["Error rate", "error-rate"],
  ["Latency p95", "latency-overall"],
  ["Latency p95: list", "latency-list"],
  ["Latency p95: read", "latency-read"],
  ["Latency p95: write", "latency-write"],
  ["Latency p95: analytics", "latency-analytics"],
  ["Latency p95: search", "latency-search"],
  ["Database query time p95", "database-query-latency"],
  ["Function CPU", "function-cpu-high"],
  ["Function memory", "function-memory-high"],
  ["Error logs", "log-error-burst"],
  ["Largest contentful paint", "web-vitals-lcp"],
  ["Interaction to next paint", "web-vitals-inp"],
  ["Cumulative layout shift", "web-vitals-cls"],
];
const platformGraphs: readonly (readonly [title: string, id: AlertId])[] = [
  ["Database CPU", "database-cpu-high"],
  ["Database memory", "database-memory-low"],
  ["Database storage", "database-storage-low"],
  ["Database connections", "database-connections-high"],
  ["Database disk latency", "database-disk-slow"],
  ["Cache hit rate", "cache-hit-rate-low"],
  ["Cache CPU", "cache-cpu-high"],
  ["Cache memory", "cache-memory-high"],
  ["Cache evictions", "cache-evictions"],
  ["Edge errors", "edge-errors"],
];

/** What is shown of a service. */
export type Monitored = Pick<ServiceMonitoring, "service" | "objectives">;

export function operations(
  spec: StackSpec,
  services: readonly Monitored[],
): datadog.types.input.DashboardWidget[] {
  return [
    ...services.map((monitored) => serviceGroup(monitored, spec)),
    group("Platform", [
      alertSummary("Platform alerts", datadogTags(spec, { service: platform })),
      ...graphs(platformGraphs, alertsOfPlatform(spec)),
    ]),
  ];
}

function serviceGroup(
  { service, objectives }: Monitored,
  spec: StackSpec,
): datadog.types.input.DashboardWidget {
  const variables = operationsVariables.map((name) => `$${name}`);
  const rate = seriesQuery({ ...requestCount(spec, service), as: "rate" }, variables);
  const percentile = (p: "p50" | "p95" | "p99") => seriesQuery(latency(spec, service, p), variables);
  return group(service.name, [
    alertSummary("Alerts", datadogTags(spec, { service: service.name })),
    objectiveSummary("Availability", objectives.availability),
    objectiveSummary("Uptime", objectives.uptime),
    ...[...objectives.latency].map(([name, slo]) => objectiveSummary(`Latency objective: ${name}`, slo)),
    metricGraph("Request rate", [["requests", rate]], { display: "bars" }),
    metricGraph("Latency p50, p95, p99", [
      ["p50", percentile("p50")],
      ["p95", percentile("p95")],
      ["p99", percentile("p99")],
    ]),
    eventGraph(
      "Active users",
      [
        {
          name: "users",
          source: "rum",
          search: `@type:session @session.type:user env:${spec.stack} service:${service.name}`,
          aggregation: "cardinality",
          attribute: "@usr.id",
        },
      ],
      "users",
      { display: "bars" },
    ),
    ...graphs(serviceGraphs, alertsOfService(service, spec)),
  ]);
}

function graphs(
  rows: readonly (readonly [title: string, id: AlertId])[],
  alerts: readonly Alert[],
): Widget[] {
  const drawable = alerts.filter((alert) => isOfKind(alert, "metric", "rum", "ci-pipelines"));
  return rows.flatMap(([title, id]) =>
    drawable.filter((alert) => alert.id === id).map((alert) => alertGraph(title, alert)),
  );
}
