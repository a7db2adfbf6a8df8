/** Which alert tells of a fault first. */
import type { Alert, Fault } from "../../operations/alerts.ts";
import type { Context } from "./context.ts";

export interface Told {
  readonly alert: Alert;
  readonly fault: Fault;
}

/** What can happen to the requests of a service, and the alerts that ring for it, the fastest first. */
export interface Detected {
  readonly service: string;
  readonly fault: string;
  readonly errorShare: number;
  readonly told: readonly Told[];
}

/** Whether its incidents call somebody, if only by day; so, where the report does not tell. */
export function isRinging({ report }: Context, { severity }: Alert): boolean {
  const known = report.operations?.escalations.value?.find((of) => of.severity === severity);
  return known?.urgency !== "low";
}

/** Of each service each fault that any alert of the stack looks for, the largest share of requests first. */
export function detectionOf(context: Context): readonly Detected[] {
  const alerts = (context.report.operations?.alerts.value ?? []).filter((alert) => isRinging(context, alert));
  const known = new Map(
    alerts.flatMap(({ faults }) => faults.map(({ name, errorShare }) => [name, errorShare] as const)),
  );
  const faults = [...known].filter(([, share]) => share > 0).toSorted(([, a], [, b]) => b - a);
  return servicesOf(context).flatMap((service) =>
    faults.map(([fault, errorShare]) => ({
      service,
      fault,
      errorShare,
      told: alerts
        .filter((alert) => alert.service === service)
        .flatMap((alert) =>
          alert.faults.filter(({ name }) => name === fault).map((one) => ({ alert, fault: one })),
        )
        .toSorted((a, b) => a.fault.seconds - b.fault.seconds),
    })),
  );
}

function servicesOf({ report }: Context): readonly string[] {
  return (report.operations?.levels.value?.budgets ?? []).map(({ service }) => service);
}

/** Of the ways in which every request can fail, the one that is told last, by the alert that tells it first. */
export function lastOutage(detected: readonly Detected[], service?: string): Told | undefined {
  return detected
    .filter((one) => one.errorShare === 1 && (service === undefined || one.service === service))
    .flatMap(({ told: [first] }) => first ?? [])
    .toSorted((a, b) => b.fault.seconds - a.fault.seconds)[0];
}

/** A fault in words: what the service does, or what its requests meet. */
export function faultWords({ fault, errorShare, service }: Detected): string {
  return errorShare === 1 ? `${service} ${fault}` : `${service} has ${fault}`;
}
