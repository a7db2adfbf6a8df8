/** Alerts on how a service runs: its functions, its queries, its logs, its pages in the browser, its pipeline. */
import type { ServiceSpec, StackSpec } from "../config.ts";
import type { ServiceRows } from "./alert.ts";
import type { EventSignal, Thresholds } from "./signal.ts";
import { errorLogsMetric, nanosecondsPerMillisecond, serviceTags } from "./telemetry.ts";

export const runtimeAlerts = {
  "function-cpu-high": {
    title: "functions are short of CPU",
    meaning: "The event loop is always busy, so requests wait for each other.",
    severity: "SEV3",
    runbook: "infrastructure",
    dashboard: "Operations",
    signals: (service, spec) => [
      {
        kind: "metric",
        // From 0, idle, to 1: OpenTelemetry, "Semantic conventions for Node.js runtime metrics".
        expression: {
          series: {
            aggregate: "avg",
            metric: "nodejs.eventloop.utilization",
            filter: serviceTags(spec, service),
          },
        },
        over: "avg",
        windowMinutes: 15,
        comparator: ">",
        thresholds: { critical: 0.9, warning: 0.8, recovery: 0.7 },
        unit: "",
        evaluationDelaySeconds: 0,
        onMissingData: "resolve",
      },
    ],
  },
  "function-memory-high": {
    title: "functions are short of memory",
    meaning: "A function that runs out of memory is killed together with its requests.",
    severity: "SEV3",
    runbook: "infrastructure",
    dashboard: "Operations",
    signals: (service, spec) => {
      const heap = (what: string) => ({
        aggregate: "sum" as const,
        metric: `v8js.memory.heap.${what}`,
        filter: serviceTags(spec, service),
      });
      return [
        {
          kind: "metric",
          expression: { part: heap("used"), whole: [heap("limit")] },
          over: "avg",
          windowMinutes: 15,
          comparator: ">",
          thresholds: { critical: 90, warning: 80, recovery: 75 },
          unit: "%",
          evaluationDelaySeconds: 0,
          onMissingData: "resolve",
        },
      ];
    },
  },
  "database-query-latency": {
    title: "database queries are slow",
    meaning: "Every request that reads or writes data gets slower; often an index is missing.",
    severity: "SEV3",
    runbook: "database",
    dashboard: "Operations",
    signals: (service, spec) => [
      {
        kind: "metric",
        expression: {
          series: {
            aggregate: "p95",
            metric: "trace.postgresql.query",
            filter: serviceTags(spec, service),
          },
        },
        over: "percentile",
        windowMinutes: 15,
        comparator: ">",
        // Two thirds of what a read may take in all; the rest is left for the app and the network.
        thresholds: { critical: 0.1, warning: 0.075, recovery: 0.05 },
        unit: "s",
        evaluationDelaySeconds: 0,
        onMissingData: "resolve",
      },
    ],
  },
  "log-error-burst": {
    title: "errors fill the logs",
    meaning: "Something fails over and over, perhaps in the background where no request shows it.",
    severity: "SEV3",
    runbook: "high-error-rate",
    dashboard: "Operations",
    signals: (service, spec) => [
      {
        kind: "metric",
        expression: {
          series: {
            aggregate: "sum",
            metric: errorLogsMetric(spec),
            filter: serviceTags(spec, service),
            as: "count",
          },
        },
        over: "sum",
        windowMinutes: 5,
        comparator: ">",
        thresholds: { critical: 100, warning: 50, recovery: 20 },
        unit: "",
        evaluationDelaySeconds: 0,
        // No error log is a count of zero.
        onMissingData: "default",
      },
    ],
  },
  // The limits of a good experience, at the 75th percentile: Google, "Web Vitals" (web.dev).
  "web-vitals-lcp": {
    title: "pages show their content late",
    meaning: "The largest part of a page (LCP) takes longer than 2.5 s for a quarter of the visits.",
    severity: "SEV4",
    runbook: "frontend",
    dashboard: "Operations",
    signals: (service, spec) => [
      webVital(service, spec, "largest_contentful_paint", "ns", milliseconds(2500, 2200, 2000)),
    ],
  },
  "web-vitals-inp": {
    title: "pages react late",
    meaning: "A click or key press (INP) takes longer than 200 ms to show for a quarter of the visits.",
    severity: "SEV4",
    runbook: "frontend",
    dashboard: "Operations",
    signals: (service, spec) => [
      webVital(service, spec, "interaction_to_next_paint", "ns", milliseconds(200, 180, 160)),
    ],
  },
  "web-vitals-cls": {
    title: "pages jump while they load",
    meaning: "The layout shifts (CLS) under a quarter of the visitors by more than 0.1.",
    severity: "SEV4",
    runbook: "frontend",
    dashboard: "Operations",
    signals: (service, spec) => [
      webVital(service, spec, "cumulative_layout_shift", "", {
        critical: 0.1,
        warning: 0.09,
        recovery: 0.08,
      }),
    ],
  },
  "deployment-pipeline-failed": {
    title: "the deployment pipeline fails",
    meaning: "Nothing can be shipped, fixes included.",
    severity: "SEV4",
    runbook: "deployments",
    dashboard: "Technical",
    signals: ({ repository, branch }) => [
      {
        kind: "ci-pipelines",
        search: `ci_level:pipeline @git.repository.id:"github.com/${repository}" @git.branch:${branch} @ci.status:error`,
        compute: { aggregate: "count" },
        windowMinutes: 15,
        comparator: ">",
        thresholds: { critical: 0 },
        unit: "",
        onMissingData: "default",
      },
    ],
  },
} as const satisfies ServiceRows;

/** One web vital of real visits, over an hour so that a few slow phones do not decide. */
function webVital(
  service: ServiceSpec,
  spec: StackSpec,
  vital: string,
  unit: EventSignal["unit"],
  thresholds: Thresholds,
): EventSignal {
  const tags = Object.entries(serviceTags(spec, service)).map(([key, value]) => `${key}:${value}`);
  return {
    kind: "rum",
    search: ["@type:view", "@session.type:user", ...tags].join(" "),
    compute: { aggregate: "pc75", attribute: `@view.${vital}` },
    windowMinutes: 60,
    comparator: ">",
    thresholds,
    unit,
    onMissingData: "resolve",
  };
}

function milliseconds(critical: number, warning: number, recovery: number): Thresholds {
  const ns = nanosecondsPerMillisecond;
  return { critical: critical * ns, warning: warning * ns, recovery: recovery * ns };
}
