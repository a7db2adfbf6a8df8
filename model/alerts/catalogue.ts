/**
 * The alert catalogue: every alert that a stack has, as data. Monitors, checks and the markers on dashboards
 * are made from it; adding a row is adding the alert.
 */
import { partsOf, type ServiceSpec, type StackSpec } from "../config/stack-spec.ts";
import { isGrouped, platform } from "../on-call/routing.ts";
import { ringsWith, type Severity, severities } from "../on-call/severities.ts";
import { withoutObject } from "../parts.ts";
import type { Alert, PlatformRow, ServiceRow } from "./alert.ts";
import { backupAlerts } from "./catalogue/backup-alerts.ts";
import { cacheAlerts } from "./catalogue/cache-alerts.ts";
import { dataAccessAlerts } from "./catalogue/data-access-alerts.ts";
import { databaseAlerts } from "./catalogue/database-alerts.ts";
import { deliveryAlerts } from "./catalogue/delivery-alerts.ts";
import { dumpAlerts } from "./catalogue/dump-alerts.ts";
import { edgeAlerts } from "./catalogue/edge-alerts.ts";
import { frontendAlerts } from "./catalogue/frontend-alerts.ts";
import { functionAlerts } from "./catalogue/function-alerts.ts";
import { logAlerts } from "./catalogue/log-alerts.ts";
import { objectiveAlerts } from "./catalogue/objective-alerts.ts";
import { requestAlerts } from "./catalogue/request-alerts.ts";
import { platformSilenceAlerts, silenceAlerts } from "./catalogue/silence-alerts.ts";
import { uptimeAlerts } from "./catalogue/uptime-alerts.ts";
import { vercelEdgeAlerts } from "./catalogue/vercel-edge-alerts.ts";
import type { MetricSignal, Signal } from "./signal.ts";

/** Alerts that each service has. */
export const serviceAlerts = {
  ...requestAlerts,
  ...objectiveAlerts,
  ...uptimeAlerts,
  ...functionAlerts,
  ...dataAccessAlerts,
  ...logAlerts,
  ...frontendAlerts,
  ...deliveryAlerts,
  ...silenceAlerts,
} as const;

/** Alerts on what the services share. */
export const platformAlerts = {
  ...databaseAlerts,
  ...cacheAlerts,
  ...edgeAlerts,
  ...vercelEdgeAlerts,
  ...backupAlerts,
  ...dumpAlerts,
  ...platformSilenceAlerts,
} as const;

/** Runbooks have a heading for each. */
export type AlertId = keyof typeof serviceAlerts | keyof typeof platformAlerts;

/** All alerts of a stack: each service's, then the platform's. */
export function alertsOf(spec: StackSpec): readonly Alert[] {
  return [...spec.services.flatMap((service) => alertsOfService(service, spec)), ...alertsOfPlatform(spec)];
}

export function alertsOfService(service: ServiceSpec, spec: StackSpec): readonly Alert[] {
  return rowsFor<ServiceRow>(serviceAlerts, spec).flatMap(([id, row]) =>
    row
      .signals(service, spec)
      .map((signal) => (isGrouped(spec) ? afterSev1(row.severity, signal) : signal))
      .map((signal) =>
        concrete(id, row, { subject: service.name, owner: service.owner ?? spec.owner }, signal),
      ),
  );
}

export function alertsOfPlatform(spec: StackSpec): readonly Alert[] {
  return rowsFor<PlatformRow>(platformAlerts, spec).flatMap(([id, row]) =>
    row.signals(spec).map((signal) => concrete(id, row, { subject: platform, owner: spec.owner }, signal)),
  );
}

/** What has an object in a stack of these parts. */
function rowsFor<Row extends ServiceRow | PlatformRow>(
  rows: Readonly<Record<string, Row>>,
  spec: StackSpec,
): readonly (readonly [id: string, row: Row])[] {
  const parts = partsOf(spec);
  return Object.entries(rows).filter(([, { needs }]) => withoutObject(needs, parts) === undefined);
}

function concrete(
  id: string,
  row: ServiceRow | PlatformRow,
  whose: Pick<Alert, "subject" | "owner">,
  signal: Signal,
): Alert {
  const { signals: _, needs: __, ...facts } = row;
  // The commands check no types: a wrong severity would show as something undefined, far from here.
  if (!severities.includes(facts.severity)) {
    throw new Error(
      `alert ${id}: found severity "${facts.severity}", must be one of ${severities.join(", ")}`,
    );
  }
  const alert = { id, ...facts, ...whose, key: `${whose.subject}-${id}`, signal };
  // A row may watch several things; each is an alert with a name of its own.
  const name = nameOf(signal);
  if (name === undefined || `-${id}`.endsWith(`-${name}`)) return alert;
  return { ...alert, title: `${alert.title} (${name})`, key: `${alert.key}-${name}` };
}

/**
 * Every SEV1 of a service has fired 100 s after an outage began, or no phone would ring within two minutes. What else
 * would notice it as soon waits for longer: then it joins what rang, and calls nobody again (docs/adr/0009-one-outage.md).
 */
const afterSev1Seconds = 120;

function afterSev1(severity: Severity, signal: Signal): Signal {
  if (!ringsWith("SEV1").includes(severity)) return signal;
  if (signal.kind === "check" && signal.check.type === "http")
    return { ...signal, check: { ...signal.check, minFailureSeconds: afterSev1Seconds } };
  if (signal.kind !== "metric" || neededSeconds(signal) >= afterSev1Seconds) return signal;
  return { ...signal, evaluationDelaySeconds: Math.max(signal.evaluationDelaySeconds, afterSev1Seconds) };
}

/** How much of its window has to lie in a total outage: of a measure that is no share of the requests, all. */
function neededSeconds({ over, more, windowMinutes, thresholds, expression }: MetricSignal): number {
  const ofPercentile = over === "percentile" && "series" in expression;
  const share = ofPercentile ? 100 - Number(expression.series.aggregate.slice(1)) : thresholds.critical;
  return windowMinutes * 60 * (ofPercentile || more !== undefined ? share / 100 : 1);
}

function nameOf(signal: Signal): string | undefined {
  if (signal.kind === "check") return signal.check.name;
  return "name" in signal ? signal.name : undefined;
}
