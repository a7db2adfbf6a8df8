/**
 * The metrics that alerts, objectives and dashboards read.
 *
 * Requests are measured by the app's OpenTelemetry server spans: whatever the framework, Datadog names them
 * `http.server.request` (Datadog, "Migrate to New Operation Name Mappings"), while its own tracer's names
 * differ by framework. Trace metrics are in seconds and count every request; durations of spans and RUM
 * events are in nanoseconds.
 */
import type { ServiceSpec, StackSpec } from "../config/stack-spec.ts";
import { type PartNeeds, type Parts, withoutObject } from "../parts.ts";
import type { EndpointClass } from "../service-levels/targets.ts";
import type { Tier } from "../tier.ts";
import type { Series } from "./signal.ts";

type Names = Pick<StackSpec, "product" | "stack">;
type Service = Pick<ServiceSpec, "name">;

export const nanosecondsPerMillisecond = 1e6;
export const secondsPerMillisecond = 0.001;

const requests = "trace.http.server.request";

/** Calls of a service to a data store: Datadog names the spans by the store's kind. */
export function storeSpans(store: "postgresql" | "redis"): string {
  return `trace.${store}.query`;
}

/** The tags that every signal of a service carries. */
export function serviceTags({ stack }: Names, { name }: Service): Readonly<Record<string, string>> {
  return { env: stack, service: name };
}

/** The tags of the stack's AWS resources, which Datadog puts on their metrics. */
export function awsFilter({ product, stack }: Names): Readonly<Record<string, string>> {
  return { product, environment: stack };
}

/** Requests that a service answered. */
export function requestCount(spec: Names, service: Service): Series {
  return { aggregate: "sum", metric: `${requests}.hits`, filter: serviceTags(spec, service), as: "count" };
}

/** Requests that failed. */
export function errorCount(spec: Names, service: Service): Series {
  return { aggregate: "sum", metric: `${requests}.errors`, filter: serviceTags(spec, service), as: "count" };
}

/** How long a service takes to answer, over all endpoints, in seconds. */
export function latency(spec: Names, service: Service, aggregate: Series["aggregate"]): Series {
  return { aggregate, metric: requests, filter: serviceTags(spec, service) };
}

/** What a service's requests are told apart by: Datadog, "Trace Metrics" and "Deployment Tracking". */
export const deploymentTags = ["version", "resource_name"] as const;

/** p95 of one endpoint class, in nanoseconds. */
export function classLatency(spec: Names, service: Service, endpointClass: EndpointClass): Series {
  return {
    aggregate: "p95",
    metric: requestDurationMetric(spec),
    filter: { ...serviceTags(spec, service), endpoint_class: endpointClass },
  };
}

/** Requests of one endpoint class. */
export function classRequests(spec: Names, service: Service, endpointClass: EndpointClass): Series {
  return { ...classLatency(spec, service, endpointClass), aggregate: "count", as: "count" };
}

/**
 * The metric made of request spans by endpoint class. Trace metrics cannot be grouped by it: they carry no
 * tags of spans beside the standard ones (Datadog, "Trace Metrics"). The app puts the span attribute
 * `endpoint.class` on its server spans.
 */
export function requestDurationMetric(names: Names): string {
  return `${metricPrefix(names)}.request.duration`;
}

/** Of these requests, those that failed. */
export function requestFailuresMetric(names: Names): string {
  return `${metricPrefix(names)}.request.failed`;
}

/** Requests of one endpoint class that failed. */
export function classFailures(spec: Names, service: Service, endpointClass: EndpointClass): Series {
  return {
    aggregate: "sum",
    metric: requestFailuresMetric(spec),
    filter: { ...serviceTags(spec, service), endpoint_class: endpointClass },
    as: "count",
  };
}

/**
 * Logs that are counted, whether or not the index keeps them: name of the metric to what it counts.
 * PostgreSQL's own log stays in CloudWatch, so a deadlock is found where the app logs the error that it got.
 */
export const logPatterns = {
  errors: "status:(error OR critical OR alert OR emergency)",
  requests: "@http.status_code:*",
  // Datadog, "Default Standard Attributes": the app logs every login so.
  login_failures: "@evt.name:authentication @evt.outcome:failure",
  deadlocks: '"deadlock detected"',
  // What PostgreSQL answers ("PostgreSQL Error Codes", 53300), and the poolers before it: PgBouncer, which Neon runs, and
  // Supabase's Supavisor.
  database_refusals:
    '("too many clients already" OR "remaining connection slots are reserved" OR "no more connections allowed" OR "Max client connections reached")',
  // The same, 28P01.
  database_logins: '"password authentication failed"',
  // Vercel, "Error codes"; a killed function leaves the second text in its log.
  function_timeouts: '("FUNCTION_INVOCATION_TIMEOUT" OR "Task timed out after")',
  function_throttles: '"FUNCTION_THROTTLED"',
  function_crashes: '("FUNCTION_INVOCATION_FAILED" OR "Vercel Runtime Error")',
  // The last line of a build that failed.
  build_failures: '"Error: Command" "exited with"',
  // Vercel, "Log Drains Reference": what its edge answered a visitor, whoever made the answer. A function's request has
  // a line for each that the function wrote.
  edge_requests: "@proxy.statusCode:*",
  // Vercel, "Error Codes": no answer came in time from a function, or from where a rewrite leads.
  edge_unreachable: "@proxy.statusCode:(502 OR 504)",
  // It also tells `log` and `bypass`, of requests that it lets in.
  firewall_blocks: "@proxy.wafAction:(challenge OR deny OR rate_limit)",
} as const;
export type LogPattern = keyof typeof logPatterns;

