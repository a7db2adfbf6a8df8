/** Metrics that are made of logs and spans, on which alerts stand. */
import type * as datadog from "@pulumi/datadog";
import type { PartNeeds } from "../../../model/parts.ts";
import { everyService, monitor, tagOf } from "../../declared/monitoring.ts";
import { type Flaw, taking } from "../../effects/log-filter.ts";
import { seriesIn } from "../../effects/metric-expression.ts";
import { parseQuery } from "../../effects/monitor-query.ts";
import { type Resource, resourceType, type Stack } from "../../resource.ts";
import { type Doubt, type Rule, stackRule, type Violation } from "../../rule.ts";

const logsMetric = resourceType<datadog.LogsMetricArgs>("datadog:index/logsMetric:LogsMetric");
const spansMetric = resourceType<datadog.SpansMetricArgs>("datadog:index/spansMetric:SpansMetric");

/** What the last part of a metric's name promises that it looks for: Vercel's and PostgreSQL's words, OpenTelemetry's keys. */
const subjects: Readonly<Record<string, readonly string[]>> = {
  errors: ["status:error"],
  requests: ["@http.status_code:*"],
  login_failures: ["@evt.name:authentication", "@evt.outcome:failure"],
  deadlocks: ["deadlock detected"],
  database_refusals: ["too many clients already", "remaining connection slots are reserved"],
  database_logins: ["password authentication failed"],
  function_timeouts: ["FUNCTION_INVOCATION_TIMEOUT"],
  function_throttles: ["FUNCTION_THROTTLED"],
  function_crashes: ["FUNCTION_INVOCATION_FAILED"],
  build_failures: ["Error: Command", "exited with"],
  edge_requests: ["@proxy.statusCode:*"],
  edge_unreachable: ["@proxy.statusCode:502", "@proxy.statusCode:504"],
  firewall_blocks: ["@proxy.wafAction:deny", "@proxy.wafAction:rate_limit", "@proxy.wafAction:challenge"],
};

/** By what each tag of a metric is told apart. */
const paths: Readonly<Record<string, string>> = {
  env: "env",
  service: "service",
  status_code: "@http.status_code",
  edge_status: "@proxy.statusCode",
  endpoint_class: "@endpoint.class",
};

const byClass = ["env", "service", "endpoint_class"];

export const metricRules: readonly Rule[] = [
  counted("error-logs-counted", "errors", [], "no metric counts error logs"),
  counted("requests-counted", "requests", ["status_code"], "no metric counts requests by status code"),
  counted("edge-answers-counted", "edge_requests", ["edge_status"], "no metric counts the edge's answers", {
    edge: ["vercel"],
  }),
  stackRule({
    id: "class-latency-measured",
    item: "MON-28",
    checkStack: (stack) =>
      everyService(stack, (service) => {
        const subject = ["operation_name:http.server.request", "@endpoint.class:*"];
        const durations = stack
          .ofType(spansMetric)
          .filter(({ props: { compute } }) => compute.path === "@duration" && compute.includePercentiles)
          .filter(({ props: { compute } }) => compute.aggregationType === "distribution")
          .filter(({ props }) => byClass.every((tag) => groupedBy(asSent(props.groupBies), tag)));
        return oneOf(durations, { env: stack.name, service }, subject, {
          observed: "no metric has percentiles of durations by endpoint class",
          wanted: "declared",
        });
      }),
  }),
  stackRule({
    id: "class-failures-counted",
    item: "MON-28",
    checkStack: (stack) =>
      everyService(stack, (service) => {
        const subject = ["operation_name:http.server.request", "@endpoint.class:*", "status:error"];
        const failures = stack
          .ofType(spansMetric)
          .filter(({ props: { compute } }) => compute.aggregationType === "count")
          .filter(({ props }) => byClass.every((tag) => groupedBy(asSent(props.groupBies), tag)));
        return oneOf(failures, { env: stack.name, service }, subject, {
          observed: "no metric counts failed requests by endpoint class",
          wanted: "declared",
        });
      }),
  }),
  stackRule({
    id: "log-metrics-complete",
    item: "MON-28",
    checkStack: (stack) => {
      const metrics = stack.ofType(logsMetric);
      if (metrics.length === 0) return { observed: "no metric is made of logs", wanted: "some" };
      return [...metrics.flatMap(misshapen), ...narrowed(metrics, stack)];
    },
  }),
  stackRule({
    id: "alerts-on-metrics-that-are-made",
    item: "MON-28",
    checkStack: (stack) => {
      const made = madeMetrics(stack);
      if (made.size === 0) return { observed: "no metric is made of logs or spans", wanted: "some" };
      return stack.ofType(monitor).flatMap((resource) => {
        const query = resource.props.type === "query alert" ? parseQuery(resource.props.query) : undefined;
        if (query?.kind !== "metric") return [];
        const own = `${tagOf(resource, "product")}.${stack.name}.`.replaceAll("-", "_");
        return seriesIn(query.expression)
          .filter(({ metric }) => metric.startsWith(own) && !made.has(metric))
          .map(({ metric }) => ({
            resource: resource as Resource,
            observed: `it watches ${metric}, which nothing makes`,
            wanted: "a metric of this stack",
          }));
      });
    },
  }),
];

