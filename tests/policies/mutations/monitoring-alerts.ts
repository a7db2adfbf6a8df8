import { type Change, drop, type Mutation, on, set } from "./mutation.ts";

const monitor = (name: string) => ({ type: "datadog:index/monitor:Monitor", name });

/** Another value to fire at, in the query too; what is known of the query, an objective's is not. */
function fireAt(critical: string): Change {
  return (r) => {
    const query = String(r.props["query"]).replace(/ -?[\d.e+]+$/, ` ${critical}`);
    return set(
      "query",
      query,
    )({
      ...r,
      props: { ...r.props, monitorThresholds: { ...(r.props["monitorThresholds"] as object), critical } },
    });
  };
}

/** Another share of all beyond which it fires, in percent. */
function fireBeyond(percent: string): Change {
  return (r) =>
    set("query", String(r.props["query"]).replace(/ - [\d.]+ \* /, ` - ${Number(percent) / 100} * `))(r);
}

/** Alerts that take some more than a share. */
const shares =
  /-(error-rate(-high)?|errors-(list|read|write|analytics|search)|service-outage|(query|command)-errors)$/;

/** Says something else in a query. */
function ask(old: string | RegExp, text: string): Change {
  return (r) => set("query", String(r.props["query"]).replace(old, text))(r);
}

/** By monitor: a threshold that lets too much pass. */
const lax = {
  "portal-latency-list": "301000000",
  "portal-latency-read": "226000000",
  "portal-latency-write": "376000000",
  "portal-latency-analytics": "451000000",
  "portal-latency-search": "376000000",
  "portal-latency-overall": "0.31",
  "portal-latency-p99": "5",
  "portal-latency-anomaly": "2",
  "portal-traffic-anomaly": "2",
  "portal-error-rate": "0.6",
  "portal-error-rate-high": "1.1",
  "portal-errors-list": "20",
  "portal-errors-read": "20",
  "portal-errors-write": "20",
  "portal-errors-analytics": "20",
  "portal-errors-search": "20",
  "portal-service-outage": "60",
  "portal-traffic-drop": "0",
  "portal-function-cpu-high": "0.99",
  "portal-function-memory-high": "99",
  "portal-function-event-loop-slow": "1",
  "portal-function-timeouts": "500",
  "portal-function-throttled": "500",
  "portal-function-crashes": "500",
  "portal-pool-utilisation-high": "99",
  "portal-pool-waiting": "100",
  "portal-database-query-latency": "0.5",
  "portal-database-query-slow": "5",
  "portal-database-query-errors": "10",
  "portal-database-deadlocks": "100",
  "portal-cache-command-latency": "0.5",
  "portal-cache-command-errors": "10",
  "portal-log-error-burst": "5000",
  "portal-log-server-error-burst": "5000",
  "portal-login-failure-burst": "5000",
  "portal-logs-silent": "0",
  "portal-request-metrics-silent": "0",
  "portal-page-load-slow": "9000000000",
  "portal-frontend-errors": "5000",
  "portal-deployment-build-failed": "5",
  "portal-web-vitals-lcp": "4000000000",
  "portal-web-vitals-inp": "500000000",
  "portal-web-vitals-cls": "0.25",
  "portal-deployment-pipeline-failed": "5",
  "portal-availability-fast-burn": "20",
  "portal-availability-medium-burn": "10",
  "portal-availability-slow-burn": "5",
  "portal-availability-budget-spent": "150",
  "platform-cache-hit-rate-low": "50",
  "platform-cache-cpu-high": "99",
  "platform-cache-memory-high": "99",
  "platform-cache-evictions": "100000",
  "platform-database-cpu-high": "99",
  "platform-database-connections-high": "99",
  "platform-database-memory-low": "1000000",
  "platform-database-storage-low": "1",
  "platform-database-disk-slow": "0.2",
  "platform-database-disk-writes-slow": "0.2",
  "platform-database-disk-queue": "200",
  "platform-database-storage-full-within-a-week": "1",
  "platform-database-storage-limit-near": "99",
  "platform-database-transaction-logs-large": "90",
  "platform-database-transaction-ids-high": "2000000000",
  "platform-database-swap-high": "1000000000",
  "platform-cache-connections-high": "99",
  "platform-cache-replication-lag": "300",
  "platform-cache-swap-high": "500000000",
  "platform-edge-errors": "10",
  "platform-edge-client-errors": "50",
  "platform-edge-origin-slow": "5000",
  "platform-firewall-blocks-unusual": "2",
  "platform-certificate-renewal-stuck": "7",
  "platform-aws-metrics-silent": "0",
  "platform-cache-metrics-silent": "0",
  "platform-edge-metrics-silent": "0",
  "platform-log-index-filling": "9000000",
  "platform-backup-failed": "3",
  "platform-backup-copy-failed": "3",
  "platform-backup-missing": "0",
  "platform-backup-copy-missing": "0",
  "platform-backup-incomplete": "3",
  "platform-backup-restore-test-failed": "3",
};

/** Only staging's instances earn CPU credits. */
const laxInStaging = {
  "platform-database-cpu-credits-low": "1",
  "platform-cache-cpu-credits-low": "1",
};

