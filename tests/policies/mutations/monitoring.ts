import { type Change, drop, type Mutation, on, set, unset } from "./mutation.ts";

const monitor = (name: string) => ({ type: "datadog:index/monitor:Monitor", name });
const check = (name: string) => ({ type: "datadog:index/syntheticsTest:SyntheticsTest", name });
const dashboard = (name: string) => ({
  type: "datadog:index/dashboard:Dashboard",
  name: `portal-monitoring-${name}`,
});
const logIndex = "datadog:index/logsIndex:LogsIndex";
const logsMetric = (name: string) => ({
  type: "datadog:index/logsMetric:LogsMetric",
  name: `portal-monitoring-${name}`,
});
const spansMetric = {
  type: "datadog:index/spansMetric:SpansMetric",
  name: "portal-monitoring-request-duration",
};
const failedSpans = { ...spansMetric, name: "portal-monitoring-request-failed" };
const rum = "datadog:index/rumApplication:RumApplication";

/** Gives a graph another title, so that nothing shows its subject any more. */
function withoutGraph(title: string): Change {
  return (r) => ({
    ...r,
    props: JSON.parse(JSON.stringify(r.props).replaceAll(`"title":"${title}"`, '"title":"Other"')),
  });
}

const homepage = check("portal-uptime-homepage");

/** Writes something else wherever it stands. */
function write(old: string, text: string): Change {
  return (r) => ({ ...r, props: JSON.parse(JSON.stringify(r.props).replaceAll(old, text)) });
}

