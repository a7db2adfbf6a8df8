/** What an alert says and whom it tells. Nothing in it depends on a deployment, so a preview shows it whole. */
import type { Alert } from "../../model/alerts/alert.ts";
import { dashboardUrl, runbookUrl } from "../../model/alerts/links.ts";
import type { Objective } from "../../model/alerts/objectives.ts";
import type { AnomalySignal, MetricSignal } from "../../model/alerts/signal.ts";
import { nanosecondsPerMillisecond } from "../../model/alerts/telemetry.ts";
import type { StackSpec } from "../../model/config/stack-spec.ts";
import { teamHandles } from "../../model/on-call/chat.ts";
import { isGrouped, pagerDutyHandle } from "../../model/on-call/routing.ts";
import { ringsWith, severityLevels } from "../../model/on-call/severities.ts";

/** Name of an alert's monitor: distinct in the Datadog organisation. */
export function monitorName({ subject, title }: Alert, { product, stack }: StackSpec): string {
  return `[${product} ${stack}] ${subject}: ${title}`;
}

/**
 * Message of an alert's monitor, without blanks at its ends: they would come back as a change on every preview.
 * @param objective what an alert on an error budget stands on
 */
export function monitorMessage(alert: Alert, spec: StackSpec, objective?: Objective): string {
  const { id, severity, meaning, runbook, dashboard } = alert;
  const { responseMinutes, title } = severityLevels[severity];
  return [
    `${severity} ${title}: acknowledge within ${responseMinutes} minutes.`,
    meaning,
    ...(objective ? [promised(objective)] : []),
    ...observed(alert),
    `Runbook: ${runbookUrl(spec, runbook, id)}`,
    `Dashboard: ${dashboardUrl(spec, dashboard)}`,
    "{{#is_recovery}}It is over. Note the cause before you close the incident.{{/is_recovery}}",
    [pageHandle(alert, spec), ...teamHandles(spec)].join(" "),
  ].join("\n");
}

/** How values are shown: what they are divided by, and the unit that this gives. */
const shown: Readonly<Record<MetricSignal["unit"], readonly [divisor: number, unit: string]>> = {
  s: [0.001, " ms"],
  ms: [1, " ms"],
  ns: [nanosecondsPerMillisecond, " ms"],
  bytes: [2 ** 20, " MiB"],
  "%": [1, " %"],
  requests: [1, " requests"],
  "": [1, ""],
};

/** What an error budget is left over from. */
function promised(objective: Objective): string {
  if (objective.kind !== "fast-requests") return `Promised: ${objective.targetPercent} %.`;
  const limit = objective.below / nanosecondsPerMillisecond;
  return `Promised: ${objective.targetPercent} % of requests within ${limit} ms.`;
}

/** The value that Datadog saw, in a unit that a person can read, beside the ones at which it alerts and ends. */
function observed({ signal }: Alert): readonly string[] {
  switch (signal.kind) {
    case "check":
      return signal.check.type === "http"
        ? [`Promised: an answer within ${signal.check.maxResponseMs} ms.`]
        : [];
    case "burn-rate":
      return [`It alerts at ${signal.rate} times the rate that spends the error budget in 30 days.`];
    case "error-budget": {
      const { critical } = signal.thresholds;
      return [`Observed: {{value}} % of the error budget is spent; it alerts above ${critical} %.`];
    }
    case "anomaly":
      return [
        `Observed: unusual for ${signal.windowMinutes} minutes, ${directions[signal.direction]} of other ${signal.season === "daily" ? "days" : "weeks"}.`,
      ];
    case "forecast":
      return [`Forecast for the week ahead: ${compared(signal)}`];
    default:
      return [
        `Observed: ${"more" in signal && signal.more !== undefined ? beyond(signal) : compared(signal)}`,
      ];
  }
}

const directions: Readonly<Record<AnomalySignal["direction"], string>> = {
  above: "above what it is at this hour",
  below: "below what it is at this hour",
  both: "compared with this hour",
};

function compared({
  unit,
  comparator,
  thresholds,
}: Pick<MetricSignal, "unit" | "comparator" | "thresholds">) {
  const [divisor, shownUnit] = shown[unit];
  const value = divisor === 1 ? "{{value}}" : `{{eval "round(value / ${divisor})"}}`;
  const [beyond, back] = comparator === ">" ? ["above", "below"] : ["below", "above"];
  const show = (limit: number) => `${Number((limit / divisor).toPrecision(6))}${shownUnit}`;
  const { critical, recovery } = thresholds;
  const end = recovery === undefined ? "" : ` and ends ${back} ${show(recovery)}`;
  return `${value}${shownUnit}; it alerts ${beyond} ${show(critical)}${end}.`;
}

function beyond({ more, thresholds: { critical } }: MetricSignal): string {
  return `{{value}} more than ${critical} % of all; it alerts above ${critical} % and ${more} more, and ends below ${critical} %.`;
}

/**
 * The PagerDuty service of the severity, and those whose incidents open with its own (docs/adr/0009-one-outage.md). A
 * warning tells the team and pages nobody; Datadog has no warnings, and no such condition, for synthetic checks ("Synthetic
 * Monitoring: notifications").
 */
function pageHandle({ subject: service, severity, signal }: Alert, spec: StackSpec): string {
  const { product, stack } = spec;
  const handles = [severity, ...(isGrouped(spec) ? ringsWith(severity) : [])]
    .map((own) => pagerDutyHandle({ product, service, stack, severity: own }))
    .join(" ");
  return signal.kind === "check" ? handles : `{{^is_warning}}${handles}{{/is_warning}}`;
}