/** Monitors of service levels: their numbers stand in other places too. */
const ofLevel =
  /-(latency-(?!anomaly)\w+|error-rate(-high)?|service-outage|page-load-slow|\w+-burn|cache-hit-rate-low)$/;

export const monitoringAlertMutations: readonly Mutation[] = [
  {
    rule: "alerts-watch-own-data",
    title: "another environment",
    change: on(monitor("portal-function-crashes"), ask("env:prod", "env:nothing")),
  },
  {
    rule: "alerts-watch-own-data",
    title: "a branch that is not released",
    change: on(monitor("portal-deployment-pipeline-failed"), ask("@git.branch:main", "@git.branch:maint")),
  },
  {
    rule: "backup-failed-alerted",
    also: [],
    title: "tags that AWS Backup's metrics do not have",
    change: on(monitor("platform-backup-failed"), ask(/aws_account:\d+/, "product:portal,environment:prod")),
  },
  {
    rule: "alerts-watch-own-data",
    also: ["backup-missing-alerted"],
    title: "another account",
    change: on(monitor("platform-backup-missing"), ask(/aws_account:\d+/, "aws_account:999999999999")),
  },
  {
    rule: "alerts-watch-own-data",
    title: "every environment",
    change: on(monitor("portal-heartbeat-missed-send-reminders"), ask("env:prod,", "")),
  },
  ...(
    [
      ["log-error-burst", "errors of one host", "{env", "{host:a,env"],
      ["log-error-burst", "all but what went wrong", "{env", "{!status:error,env"],
      ["log-error-burst", "each host's apart", "}.as", "} by {host}.as"],
      ["log-error-burst", "rates", ".as_count()", ""],
      ["log-error-burst", "the best moment", "sum(last", "min(last"],
      ["function-memory-high", "a hundredth", "100 * ", "100 * 0.01 * "],
      ["function-cpu-high", "a week at a time", "last_15m", "last_1w"],
      ["traffic-anomaly", "a band that holds everything", "'agile', 3", "'agile', 30"],
      ["traffic-anomaly", "more visitors alone", "'both'", "'above'"],
      ["frontend-errors", "of nobody", "env:", "@usr.id:nobody env:"],
    ] as const
  ).map(([alert, title, old, text]) => ({
    rule: `${alert}-alerted`,
    // What no rule can read no rule knows to be quiet.
    also: title === "a hundredth" ? ["alerts-rarely-ring-by-chance"] : [],
    title,
    change: on(monitor(`portal-${alert}`), ask(old, text)),
  })),
  {
    rule: "log-error-burst-alerted",
    also: ["outage-calls-once"],
    title: "half as many as are too many, in a minute",
    change: on(monitor("portal-log-error-burst"), fireAt("500"), ask("last_5m", "last_1m")),
  },
  {
    rule: "database-connections-high-alerted",
    title: "of ten times as many connections as there are",
    change: on(monitor("platform-database-connections-high"), ask("/ 400", "/ 4000")),
  },
  {
    rule: "heartbeat-missed-alerted",
    title: "runs on one host alone",
    change: on(monitor("portal-heartbeat-missed-send-reminders"), ask("{env", "{host:a,env")),
  },
  {
    rule: "database-storage-full-within-a-week-alerted",
    title: "a day ahead",
    change: on(monitor("platform-database-storage-full-within-a-week"), ask("next_1w", "next_1d")),
  },
  ...Object.entries(lax).map(([name, critical]) => ({
    rule: `${name.replace(/^(portal|platform)-/, "")}-alerted`,
    also: ofLevel.test(name) ? ["service-levels-agree"] : [],
    title: `it fires at ${critical} only`,
    change: on(monitor(name), shares.test(name) ? fireBeyond(critical) : fireAt(critical)),
  })),
  {
    rule: "error-rate-high-alerted",
    also: ["failing-requests-noticed"],
    title: "thirty requests more have to fail",
    change: on(monitor("portal-error-rate-high"), fireAt("30")),
  },
  ...Object.entries(laxInStaging).map(([name, critical]) => ({
    rule: `${name.replace("platform-", "")}-alerted`,
    title: `it fires at ${critical} only`,
    stack: "staging" as const,
    change: on(monitor(name), fireAt(critical)),
  })),
  {
    rule: "database-cpu-credits-low-alerted",
    title: "an instance that needs credits, and nobody looks",
    stack: "staging",
    change: drop(monitor("platform-database-cpu-credits-low")),
  },
  {
    rule: "latency-read-alerted",
    also: ["service-levels-agree", "service-levels-only"],
    title: "there is no such monitor",
    change: drop(monitor("portal-latency-read")),
  },
  {
    rule: "error-rate-alerted",
    also: [
      "alerts-watch-own-data",
      "alerts-data-has-way-in",
      "alerts-rarely-ring-by-chance",
      "alert-values-agree",
      "service-levels-agree",
    ],
    title: "it watches another service's requests",
    change: on(
      monitor("portal-error-rate"),
      set("query", "sum(last_5m):sum:queue.errors{*}.as_count() > 0.5"),
    ),
  },
];
