/** Operations: is the product well right now, and if not, where does it hurt. */
import type * as datadog from "@pulumi/datadog";
import { alertsOfPlatform, alertsOfService } from "../../../model/alerts/catalogue.ts";
import { seriesQuery } from "../../../model/alerts/query.ts";
import { latency, requestCount } from "../../../model/alerts/telemetry.ts";
import type { StackSpec } from "../../../model/config/stack-spec.ts";
import { platform } from "../../../model/on-call/routing.ts";
import type { ServiceMonitoring } from "../service-monitoring.ts";
import { alertGraphs, burnRateGraph, runbookLinks } from "./alert-widgets.ts";
import { alertSummary, eventGraph, group, metricGraph, objectiveSummary } from "./widgets.ts";

/** What the graphs of requests can be narrowed to: a release, an endpoint. */
export const operationsVariables = ["version", "resource_name"] as const;

/** What is shown of a service. */
export type Monitored = Pick<ServiceMonitoring, "service" | "objectives">;

export function operations(
  spec: StackSpec,
  services: readonly Monitored[],
): datadog.types.input.DashboardWidget[] {
  const alerts = alertsOfPlatform(spec);
  return [
    ...services.map((monitored) => serviceGroup(monitored, spec)),
    group("Platform", [
      alertSummary("Platform alerts", alertsOn(platform, spec)),
      ...alertGraphs("Operations", alerts),
      runbookLinks(alerts, spec),
    ]),
  ];
}

/** Tags by which alerts are found, whoever owns them. */
function alertsOn(subject: string, { product, stack }: StackSpec): readonly string[] {
  return [`product:${product}`, `environment:${stack}`, `service:${subject}`];
}

function serviceGroup(
  { service, objectives }: Monitored,
  spec: StackSpec,
): datadog.types.input.DashboardWidget {
  const variables = operationsVariables.map((name) => `$${name}`);
  const requests = { ...requestCount(spec, service), as: "rate" } as const;
  const percentile = (p: "p50" | "p95" | "p99") => seriesQuery(latency(spec, service, p), variables);
  const alerts = alertsOfService(service, spec);
  return group(service.name, [
    alertSummary("Alerts", alertsOn(service.name, spec)),
    ...objectives.map(({ objective, resource }) =>
      objectiveSummary(`Objective: ${objective.title}`, resource),
    ),
    ...objectives.flatMap((declared) => burnRateGraph(declared, alerts)),
    metricGraph("Request rate", [["requests", seriesQuery(requests, variables)]], { display: "bars" }),
    // A deployment shows as one version's bars taking over from another's (Datadog, "Deployment Tracking").
    metricGraph(
      "Deployments: requests by version",
      [["requests", seriesQuery({ ...requests, by: ["version"] }, variables)]],
      { display: "bars" },
    ),
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
    ...alertGraphs("Operations", alerts),
    runbookLinks(alerts, spec),
  ]);
}
