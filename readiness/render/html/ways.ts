/**
 * An alert's way to people as the rules of paging hold it against the severity's time to answer (PAGE-01): of SEV1 and
 * SEV2 from the first failed request, or from when a run is overdue; of the others from when they fire. Several alerts
 * of SEV1 tell of one outage: the first sets the escalation in motion, those after it join.
 */
import type { Severity } from "../../../model/on-call/severities.ts";
import type { Alert, Fault, FaultStep } from "../../operations/alerts.ts";
import type { Escalation } from "../../operations/escalations.ts";
import type { Context } from "./context.ts";
import { isRinging } from "./faults.ts";

export interface Way {
  readonly label: string;
  readonly what: string;
  /** Severities of which it opens an incident with its own. */
  readonly opens: readonly Severity[];
  /** Whether it calls somebody; it is mailed otherwise. */
  readonly rings: boolean;
  /** Until somebody is told. */
  readonly seconds: number;
  readonly steps: readonly FaultStep[];
  /** How many of the escalation's levels it sets in motion. */
  readonly levels: number;
}

/** The ways that say most of a severity: the first to tell and the last; none where nothing rings. */
export function waysOf(context: Context, { severity, levels }: Escalation): readonly Way[] {
  const own = (context.report.operations?.alerts.value ?? []).filter(
    (alert) => alert.severity === severity && isRinging(context, alert),
  );
  if (severity !== "SEV1" && severity !== "SEV2") return onceFired(own, levels.length);
  const faults = own.flatMap((alert) => alert.faults.filter(isUsers).map((fault) => ({ alert, fault })));
  const sorted = faults.toSorted((a, b) => a.fault.seconds - b.fault.seconds);
  const [first, last] = [severity === "SEV1" ? setsInMotion(sorted) : sorted[0], sorted.at(-1)];
  if (!first || !last) return onceFired(own, levels.length);
  const way = (label: string, { alert, fault }: Found, reached: number): Way => ({
    label,
    what: `${alert.name} (${fault.name})`,
    opens: alert.opens,
    rings: alert.rings,
    seconds: fault.seconds,
    steps: fault.steps,
    levels: reached,
  });
  return [
    way("First to tell", first, levels.length),
    ...(first === last ? [] : [way("Last to tell", last, severity === "SEV1" ? 1 : levels.length)]),
  ];
}

/** By which an outage is told without Datadog; the first level shows that it is. */
export function outsideWays({ report }: Context, severity: Severity): readonly Way[] {
  return (report.operations?.outside.value ?? [])
    .filter((watch) => watch.severity === severity)
    .map(({ check, seconds, steps }) => ({
      label: "Without Datadog",
      what: `${check} (Route 53, CloudWatch)`,
      opens: [],
      rings: true,
      seconds,
      steps,
      levels: 1,
    }));
}

interface Found {
  readonly alert: Alert;
  readonly fault: Fault;
}

/** Whether it is an outage or an overdue run: a burnt budget speaks of hours. */
function isUsers({ errorShare, steps }: Fault): boolean {
  return (errorShare === 1 || errorShare === 0) && steps.every(({ name }) => name !== "burn");
}

/** Of each kind of outage of each service the alert that tells it first; of those the last. */
function setsInMotion(sorted: readonly Found[]): Found | undefined {
  const outages = sorted.filter(({ fault }) => fault.errorShare === 1);
  const kinds = Map.groupBy(outages, ({ alert, fault }) => JSON.stringify([alert.service, fault.name]));
  const firsts = [...kinds.values()].flatMap(([first]) => first ?? []);
  return firsts.toSorted((a, b) => a.fault.seconds - b.fault.seconds).at(-1) ?? sorted[0];
}

function onceFired(alerts: readonly Alert[], levels: number): readonly Way[] {
  const [slowest] = alerts.toSorted((a, b) => b.deliverySeconds - a.deliverySeconds);
  if (!slowest) return [];
  const { deliverySeconds: seconds, rings } = slowest;
  const steps = [{ name: "from alert to person", seconds }];
  return [{ label: "Once it fires", what: "any alert", opens: [], rings, seconds, steps, levels }];
}

/** Seconds that are left of the response time when the last level of a way has been told. */
export function spareOf({ responseMinutes, levels }: Escalation, way: Way): number {
  return responseMinutes * 60 - way.seconds - (levels[way.levels - 1]?.after ?? 0);
}
