/** Business: is the product used, and does it pay. The app counts these itself, as OpenTelemetry metrics. */
import type * as datadog from "@pulumi/datadog";
import { expressionQuery, seriesQuery } from "../../../model/alerts/query.ts";
import type { Series } from "../../../model/alerts/signal.ts";
import { serviceTags } from "../../../model/alerts/telemetry.ts";
import type { ServiceSpec, StackSpec } from "../../../model/config/stack-spec.ts";
import { group, type Line, metricGraph } from "./widgets.ts";

export function business(spec: StackSpec): datadog.types.input.DashboardWidget[] {
  return spec.services.map((service) => serviceGroup(service, spec));
}

function serviceGroup(service: ServiceSpec, spec: StackSpec): datadog.types.input.DashboardWidget {
  const counter = (what: string): Series => ({
    aggregate: "sum",
    metric: `business.${what}`,
    filter: serviceTags(spec, service),
    as: "count",
  });
  const line = (label: string, series: Series): Line => [label, seriesQuery(series)];
  const bars = { display: "bars" } as const;
  return group(service.name, [
    metricGraph("Signups", [line("signups", counter("signups"))], bars),
    metricGraph("Active sessions", [
      line("sessions", {
        aggregate: "sum",
        metric: "business.sessions.active",
        filter: serviceTags(spec, service),
      }),
    ]),
    metricGraph("Feature usage", [line("uses", { ...counter("feature.uses"), by: ["feature"] })], bars),
    metricGraph("Conversion", [
      ["% of visits", expressionQuery({ part: counter("conversions"), whole: [counter("visits")] })],
    ]),
    metricGraph("Revenue", [line("revenue", counter("revenue"))], bars),
    metricGraph("Support tickets", [line("tickets", counter("support.tickets"))], bars),
  ]);
}
