/**
 * The alert catalogue: every alert that a stack has, as data. Monitors, checks and the markers on dashboards
 * are made from it; adding a row is adding the alert.
 */
import type { ServiceSpec, StackSpec } from "../config/stack-spec.ts";
import { platform } from "../on-call/routing.ts";
import { ringsWith, severities } from "../on-call/severities.ts";
import type { Alert, PlatformRow, ServiceRow } from "./alert.ts";
import { backupAlerts } from "./catalogue/backup-alerts.ts";
import { cacheAlerts } from "./catalogue/cache-alerts.ts";
import { dataAccessAlerts } from "./catalogue/data-access-alerts.ts";
import { databaseAlerts } from "./catalogue/database-alerts.ts";
import { deliveryAlerts } from "./catalogue/delivery-alerts.ts";
import { edgeAlerts } from "./catalogue/edge-alerts.ts";
import { frontendAlerts } from "./catalogue/frontend-alerts.ts";
import { functionAlerts } from "./catalogue/function-alerts.ts";
import { logAlerts } from "./catalogue/log-alerts.ts";
import { objectiveAlerts } from "./catalogue/objective-alerts.ts";
import { requestAlerts } from "./catalogue/request-alerts.ts";
import { platformSilenceAlerts, silenceAlerts } from "./catalogue/silence-alerts.ts";
import { uptimeAlerts } from "./catalogue/uptime-alerts.ts";
import type { Signal } from "./signal.ts";

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
  ...backupAlerts,
  ...platformSilenceAlerts,
} as const;

/** Runbooks have a heading for each. */
export type AlertId = keyof typeof serviceAlerts | keyof typeof platformAlerts;

/** All alerts of a stack: each service's, then the platform's. */
export function alertsOf(spec: StackSpec): readonly Alert[] {
  return [...spec.services.flatMap((service) => alertsOfService(service, spec)), ...alertsOfPlatform(spec)];
}

export function alertsOfService(service: ServiceSpec, spec: StackSpec): readonly Alert[] {
  return Object.entries<ServiceRow>(serviceAlerts).flatMap(([id, row]) =>
    row
      .signals(service, spec)
      .map((signal) =>
        concrete(id, row, { subject: service.name, owner: service.owner ?? spec.owner }, signal),
      ),
  );
}

export function alertsOfPlatform(spec: StackSpec): readonly Alert[] {
  return Object.entries<PlatformRow>(platformAlerts).flatMap(([id, row]) =>
    row.signals(spec).map((signal) => concrete(id, row, { subject: platform, owner: spec.owner }, signal)),
  );
}

function concrete(
  id: string,
  row: ServiceRow | PlatformRow,
  whose: Pick<Alert, "subject" | "owner">,
  signal: Signal,
): Alert {
  const { signals: _, ...facts } = row;
  // The commands check no types: a wrong severity would show as something undefined, far from here.
  if (!severities.includes(facts.severity)) {
    throw new Error(
      `alert ${id}: found severity "${facts.severity}", must be one of ${severities.join(", ")}`,
    );
  }
  const alert = {
    id,
    ...facts,
    ...whose,
    key: `${whose.subject}-${id}`,
    signal: afterSev1(facts, whose, signal),
  };
  // A row may watch several things; each is an alert with a name of its own.
  const name = nameOf(signal);
  if (name === undefined || id.endsWith(name)) return alert;
  return { ...alert, title: `${alert.title} (${name})`, key: `${alert.key}-${name}` };
}

/**
 * Every SEV1 of a service has fired 100 s after an outage began, or no phone would ring within two minutes. What else
 * would notice it as soon waits for longer: then it joins what rang, and calls nobody again (docs/adr/0009-one-outage.md).
 */
const afterSev1Seconds = 120;

function afterSev1(
  { severity }: Pick<Alert, "severity">,
  { subject }: Pick<Alert, "subject">,
  signal: Signal,
): Signal {
  if (subject === platform || !ringsWith("SEV1").includes(severity)) return signal;
  if (signal.kind === "check" && signal.check.type === "http")
    return { ...signal, check: { ...signal.check, minFailureSeconds: afterSev1Seconds } };
  const isSoon = signal.kind === "metric" && (signal.over === "percentile" || signal.more !== undefined);
  return isSoon ? { ...signal, evaluationDelaySeconds: afterSev1Seconds } : signal;
}

function nameOf(signal: Signal): string | undefined {
  if (signal.kind === "check") return signal.check.name;
  return "name" in signal ? signal.name : undefined;
}