export const monitoringMutations: readonly Mutation[] = [
  ...Object.entries({
    "another site": set("requestDefinition.url", "https://example.org/"),
    "in the clear": set("requestDefinition.url", "http://portal.example.com/"),
    "through a proxy": set("requestProxy", { url: "https://proxy.example.org" }),
    "another site under its name": set("requestHeaders", { Host: "example.org" }),
  }).map(([title, change]) => ({ rule: "checks-ask-the-product", title, change: on(homepage, change) })),
  {
    rule: "checks-ask-the-product",
    title: "another site's certificate",
    change: on(check("platform-certificate-expiry"), set("requestDefinition.host", "example.org")),
  },
  ...Object.entries({
    "any status": unset("assertions.0"),
    "any but one": set("assertions.0.operator", "isNot"),
    "an error page": set("assertions.0.target", "500"),
  }).map(([title, change]) => ({ rule: "checks-assert-success", title, change: on(homepage, change) })),
  {
    rule: "checks-ask-different-pages",
    title: "the admin page is the homepage",
    change: on(check("portal-uptime-page-admin"), set("requestDefinition.url", "https://portal.example.com")),
  },
  ...Object.entries({
    scheduling: { timeframes: [{ day: 1, from: "09:00", to: "17:00" }], timezone: "UTC" },
    minLocationFailed: 3,
    allowInsecure: true,
  }).map(([option, value]) => ({
    rule: "check-options-look-closely",
    title: option,
    change: on(homepage, set(`optionsList.${option}`, value)),
  })),
  {
    rule: "health-checked",
    title: "whatever it says but one thing",
    change: on(check("portal-uptime-health"), set("assertions.2.targetjsonpath.operator", "isNot")),
  },
  {
    rule: "checks-limit-response-time",
    title: "it wants slow answers",
    change: on(homepage, set("assertions.1.operator", "moreThan")),
  },
  {
    rule: "page-checked-homepage",
    title: "nobody looks at the homepage",
    change: drop(check("portal-uptime-homepage")),
  },
  ...["login", "portal", "admin"].map((page) => ({
    rule: `page-checked-${page}`,
    title: `nobody looks at ${page}`,
    change: drop(check(`portal-uptime-page-${page}`)),
  })),
  { rule: "api-checked", title: "nobody reads a list", change: drop(check("portal-uptime-api-api-list")) },
  { rule: "health-checked", title: "nobody asks for health", change: drop(check("portal-uptime-health")) },
  {
    rule: "health-checked",
    title: "any answer with status 200 counts as healthy",
    change: on(check("portal-uptime-health"), unset("assertions.2")),
  },
  {
    rule: "checks-frequent",
    title: "the homepage is looked at every ten minutes",
    change: on(check("portal-uptime-homepage"), set("optionsList.tickEvery", 600)),
  },
  {
    rule: "checks-frequent",
    title: "the same in staging",
    stack: "staging",
    change: on(check("portal-uptime-homepage"), set("optionsList.tickEvery", 600)),
  },
  {
    rule: "checks-live",
    title: "a check is paused",
    change: on(check("portal-uptime-page-login"), set("status", "paused")),
  },
  {
    rule: "checks-from-several-regions",
    also: ["check-options-look-closely"],
    title: "a check runs from one place under three names",
    change: on(check("portal-uptime-page-login"), set("locations", ["aws:eu-central-1", "aws:eu-central-1"])),
  },
  {
    rule: "checks-agree",
    title: "one location's network fault pages",
    change: on(check("portal-uptime-homepage"), set("optionsList.minLocationFailed", 1)),
  },
  {
    rule: "checks-limit-response-time",
    also: ["service-levels-agree"],
    title: "a page may take nine seconds",
    change: on(check("portal-uptime-page-portal"), set("assertions.1.target", "9000")),
  },
  {
    rule: "certificate-expiry-checked",
    title: "three days ahead",
    change: on(check("platform-certificate-expiry"), set("assertions.0.target", "3")),
  },
  {
    rule: "certificate-renewal-late-checked",
    title: "nobody looks",
    change: drop(check("platform-certificate-renewal-late")),
  },
  {
    rule: "dashboard-operations",
    title: "it does not show the request rate",
    change: on(dashboard("operations"), withoutGraph("Request rate")),
  },
  {
    rule: "dashboard-operations-cache-hit-rate",
    title: "it does not show how often the cache has what is asked for",
    change: on(dashboard("operations"), withoutGraph("Cache hit rate")),
  },
  {
    rule: "dashboard-links-runbooks",
    title: "nobody says what to do about failing backups",
    change: on(dashboard("operations"), (r) => ({
      ...r,
      props: JSON.parse(JSON.stringify(r.props).replaceAll("#backup-failed)", "#backups)")),
    })),
  },
  {
    rule: "graphs-draw-own-data",
    title: "the revenue of another environment",
    change: on(dashboard("business"), write("business.revenue{env:prod", "business.revenue{env:staging")),
  },
  {
    rule: "graphs-draw-own-data",
    title: "a title without a graph",
    change: on(
      dashboard("business"),
      set("widgets.0.groupDefinition.widgets.0.timeseriesDefinition.requests", []),
    ),
  },
  {
    rule: "graphs-draw-own-data",
    title: "another stack's alerts",
    change: on(dashboard("operations"), write('environment:prod\\"', 'environment:staging\\"')),
  },
  {
    rule: "missing-measurements-not-well",
    title: "a database that reports no more is well",
    change: on(monitor("platform-database-cpu-high"), set("onMissingData", "resolve")),
  },
  { rule: "dashboard-business", title: "there is none", change: drop(dashboard("business")) },
  {
    rule: "dashboard-technical",
    title: "it does not show lead time",
    change: on(dashboard("technical"), withoutGraph("Lead time for changes")),
  },
  {
    rule: "service-logs-indexed",
    title: "the index takes another service's logs",
    change: on(logIndex, set("filters.0.query", "env:prod service:(portal-old)")),
  },
  {
    rule: "service-logs-indexed",
    title: "all but the errors",
    change: on(logIndex, set("filters.0.query", "env:prod service:(portal) -status:error")),
  },
  {
    rule: "exclusions-lose-no-fault",
    title: "everything is thrown away",
    change: on(logIndex, set("exclusionFilters.0.filters.0.query", "*")),
  },
  {
    rule: "exclusions-lose-no-fault",
    title: "errors are thrown away beside health checks",
    change: on(logIndex, (r) =>
      set("exclusionFilters.1", {
        name: "x",
        isEnabled: true,
        filters: [{ query: "status:error", sampleRate: 1 }],
      })(r),
    ),
  },
  {
    rule: "log-metrics-complete",
    title: "deadlocks of one host",
    change: on(
      logsMetric("deadlocks"),
      set("filter.query", 'env:prod service:(portal) host:a "deadlock detected"'),
    ),
  },
  {
    rule: "log-metrics-complete",
    title: "another service's under this one's name",
    change: on(logsMetric("errors"), set("groupBies.1.path", "@upstream")),
  },
  {
    rule: "alerts-on-metrics-that-are-made",
    also: ["alerts-data-has-way-in"],
    title: "a metric got another name",
    change: on(logsMetric("deadlocks"), set("name", "portal.prod.logs.locks")),
  },
  {
    rule: "log-volume-limited",
    title: "one event a day",
    change: on(logIndex, set("dailyLimit", 1)),
  },
  {
    rule: "logs-retained",
    title: "logs are kept for three days",
    change: on(logIndex, set("retentionDays", 3)),
  },
  { rule: "log-volume-limited", title: "no daily limit", change: on(logIndex, unset("dailyLimit")) },
  {
    rule: "log-volume-limited",
    title: "the limit is off",
    change: on(logIndex, set("disableDailyLimit", true)),
  },
  {
    rule: "error-logs-counted",
    title: "warnings are counted instead",
    change: on(logsMetric("errors"), set("filter.query", "env:prod status:warn")),
  },
  {
    rule: "requests-counted",
    title: "not by status code",
    change: on(logsMetric("requests"), unset("groupBies.2")),
  },
  {
    rule: "class-latency-measured",
    title: "of all services together",
    change: on(spansMetric, unset("groupBies.2")),
  },
  {
    rule: "class-latency-measured",
    title: "by tags that the provider sends crossed",
    change: on(spansMetric, (r) => ({
      ...r,
      props: { ...r.props, groupBies: (r.props["groupBies"] as unknown[]).toReversed() },
    })),
  },
  {
    rule: "class-failures-counted",
    title: "of one class alone",
    change: on(failedSpans, (r) =>
      set("filter.query", `${(r.props["filter"] as { query: string }).query} @endpoint.class:list`)(r),
    ),
  },
  {
    rule: "class-failures-counted",
    title: "of all classes together",
    change: on(failedSpans, set("groupBies.0", undefined)),
  },
  {
    rule: "class-latency-measured",
    title: "without percentiles",
    change: on(spansMetric, set("compute.includePercentiles", false)),
  },
  {
    rule: "visits-recorded",
    title: "of visits without errors nothing is kept",
    change: on(rum, set("rumEventProcessingState", "ERROR_FOCUSED_MODE")),
  },
  {
    rule: "visits-recorded",
    title: "events are thrown away",
    change: on(rum, set("rumEventProcessingState", "NONE")),
  },
  {
    rule: "visit-token-secret",
    title: "the token is plain in state",
    change: on(rum, (r) => ({ ...r, additionalSecretOutputs: [] })),
  },
];
