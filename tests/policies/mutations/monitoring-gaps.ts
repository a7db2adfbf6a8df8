import type { Registration } from "../../../readiness/engine/registration.ts";
import { type Change, type Mutation, on, set, unset } from "./mutation.ts";

const monitor = (name: string) => ({ type: "datadog:index/monitor:Monitor", name });

const homepage = { type: "datadog:index/syntheticsTest:SyntheticsTest", name: "portal-uptime-homepage" };

export const monitoringGapMutations: readonly Mutation[] = [
  {
    rule: "missing-data-decided",
    title: "left to Datadog",
    change: on(monitor("portal-latency-list"), unset("onMissingData")),
  },
  {
    rule: "missing-traffic-notifies",
    title: "silence counts as well",
    change: on(monitor("portal-traffic-drop"), set("onMissingData", "resolve")),
  },
  {
    rule: "alert-options-hold-nothing-back",
    title: "whoever is on call may not mute it",
    change: on(
      monitor("portal-traffic-drop"),
      set("restrictedRoles", ["00000000-0000-0000-0000-000000000000"]),
    ),
  },
  {
    rule: "check-options-look-closely",
    title: "a pipeline asks for a check that is skipped there",
    change: on(homepage, set("optionsList.ci", { executionRule: "skipped" })),
  },
  {
    rule: "checks-assert-success",
    title: "a check takes the login page for the page behind it",
    change: on(homepage, set("optionsList.followRedirects", true)),
  },
  {
    rule: "checks-ask-the-product",
    title: "everybody can read by what a check is let in",
    change: on(homepage, set("requestHeaders", { "x-origin-secret": "s3cret" })),
  },
  {
    rule: "status-page-shows-services",
    title: "customers see the first part only",
    change: on("datadog:index/statusPageComponent:StatusPageComponent", (r) =>
      set("components", (r.props["components"] as readonly object[]).slice(0, 1))(r),
    ),
  },
  {
    rule: "traffic-drop-alerted",
    also: ["alert-values-agree"],
    title: "a hundredth of what arrives by itself is enough",
    change: on(monitor("portal-traffic-drop"), set("monitorThresholds.critical", "1")),
  },
  {
    rule: "availability-promised",
    title: "one route alone is promised",
    change: on(
      { type: "datadog:index/serviceLevelObjective:ServiceLevelObjective", name: "portal-availability" },
      set("groups", ["resource_name:get_/"]),
    ),
  },
  {
    rule: "latency-anomaly-alerted",
    title: "faster is told, slower is not",
    change: on(monitor("portal-latency-anomaly"), (r) =>
      set("query", String(r.props["query"]).replace("'above'", "'below'"))(r),
    ),
  },
  ...["portal-logs-silent", "platform-aws-metrics-silent", "portal-heartbeat-missed-send-reminders"].map(
    (name) => ({
      rule: "missing-reports-notify",
      title: `${name} takes silence for well`,
      change: on(monitor(name), set("onMissingData", "default")),
    }),
  ),
  {
    rule: "anomalies-backed-by-thresholds",
    title: "blocked requests are compared with those of three weeks",
    change: on(monitor("platform-firewall-blocks-unusual"), (r) =>
      set("query", String(r.props["query"]).replace("'daily'", "'weekly'"))(r),
    ),
  },
  {
    rule: "alert-values-agree",
    also: ["database-storage-full-within-a-week-alerted"],
    title: "a forecast is compared as none can be",
    change: on(monitor("platform-database-storage-full-within-a-week"), (r) =>
      set("query", String(r.props["query"]).replace("<=", "<"))(r),
    ),
  },
  {
    rule: "certificate-renewal-stuck-alerted",
    also: ["alert-values-agree"],
    title: "it warns before ACM begins to renew",
    change: on(monitor("platform-certificate-renewal-stuck"), set("monitorThresholds.warning", "50")),
  },
  {
    rule: "certificate-renewal-late-checked",
    title: "it fails before ACM begins to renew",
    change: on(
      { type: homepage.type, name: "platform-certificate-renewal-late" },
      set("assertions.0.target", "60"),
    ),
  },
  {
    rule: "missing-errors-recover",
    title: "no error keeps the alert open",
    change: on(monitor("portal-error-rate"), set("onMissingData", "show_no_data")),
  },
  {
    rule: "sparse-metrics-evaluated",
    title: "a monitor waits for a full window",
    change: on(monitor("portal-latency-list"), set("requireFullWindow", true)),
  },
  {
    rule: "watch-begun",
    title: "the site is still said to be coming",
    change: (r) =>
      r.type === "datadog:index/monitor:Monitor"
        ? set("draftStatus", "draft")(r)
        : on("datadog:index/syntheticsTest:SyntheticsTest", set("status", "paused"))(r),
  },
  {
    rule: "checks-live",
    stack: "staging",
    title: "every check is paused, and alerts are not drafts",
    change: on("datadog:index/syntheticsTest:SyntheticsTest", set("status", "paused")),
  },
  {
    rule: "alerts-data-has-way-in",
    also: ["heartbeat-missed-alerted", "alerts-rarely-ring-by-chance"],
    title: "a metric that nobody sends",
    change: on({ type: "datadog:index/monitor:Monitor", name: /heartbeat-missed/ }, (r) =>
      set("query", String(r.props["query"]).replace("job.completed", "jobs.done"))(r),
    ),
  },
  ...Object.entries({
    "to the intake that counts no requests": [
      "portal-otel-exporter-otlp-endpoint",
      set("value", "https://otlp.datadoghq.eu"),
    ],
    "without a key": ["portal-otel-exporter-otlp-headers", (r) => ({ ...r, propertyDependencies: {} })],
    "sums that Datadog refuses": [
      "portal-otel-exporter-otlp-metrics-temporality-preference",
      set("value", "cumulative"),
    ],
  } satisfies Record<string, [string, Change]>).map(([title, [name, change]]) => ({
    rule: "telemetry-sent-to-datadog",
    title,
    change: on({ type: "vercel:index/projectEnvironmentVariable:ProjectEnvironmentVariable", name }, change),
  })),
  ...[
    ["every function reports under one name", "OTEL_NODE_RESOURCE_DETECTORS", "env,host"],
    [
      "Datadog leaves out which function reports",
      "OTEL_EXPORTER_OTLP_METRICS_HEADERS",
      "dd-otel-metric-config=%7B%7D",
    ],
  ].map(([title = "", key = "", value]) => ({
    rule: "metrics-tell-instances-apart",
    title,
    change: (r: Registration) =>
      r.type === "vercel:index/projectEnvironmentVariable:ProjectEnvironmentVariable" &&
      r.props["key"] === key
        ? set("value", value)(r)
        : r,
  })),
  {
    rule: "traces-complete",
    title: "no trace is reported",
    change: on(
      {
        type: "vercel:index/projectEnvironmentVariable:ProjectEnvironmentVariable",
        name: "portal-otel-traces-sampler",
      },
      set("value", "always_off"),
    ),
  },
];
