/** Alerts on what a service's users feel of its requests: latency, errors, availability, traffic. */
import type { ServiceSpec, StackSpec } from "../../config/stack-spec.ts";
import { exact } from "../../exact.ts";
import { type EndpointClass, endpointClasses } from "../../service-levels/targets.ts";
import type { ServiceRow, ServiceRows } from "../alert.ts";
import type { AnomalySignal, Expression, MetricSignal } from "../signal.ts";
import { checkedRequests } from "../synthetic-checks.ts";
import {
  classFailures,
  classLatency,
  classRequests,
  errorCount,
  latency,
  nanosecondsPerMillisecond,
  requestCount,
  secondsPerMillisecond,
} from "../telemetry.ts";
import { between } from "../thresholds.ts";
import { quietest, trafficOf, windowFor } from "../traffic.ts";

/** Requests of which a percentile says something: below, two or three slow ones are it. */
const enough = 90;

/** Three times as many for the slowest of a hundred. */
const enoughForP99 = 300;

/** Of the traffic, each class's share where nobody has measured it. */
const classShare = 1 / endpointClasses.length;

/**
 * Failures beyond the share of all that an alert is about: at night one alone is a share. How few are enough to keep
 * a healthy service from ringing is computed by the rules (policies/declared/quietness.ts).
 */
const failuresMore = 3;

/** Shorter: however busy the service was, the window must have run empty before silence shows. */
const trafficWindowMinutes = 5;

export const requestAlerts = {
  "latency-list": classRow("list", "Lists and overviews open slowly."),
  "latency-read": classRow("read", "Single records open slowly."),
  "latency-write": classRow("write", "Saving takes long; users press the button twice."),
  "latency-analytics": classRow("analytics", "Reports and charts load slowly."),
  "latency-search": classRow("search", "Search results come late."),
  "latency-overall": {
    title: "p95 latency over all requests is high",
    meaning: "The whole service is slow for its users.",
    severity: "SEV2",
    runbook: "slow-responses",
    dashboard: "Operations",
    graph: "Latency p95",
    signals: (service, spec) => {
      const { targetMs, alertMs } = service.serviceLevels.overallLatency;
      return [
        {
          kind: "metric",
          expression: { series: latency(spec, service, "p95") },
          over: "percentile",
          windowMinutes: windowFor(enough, quietest(trafficOf(service, spec))),
          comparator: ">",
          thresholds: between(targetMs, alertMs, secondsPerMillisecond),
          unit: "s",
          evaluationDelaySeconds: 0,
          onMissingData: "resolve",
        },
      ];
    },
  },
  // No alert on p50: the p95 of the classes moves with it, and before it.
  "latency-p99": {
    title: "the slowest requests take longer than a page may",
    meaning: "One request in a hundred is so slow that its user gives up.",
    severity: "SEV3",
    runbook: "slow-responses",
    dashboard: "Operations",
    graph: "Latency p99",
    signals: (service, spec) => {
      const seconds = service.serviceLevels.pageResponseMs * secondsPerMillisecond;
      return [
        {
          kind: "metric",
          expression: { series: latency(spec, service, "p99") },
          over: "percentile",
          windowMinutes: windowFor(enoughForP99, quietest(trafficOf(service, spec))),
          comparator: ">",
          thresholds: {
            critical: exact(seconds),
            warning: exact(seconds * 0.8),
            recovery: exact(seconds * 0.6),
          },
          unit: "s",
          evaluationDelaySeconds: 0,
          onMissingData: "resolve",
        },
      ];
    },
  },
  "error-rate": {
    title: "error rate is above the service level",
    meaning: "Some requests fail; at this rate the month's error budget does not last.",
    severity: "SEV3",
    runbook: "high-error-rate",
    dashboard: "Operations",
    graph: "Error rate",
    signals: (service, spec) => {
      const { alertPercent } = service.serviceLevels.errorRate;
      // An hour: so small a share takes that long to tell from chance.
      return [errorRate(service, spec, alertPercent, 60)];
    },
  },
  "error-rate-high": {
    title: "error rate is high",
    meaning: "Many users see errors.",
    severity: "SEV2",
    runbook: "high-error-rate",
    dashboard: "Operations",
    graph: "Error rate",
    signals: (service, spec) => {
      const { runbookPercent } = service.serviceLevels.errorRate;
      return [errorRate(service, spec, runbookPercent, 10)];
    },
  },
  "errors-list": classErrors("list", "Lists and overviews do not open."),
  "errors-read": classErrors("read", "Single records do not open."),
  "errors-write": classErrors("write", "Nothing can be saved."),
  "errors-analytics": classErrors("analytics", "Reports and charts do not load."),
  "errors-search": classErrors("search", "Nothing can be found."),
  "service-outage": {
    title: "most requests fail",
    meaning: "The service is down for most of its users.",
    severity: "SEV1",
    runbook: "service-outage",
    dashboard: "Operations",
    graph: "Error rate",
    signals: (service, spec) => [
      // Two failures of two requests are no outage yet, three of three are.
      { ...errorRate(service, spec, 50, 2), more: 1 },
    ],
  },
  "traffic-drop": {
    title: "requests do not arrive",
    meaning: "Less reaches the service than our own checks send: users cannot either, or we cannot see them.",
    severity: "SEV2",
    runbook: "service-outage",
    dashboard: "Operations",
    graph: "Requests",
    signals: (service, spec) => {
      const expected = checkedRequests(service, spec, trafficWindowMinutes);
      return [
        {
          kind: "metric",
          expression: { series: requestCount(spec, service) },
          over: "sum",
          windowMinutes: trafficWindowMinutes,
          comparator: "<",
          thresholds: {
            critical: exact(expected * 0.5),
            warning: exact(expected * 0.7),
            recovery: exact(expected * 0.8),
          },
          unit: "requests",
          evaluationDelaySeconds: 0,
          // No data is no traffic: here silence is the fault.
          onMissingData: "show_and_notify_no_data",
        },
      ];
    },
  },
  "traffic-anomaly": {
    title: "traffic is unusual for this hour of the week",
    meaning: "Far more or fewer requests than in other weeks: a campaign, an attack, or a part that broke.",
    severity: "SEV4",
    runbook: "service-outage",
    dashboard: "Operations",
    graph: "Usual traffic",
    signals: (service, spec) => [unusual({ series: requestCount(spec, service) }, "both")],
  },
  "latency-anomaly": {
    title: "latency is unusual for this hour of the week",
    meaning: "Requests are slower than in other weeks, although they still keep their level.",
    severity: "SEV4",
    runbook: "slow-responses",
    dashboard: "Operations",
    graph: "Usual latency",
    signals: (service, spec) => [unusual({ series: latency(spec, service, "p95") }, "above")],
  },
} as const satisfies ServiceRows;

