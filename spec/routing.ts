/** Where an alert goes: the PagerDuty service of its severity, and the handles that a monitor's message names. */
import type { Severity } from "./severities.ts";

/** The part of a stack that no single service owns: network, data stores, edge. */
export const platform = "platform";

/** Name of the PagerDuty service for one service (or `platform`) and severity, such as `portal-prod-sev1`. */
export function pagerDutyService(service: string, stack: string, severity: Severity): string {
  return `${service}-${stack}-${severity.toLowerCase()}`;
}

/** How a Datadog message addresses that PagerDuty service. */
export function pagerDutyHandle(service: string, stack: string, severity: Severity): string {
  return `@pagerduty-${pagerDutyService(service, stack, severity)}`;
}

/** How a Datadog message addresses a Slack channel. */
export function slackHandle(account: string, channel: string): string {
  return `@slack-${account}-${channel}`;
}