const onVercelsEdge: PartNeeds = { edge: ["vercel"] };
/** RDS tells by metrics, and takes no passwords. */
const ofElsewhere: PartNeeds = { database: ["external"] };

/** The kinds of parts with which a pattern is counted; with all where absent. */
const patternNeeds: { readonly [P in LogPattern]?: PartNeeds } = {
  database_refusals: ofElsewhere,
  database_logins: ofElsewhere,
  edge_requests: onVercelsEdge,
  edge_unreachable: onVercelsEdge,
  firewall_blocks: onVercelsEdge,
};

/** The patterns that a stack of these parts counts. */
export function logPatternsOf(parts: Parts): readonly LogPattern[] {
  return (Object.keys(logPatterns) as readonly LogPattern[]).filter(
    (pattern) => withoutObject(patternNeeds[pattern], parts) === undefined,
  );
}

/** What tells the logs of a pattern apart: tag of the metric to the path in the log. */
export const patternTags: { readonly [P in LogPattern]?: Readonly<Record<string, string>> } = {
  requests: { status_code: "@http.status_code" },
  edge_requests: { edge_status: "@proxy.statusCode" },
};

/** The metric that counts the logs of a pattern of this name. */
export function logsMetric(names: Names, pattern: string): string {
  return `${metricPrefix(names)}.logs.${pattern}`;
}

/** A service's logs of a pattern. */
export function logCount(spec: Names, service: Service, pattern: LogPattern): Series {
  return {
    aggregate: "sum",
    metric: logsMetric(spec, pattern),
    filter: serviceTags(spec, service),
    as: "count",
  };
}

/** Logs of a pattern, of all services. */
export function logCountOfAll(spec: Names, pattern: LogPattern): Series {
  return { aggregate: "sum", metric: logsMetric(spec, pattern), filter: { env: spec.stack }, as: "count" };
}

/** What each release says of itself, for DORA's four figures: name of the metric to what it measures. */
export const deliveryMetrics = {
  deployments: "deployments of production",
  lead_time: "seconds from the commit to production",
  failures: "deployments that failed in production",
  time_to_restore: "seconds from such a failure until it was over",
} as const;
export type DeliveryMetric = keyof typeof deliveryMetrics;

/** The metric that `release` sends under this name. */
export function deliveryMetric(names: Names, name: DeliveryMetric): string {
  return `${metricPrefix(names)}.release.${name}`;
}

/** The index that keeps the stack's logs. */
export function logIndex({ product, stack }: Names): string {
  return `${product}-${stack}`;
}

/**
 * Log events that the index takes in a day before it drops the rest: what keeps a log loop from a month's
 * bill. Metrics made of logs see every event all the same.
 */
export const dailyLogLimit: Readonly<Record<Tier, number>> = { staging: 1_000_000, production: 20_000_000 };

/** Metrics that the stack makes belong to it: their names are ids in the Datadog organisation. */
function metricPrefix({ product, stack }: Names): string {
  return `${product}.${stack}`.replaceAll("-", "_");
}

/** What the stack's AWS account reports of a service whose metrics carry no tags of resources: the account is its own. */
export function accountCount({ awsAccount }: Pick<StackSpec, "awsAccount">, metric: string): Series {
  return { aggregate: "sum", metric: `aws.${metric}`, filter: { aws_account: awsAccount.id }, as: "count" };
}

/** An AWS metric of the stack's resources. */
export function aws(
  spec: Pick<StackSpec, "product" | "stack" | "database" | "cache">,
  aggregate: Series["aggregate"],
  metric: string,
): Series {
  return { aggregate, metric: `aws.${metric}`, filter: filterOf(spec, metric) };
}

/** What another program made bears that program's tags, and is told by its name. */
function filterOf(
  { database, cache, ...names }: Pick<StackSpec, "product" | "stack" | "database" | "cache">,
  metric: string,
): Series["filter"] {
  if (database.kind === "existing-rds" && metric.startsWith("rds."))
    return { dbinstanceidentifier: database.identifier };
  if (cache.kind === "existing" && metric.startsWith("elasticache."))
    return { replication_group: cache.replicationGroupId };
  return awsFilter(names);
}

/** An AWS metric that counts. */
export function awsCount(
  spec: Pick<StackSpec, "product" | "stack" | "database" | "cache">,
  metric: string,
): Series {
  return { ...aws(spec, "sum", metric), as: "count" };
}