function classRow(endpointClass: EndpointClass, meaning: string): ServiceRow {
  return {
    title: `p95 latency of ${endpointClass} requests is high`,
    meaning,
    severity: "SEV3",
    runbook: "slow-responses",
    dashboard: "Operations",
    graph: `Latency p95: ${endpointClass}`,
    signals: (service, spec) => {
      const { targetMs, alertMs } = service.serviceLevels.latency[endpointClass];
      return [
        {
          kind: "metric",
          expression: { series: classLatency(spec, service, endpointClass) },
          over: "percentile",
          windowMinutes: windowFor(enough, quietest(trafficOf(service, spec)) * classShare, 30),
          comparator: ">",
          thresholds: between(targetMs, alertMs, nanosecondsPerMillisecond),
          unit: "ns",
          evaluationDelaySeconds: 0,
          // Nobody asked, so nobody waited; that nobody asks is for `traffic-drop` to say.
          onMissingData: "resolve",
        },
      ];
    },
  };
}

/** Of a class that is a hundredth of the requests, all can fail and the error rate of the service be fine. */
function classErrors(endpointClass: EndpointClass, meaning: string): ServiceRow {
  return {
    title: `${endpointClass} requests fail`,
    meaning,
    severity: "SEV3",
    runbook: "high-error-rate",
    dashboard: "Operations",
    graph: `Error rate: ${endpointClass}`,
    signals: (service, spec) => [
      {
        ...errorRate(service, spec, 5, 60),
        expression: {
          part: classFailures(spec, service, endpointClass),
          whole: [classRequests(spec, service, endpointClass)],
        },
      },
    ],
  };
}

function errorRate(
  service: ServiceSpec,
  spec: StackSpec,
  percent: number,
  windowMinutes: number,
): MetricSignal {
  return {
    kind: "metric",
    expression: { part: errorCount(spec, service), whole: [requestCount(spec, service)] },
    over: "sum",
    windowMinutes,
    comparator: ">",
    thresholds: { critical: percent, recovery: percent },
    more: failuresMore,
    unit: "%",
    evaluationDelaySeconds: 0,
    onMissingData: "resolve",
  };
}

/** That nothing arrives is for `traffic-drop` to say. */
function unusual(expression: Expression, direction: AnomalySignal["direction"]): AnomalySignal {
  return {
    kind: "anomaly",
    expression,
    direction,
    season: "weekly",
    windowMinutes: 30,
    evaluationDelaySeconds: 0,
    onMissingData: "resolve",
  };
}
