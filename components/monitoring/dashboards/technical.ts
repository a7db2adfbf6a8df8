/** Technical: how well we ship. Builds and tests by Datadog's CI Visibility, deliveries as `npm run release` tells them. */
import type * as datadog from "@pulumi/datadog";
import { alertsOfService } from "../../../model/alerts/catalogue.ts";
import { expressionQuery, seriesQuery } from "../../../model/alerts/query.ts";
import type { Series } from "../../../model/alerts/signal.ts";
import { type DeliveryMetric, deliveryMetric, serviceTags } from "../../../model/alerts/telemetry.ts";
import type { ServiceSpec, StackSpec } from "../../../model/config/stack-spec.ts";
import { alertGraphs } from "./alert-widgets.ts";
import { type Events, eventGraph, group, metricGraph } from "./widgets.ts";

export function technical(spec: StackSpec): datadog.types.input.DashboardWidget[] {
  return spec.services.map((service) => serviceGroup(service, spec));
}

function serviceGroup(service: ServiceSpec, spec: StackSpec): datadog.types.input.DashboardWidget {
  const delivery = (name: DeliveryMetric, aggregate: Series["aggregate"]): Series => ({
    aggregate,
    metric: deliveryMetric(spec, name),
    filter: serviceTags(spec, service),
  });
  const deployments: Series = { ...delivery("deployments", "sum"), as: "count" };
  const failures: Series = { ...delivery("failures", "sum"), as: "count" };
  const bars = { display: "bars" } as const;
  const target = service.serviceLevels.testCoveragePercent;
  return group(service.name, [
    eventGraph(
      "Build success",
      [builds("all", service), builds("passed", service, "success")],
      "100 * passed / all",
    ),
    metricGraph("Deployment frequency", [["deployments", seriesQuery(deployments)]], bars),
    metricGraph("Lead time for changes", [["average", seriesQuery(delivery("lead_time", "avg"))]]),
    metricGraph("Mean time to restore (MTTR)", [
      ["average", seriesQuery(delivery("time_to_restore", "avg"))],
    ]),
    metricGraph("Change failure rate", [
      ["% of deployments", expressionQuery({ part: failures, whole: [deployments] })],
    ]),
    eventGraph(
      "Test coverage",
      [
        {
          name: "lines",
          source: "ci_tests",
          search: `test_level:session ${repositoryFilter(service)}`,
          aggregation: "avg",
          attribute: "@test.code_coverage.lines_pct",
        },
      ],
      "lines",
      { markers: [{ value: `y = ${target}`, displayType: "ok dashed", label: "target" }] },
    ),
    ...alertGraphs("Technical", alertsOfService(service, spec)),
  ]);
}

function builds(name: string, service: ServiceSpec, status?: string): Events {
  const search = `ci_level:pipeline ${repositoryFilter(service)}${status ? ` @ci.status:${status}` : ""}`;
  return { name, source: "ci_pipelines", search, aggregation: "count" };
}

function repositoryFilter({ repository, branch }: ServiceSpec): string {
  return `@git.repository.id:"github.com/${repository}" @git.branch:${branch}`;
}
