/** Alerts on what a service's users feel of its requests: latency, errors, availability, traffic. */
import { burnRateAlert } from "../burn-rate.ts";
import type { ServiceSpec, StackSpec } from "../config.ts";
import { exact } from "../exact.ts";
import type { EndpointClass } from "../service-levels.ts";
import type { ServiceRow, ServiceRows } from "./alert.ts";
import { checkedRequests } from "./checks.ts";
import type { MetricSignal, Thresholds } from "./signal.ts";
import {
  classLatency,
  errorCount,
  latency,
  nanosecondsPerMillisecond,
  requestCount,
  secondsPerMillisecond,
} from "./telemetry.ts";
import { between, budgetSpentAt } from "./thresholds.ts";

/** Minutes over which requests are judged: long enough for a percentile to mean something on a quiet day. */
const requestWindowMinutes = 10;

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
    signals: (service, spec) => {
      const { targetMs, alertMs } = service.serviceLevels.overallLatency;
      return [
        {
          kind: "metric",
          expression: { series: latency(spec, service, "p95") },
          over: "percentile",
          windowMinutes: requestWindowMinutes,
          comparator: ">",
          thresholds: between(targetMs, alertMs, secondsPerMillisecond),
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
    signals: (service, spec) => {
      const { targetPercent, alertPercent } = service.serviceLevels.errorRate;
      return [errorRate(service, spec, between(targetPercent, alertPercent))];
    },
  },
  "error-rate-high": {
    title: "error rate is high",
    meaning: "Many users see errors.",
    severity: "SEV2",
    runbook: "high-error-rate",
    dashboard: "Operations",
    signals: (service, spec) => {
      const { alertPercent, runbookPercent } = service.serviceLevels.errorRate;
      return [errorRate(service, spec, { critical: runbookPercent, recovery: alertPercent })];
    },
  },
  "service-outage": {
    title: "most requests fail",
    meaning: "The service is down for most of its users.",
    severity: "SEV1",
    runbook: "service-outage",
    dashboard: "Operations",
    signals: (service, spec) => [
      { ...errorRate(service, spec, { critical: 50, recovery: 10 }), windowMinutes: 2 },
    ],
  },
  "availability-fast-burn": {
    title: "the error budget burns fast",
    meaning: "At this rate a month's error budget is gone in two days.",
    severity: "SEV2",
    runbook: "high-error-rate",
    dashboard: "Operations",
    signals: () => [{ kind: "burn-rate", objective: "availability", ...burnRateAlert(30, "fast") }],
  },
  "availability-medium-burn": {
    title: "the error budget burns",
    meaning: "At this rate a month's error budget is gone in five days.",
    severity: "SEV3",
    runbook: "high-error-rate",
    dashboard: "Operations",
    signals: () => [{ kind: "burn-rate", objective: "availability", ...burnRateAlert(30, "medium") }],
  },
  "availability-slow-burn": {
    title: "the error budget burns slowly",
    meaning: "At this rate a month's error budget is gone in ten days.",
    severity: "SEV4",
    runbook: "high-error-rate",
    dashboard: "Operations",
    signals: () => [{ kind: "burn-rate", objective: "availability", ...burnRateAlert(30, "slow") }],
  },
  "availability-budget-spent": {
    title: "the month's error budget is spent",
    meaning: "Availability is below its level for the last 30 days: stop risky changes.",
    severity: "SEV3",
    runbook: "high-error-rate",
    dashboard: "Operations",
    signals: (service) => [
      {
        kind: "error-budget",
        objective: "availability",
        thresholds: budgetSpentAt(service.serviceLevels.availability),
      },
    ],
  },
  "traffic-drop": {
    title: "requests do not arrive",
    meaning: "Less reaches the service than our own checks send: users cannot either, or we cannot see them.",
    severity: "SEV2",
    runbook: "service-outage",
    dashboard: "Operations",
    signals: (service, spec) => {
      const expected = checkedRequests(service, spec, requestWindowMinutes);
      return [
        {
          kind: "metric",
          expression: { series: requestCount(spec, service) },
          over: "sum",
          windowMinutes: requestWindowMinutes,
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
} as const satisfies ServiceRows;

function classRow(endpointClass: EndpointClass, meaning: string): ServiceRow {
  return {
    title: `p95 latency of ${endpointClass} requests is high`,
    meaning,
    severity: "SEV3",
    runbook: "slow-responses",
    dashboard: "Operations",
    signals: (service, spec) => {
      const { targetMs, alertMs } = service.serviceLevels.latency[endpointClass];
      return [
        {
          kind: "metric",
          expression: { series: classLatency(spec, service, endpointClass) },
          over: "percentile",
          windowMinutes: requestWindowMinutes,
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

function errorRate(service: ServiceSpec, spec: StackSpec, thresholds: Thresholds): MetricSignal {
  return {
    kind: "metric",
    expression: { part: errorCount(spec, service), whole: [requestCount(spec, service)] },
    over: "sum",
    windowMinutes: requestWindowMinutes,
    comparator: ">",
    thresholds,
    unit: "%",
    evaluationDelaySeconds: 0,
    onMissingData: "resolve",
  };
}
