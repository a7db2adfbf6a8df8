/** From an alert of the catalogue to its Datadog monitor. */
import * as datadog from "@pulumi/datadog";
import type * as pulumi from "@pulumi/pulumi";
import type { Alert } from "../../model/alerts/alert.ts";
import type { Objective } from "../../model/alerts/objectives.ts";
import {
  anomalyQuery,
  duration,
  eventQuery,
  forecastQuery,
  metricQuery,
  objectiveQuery,
} from "../../model/alerts/query.ts";
import type {
  AnomalySignal,
  BurnRateSignal,
  ErrorBudgetSignal,
  EventSignal,
  ForecastSignal,
  MetricSignal,
  Thresholds,
} from "../../model/alerts/signal.ts";
import type { StackSpec } from "../../model/config/stack-spec.ts";
import { type Severity, severities } from "../../model/on-call/severities.ts";
import { datadogTags } from "../tags.ts";
import { monitorMessage, monitorName } from "./message.ts";
import type { DeclaredObjective } from "./objective.ts";

/** What an alert is labelled with, on monitors and checks alike. */
export function alertTags(
  { id, subject, owner, severity, maintenance, signal }: Alert,
  spec: StackSpec,
): string[] {
  const everyMinutes = signal.kind === "metric" ? signal.everyMinutes : undefined;
  return datadogTags(spec, {
    owner,
    service: subject,
    severity: severity.toLowerCase(),
    alert: id,
    ...(maintenance && { maintenance }),
    ...(everyMinutes !== undefined && { every: `${everyMinutes}m` }),
  });
}

/** Datadog's priority: 1 for SEV1 to 4 for SEV4. */
export function priority(severity: Severity): number {
  return severities.indexOf(severity) + 1;
}

/**
 * Reminders while an urgent alert lasts, in minutes: PagerDuty stops once somebody has acknowledged, the chat
 * should not. Synthetic checks take no other intervals than tens.
 */
export const reminders: Readonly<
  Partial<Record<Severity, { readonly renotifyInterval: number; readonly renotifyOccurrences: number }>>
> = {
  SEV1: { renotifyInterval: 10, renotifyOccurrences: 6 },
  SEV2: { renotifyInterval: 30, renotifyOccurrences: 4 },
};

/** The monitor of an alert on a metric or on events. */
export function createMonitor(
  alert: Alert<MetricSignal | ForecastSignal | AnomalySignal | EventSignal>,
  spec: StackSpec,
  opts: pulumi.CustomResourceOptions,
): datadog.Monitor {
  const { signal } = alert;
  return new datadog.Monitor(
    alert.key,
    { ...labels(alert, spec), ...condition(signal), onMissingData: signal.onMissingData },
    opts,
  );
}

/** The monitor of an alert on a service level objective. */
export function createObjectiveMonitor(
  alert: Alert<BurnRateSignal | ErrorBudgetSignal>,
  { objective, resource }: DeclaredObjective,
  spec: StackSpec,
  opts: pulumi.CustomResourceOptions,
): datadog.Monitor {
  const { signal } = alert;
  const thresholds = signal.kind === "burn-rate" ? { critical: signal.rate } : signal.thresholds;
  return new datadog.Monitor(
    alert.key,
    {
      ...labels(alert, spec, objective),
      type: "slo alert",
      query: resource.id.apply((id) => objectiveQuery(signal, id)),
      monitorThresholds: monitorThresholds(thresholds),
    },
    opts,
  );
}

function labels(alert: Alert, spec: StackSpec, objective?: Objective) {
  const { severity } = alert;
  return {
    name: monitorName(alert, spec),
    message: monitorMessage(alert, spec, objective),
    tags: alertTags(alert, spec),
    priority: String(priority(severity)),
    ...(spec.launch && { draftStatus: "draft" }),
    ...(reminders[severity] && { ...reminders[severity], renotifyStatuses: ["alert", "no data"] }),
  };
}

type Condition = Pick<datadog.MonitorArgs, "type" | "query"> & Partial<datadog.MonitorArgs>;

function condition(signal: MetricSignal | ForecastSignal | AnomalySignal | EventSignal): Condition {
  switch (signal.kind) {
    case "metric":
      return {
        ...metricCondition(metricQuery(signal), signal),
        monitorThresholds: monitorThresholds(
          signal.more === undefined ? signal.thresholds : { critical: signal.more, recovery: 0 },
        ),
      };
    case "forecast":
      return {
        ...metricCondition(forecastQuery(signal), signal),
        monitorThresholds: monitorThresholds(signal.thresholds),
      };
    case "anomaly": {
      const window = `last_${duration(signal.windowMinutes)}`;
      return {
        ...metricCondition(anomalyQuery(signal), signal),
        // Shares of the window that are unusual: all of it to fire, none of it to be over.
        monitorThresholds: monitorThresholds({ critical: 1, recovery: 0 }),
        monitorThresholdWindows: { triggerWindow: window, recoveryWindow: window },
      };
    }
    default:
      return {
        type: `${signal.kind} alert`,
        query: eventQuery(signal),
        monitorThresholds: monitorThresholds(signal.thresholds),
      };
  }
}

function metricCondition(
  query: string,
  { evaluationDelaySeconds }: Pick<MetricSignal, "evaluationDelaySeconds">,
): Condition {
  return {
    type: "query alert",
    query,
    // Metrics of a quiet service have gaps; a full window would never come.
    requireFullWindow: false,
    ...(evaluationDelaySeconds > 0 && { evaluationDelay: evaluationDelaySeconds }),
  };
}

function monitorThresholds({ critical, warning, recovery }: Thresholds) {
  return {
    critical: String(critical),
    ...(warning !== undefined && { warning: String(warning) }),
    ...(recovery !== undefined && { criticalRecovery: String(recovery) }),
    ...(warning !== undefined && recovery !== undefined && { warningRecovery: String(recovery) }),
  };
}
