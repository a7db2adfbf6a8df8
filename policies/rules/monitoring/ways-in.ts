/** How what alerts and objectives read reaches Datadog: without a way in, an alert is silent for ever. */

import { project, serviceOf, variablesOf } from "../../declared/application.ts";
import { type MonitorProps, monitor, type ObjectiveProps, objective } from "../../declared/monitoring.ts";
import { apiKey } from "../../declared/on-call.ts";
import { eachRule } from "../../each-rule.ts";
import { parseExpression, seriesIn } from "../../effects/metric-expression.ts";
import { parseQuery } from "../../effects/monitor-query.ts";
import { linked, type Resource, type Stack } from "../../resource.ts";
import { type Rule, stackRule } from "../../rule.ts";
import { madeMetrics } from "./metrics.ts";

/** Metrics by what brings them; README, "Deploy it", lists what nobody can declare. */
const ways = [
  // Datadog's integration with AWS, switched on by hand.
  /^aws\./,
  // Datadog counts what it takes in.
  /^datadog\.estimated_usage\./,
  // What the services' OpenTelemetry sends, `telemetry-sent-to-datadog`: spans, and the metrics of its instrumentations.
  /^trace\.(http\.server\.request|postgresql\.query|redis\.query)($|\.(hits|errors)(\.by_http_status)?$)/,
  /^(nodejs|v8js|db\.client|http\.server|process)\./,
  /^job\.completed$/,
] as const;

/** Datadog's intake for apps on Vercel: of what comes here it counts requests without being asked. */
const intake = /^https:\/\/vercel\.integrations\.otlp\.((us3|us5|ap1|ap2)\.)?datadoghq\.(com|eu)\/?$/;

export const wayInRules: readonly Rule[] = [
  stackRule({
    id: "alerts-data-has-way-in",
    item: "MON-28",
    checkStack: (stack) => {
      const made = madeMetrics(stack);
      const comes = (metric: string) => made.has(metric) || ways.some((way) => way.test(metric));
      if (stack.ofType(monitor).length === 0)
        return { observed: "no monitor is declared", wanted: "declared" };
      return readers(stack).flatMap(([resource, metrics]) =>
        metrics
          .filter((metric) => !comes(metric))
          .map((metric) => ({
            resource,
            observed: `it reads ${metric}, which nothing brings to Datadog`,
            wanted: "a metric that something brings",
          })),
      );
    },
  }),
  eachRule({
    id: "telemetry-sent-to-datadog",
    item: "MON-30",
    each: project,
    check: (app, stack) => {
      const present = variablesOf(app, stack);
      const service = serviceOf(app);
      const value = (name: string) => present.get(`OTEL_EXPORTER_OTLP_${name}`)?.props.value;
      const headers = present.get("OTEL_EXPORTER_OTLP_HEADERS");
      const keyed = headers && linked(headers as Resource, "value", apiKey).length > 0;
      return [
        ...(intake.test(value("ENDPOINT") ?? "")
          ? []
          : [{ observed: `${service} is not told Datadog's intake for apps on Vercel`, wanted: "told" }]),
        ...(keyed ? [] : [{ observed: `${service} has no key of this stack's for it`, wanted: "one" }]),
        ...(["delta", "lowmemory"].includes(value("METRICS_TEMPORALITY_PREFERENCE") ?? "")
          ? []
          : [{ observed: `${service} sends sums that only grow, which Datadog refuses`, wanted: "delta" }]),
      ];
    },
  }),
  eachRule({
    id: "metrics-tell-instances-apart",
    item: "MON-12",
    each: project,
    check: (app, stack) => {
      const present = variablesOf(app, stack);
      const value = (name: string) => present.get(name)?.props.value ?? "";
      const service = serviceOf(app);
      // Its values: OpenTelemetry's auto-instrumentations-node. Each detector's attributes are of the process.
      const detectors = value("OTEL_NODE_RESOURCE_DETECTORS").split(",");
      return [
        ...(detectors.some((name) => ["serviceinstance", "all"].includes(name.trim()))
          ? []
          : [{ observed: `functions of ${service} have no id of their own`, wanted: "serviceinstance" }]),
        ...(taggedByInstance(value("OTEL_EXPORTER_OTLP_METRICS_HEADERS"))
          ? []
          : [
              {
                observed: `Datadog keeps one value of all functions of ${service}`,
                wanted: "resource_attributes_as_tags in dd-otel-metric-config",
              },
            ]),
      ];
    },
  }),
];

/** Whether Datadog is told to make tags of what a process says of itself: its "OTLP Metrics Intake Endpoint". */
function taggedByInstance(headers: string): boolean {
  return headers.split(",").some((header) => {
    const [, encoded = ""] = /^\s*dd-otel-metric-config=(.*)$/i.exec(header) ?? [];
    try {
      return JSON.parse(decodeURIComponent(encoded)).resource_attributes_as_tags === true;
    } catch {
      return false;
    }
  });
}

/** Whoever reads metrics, and which; of an objective's id and of events other rules tell. */
function readers(stack: Stack): readonly (readonly [Resource, readonly string[]])[] {
  return [
    ...stack
      .ofType(monitor)
      .map((resource) => [resource as Resource, readByMonitor(resource.props)] as const),
    ...stack
      .ofType(objective)
      .map((resource) => [resource as Resource, readByObjective(resource.props).flatMap(metricsOf)] as const),
  ];
}

/** The query of an alert on an objective is not known before the deployment. */
function readByMonitor(props: MonitorProps): readonly string[] {
  const parsed = props.type === "query alert" ? parseQuery(props.query) : undefined;
  return parsed?.kind === "metric" ? seriesIn(parsed.expression).map(({ metric }) => metric) : [];
}

function readByObjective(props: ObjectiveProps): readonly string[] {
  if (props.type === "metric") return [props.query?.numerator ?? "", props.query?.denominator ?? ""];
  if (props.type !== "time_slice") return [];
  const { queries = [] } = props.sliSpecification?.timeSlice?.query ?? {};
  return queries.flatMap(({ metricQuery }) => metricQuery?.query ?? []);
}

function metricsOf(text: string): readonly string[] {
  const expression = parseExpression(text);
  return expression ? seriesIn(expression).map(({ metric }) => metric) : [];
}