/** Names of the metrics that the stack makes of logs and spans. */
export function madeMetrics(stack: Stack): ReadonlySet<string> {
  return new Set([...stack.ofType(logsMetric), ...stack.ofType(spansMetric)].map(({ props }) => props.name));
}

/** For every service, a metric of this name that counts what it is named after, by these tags too. */
function counted(id: string, name: string, tags: readonly string[], none: string, needs?: PartNeeds): Rule {
  return stackRule({
    id,
    item: "MON-28",
    ...(needs && { needs }),
    checkStack: (stack) =>
      everyService(stack, (service) => {
        const found = stack
          .ofType(logsMetric)
          .filter(({ props }) => lastOf(props.name) === name && props.compute?.aggregationType === "count")
          .filter(({ props }) => tags.every((tag) => groupedBy(props.groupBies, tag)));
        return oneOf(found, { env: stack.name, service }, subjects[name] ?? [], {
          observed: none,
          wanted: "declared",
        });
      }),
  });
}

/** One of these takes all events of the service that are of its subject. */
function oneOf(
  metrics: readonly Resource<{ readonly filter: { readonly query?: string | undefined } }>[],
  source: { readonly env: string; readonly service: string },
  subject: readonly string[],
  none: Violation,
): Violation | Doubt | undefined {
  const flaws = metrics.map(({ props }) => taking(props.filter.query ?? "", source, subject));
  if (flaws.includes(undefined)) return undefined;
  return flaws.find((flaw): flaw is Flaw => flaw !== undefined) ?? none;
}

type LogsMetric = Resource<NonNullable<(typeof logsMetric)["props"]>>;

/** What it computes of the events that it takes. */
function misshapen({ props, ...metric }: LogsMetric): readonly Violation[] {
  const { compute, groupBies = [] } = props;
  const resource = { props, ...metric } as Resource;
  return [
    ...["env", "service"]
      .filter((tag) => !groupedBy(groupBies, tag))
      .map((tag) => ({ resource, observed: `it has no tag ${tag}`, wanted: "one" })),
    ...(compute.aggregationType === "count"
      ? []
      : [{ resource, observed: `it computes a ${compute.aggregationType}`, wanted: "count" }]),
  ];
}

/** Subjects that are counted for some services, and not all that others have of them. Errors and requests have rules. */
function narrowed(metrics: readonly LogsMetric[], stack: Stack): readonly (Violation | Doubt)[] {
  return [...Map.groupBy(metrics, ({ props }) => lastOf(props.name))]
    .filter(([name]) => !["errors", "requests", "edge_requests"].includes(name))
    .flatMap(([name, of]) =>
      everyService(stack, (service) => {
        const none = { observed: `no metric counts ${name} of ${service}`, wanted: "declared" };
        const found = subjects[name] && oneOf(of, { env: stack.name, service }, subjects[name], none);
        return found && { resource: of[0] as Resource, ...found };
      }),
    );
}

function lastOf(name: string): string {
  return name.split(".").at(-1) ?? "";
}

interface Group {
  readonly path: string;
  readonly tagName?: string | undefined;
}

/** Datadog's provider sends a span metric's paths sorted, and its names in the order in which they stand. */
function asSent(groups: readonly Group[] = []): readonly Group[] {
  const paths = groups.map(({ path }) => path).toSorted();
  return groups.map(({ path: own, tagName = own }, index) => ({ path: paths[index] ?? own, tagName }));
}

function groupedBy(groups: readonly Group[] | undefined, tag: string): boolean {
  return (
    groups?.some(({ path, tagName = path }) => tagName === tag && path === (paths[tag] ?? path)) ?? false
  );
}
