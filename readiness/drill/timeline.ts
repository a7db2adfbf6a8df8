/** One alert's way through the declared chain, in seconds from the first failed request. */
import type { Urgency } from "../../model/on-call/severities.ts";
import { burnRateAlert, burnSpeeds, detectionMinutes } from "../../model/service-levels/burn-rate.ts";
import { errorBudgetMinutes } from "../../model/service-levels/error-budget.ts";
import { didYouMean } from "../../model/suggest.ts";
import { type DeclaredAlert, declaredAlerts } from "../../policies/declared/alert.ts";
import { type Chain, chainsOf } from "../../policies/declared/chain.ts";
import { deliveryOf } from "../../policies/declared/delivery.ts";
import {
  detectionOf,
  hang,
  metricSteps,
  type Outage,
  outages,
  overdueOf,
  partialDetectionOf,
  type Step,
  total,
  wordOf,
} from "../../policies/declared/detection.ts";
import { type MonitorProps, objective, tagged, tagOf } from "../../policies/declared/monitoring.ts";
import { powerOf } from "../../policies/declared/power.ts";
import { subjectOf } from "../../policies/declared/quietness.ts";
import { declaredTraffic } from "../../policies/declared/traffic.ts";
import type { Resource, Stack } from "../../policies/resource.ts";
import { UsageError } from "../errors.ts";

/** A fault, and what has become of the month's error budget when the phone rings. */
export interface DrillFault {
  /** What the service does, such as `hangs`, or what its requests meet, such as `10 % errors`. */
  readonly name: string;
  /** Of a total outage. */
  readonly outage?: Outage;
  /** Share of requests that fail, from 0, where it is no request that does, to 1. */
  readonly errorShare: number;
  /** The way to the phone; nothing where this alert does not look for such a fault. */
  readonly steps: readonly Step[] | undefined;
  /** How surely it rings within the severity's response time, at each level of the service's traffic; none where it is no matter of chance. */
  readonly chances: readonly { readonly perMinute: number; readonly chance: number }[];
}

const partialFaults = [
  ["10 % errors", 0.1],
  ["1 % errors", 0.01],
] as const;

/**
 * The alert that somebody means by its name in the catalogue (`uptime-homepage`) or in the stack
 * (`portal-uptime-homepage`).
 * @throws UsageError where there is none, where it reaches no policy, or where several are of that name
 */
export function findChain(stack: Stack, name: string): Chain {
  const named = ({ resource }: DeclaredAlert) => resource.name === name || alertId(resource) === name;
  const found = chainsOf(stack).filter(({ alert }) => named(alert));
  const [first, second] = found;
  if (!first) {
    const alerts = declaredAlerts(stack);
    if (alerts.some(named)) {
      throw new UsageError(
        `${name} reaches no escalation policy: npm run check -- --stack ${stack.name} says where it ends`,
      );
    }
    const names = alerts.map(({ resource }) => resource.name).sort();
    const ids = alerts.flatMap(({ resource }) => alertId(resource) ?? []);
    const hint = didYouMean(name, [...ids, ...names]) || `; alerts are ${names.join(", ")}`;
    throw new UsageError(`no alert of ${stack.name} is named "${name}"${hint}`);
  }
  if (second) {
    const all = found.map(({ alert }) => alert.resource.name).join(", ");
    throw new UsageError(`${stack.name} has ${found.length} alerts "${name}": name one of ${all}`);
  }
  return first;
}

/**
 * What the alert makes of each fault.
 * @param targetPercent the availability that is promised; nothing where it is not known
 * @param urgency of its incidents: high rings, low mails
 */
export function faultsOf(
  stack: Stack,
  chain: Chain,
  targetPercent: number | undefined,
  urgency: Urgency = "high",
): readonly DrillFault[] {
  const delivery = deliveryOf(chain, stack, urgency);
  const overdue = overdueOf(chain);
  if (overdue) return [{ name: "overdue run", errorShare: 0, steps: [...overdue, ...delivery], chances: [] }];
  const told = (steps: readonly Step[] | undefined) => steps && [...steps, ...delivery];
  const burn = (errorShare: number) => burnSteps(chain, errorShare, targetPercent);
  const traffic = declaredTraffic(stack, subjectOf(chain.alert.resource));
  const chances = (errorShare: number) =>
    traffic.map(({ perMinute }) => ({ perMinute, chance: powerOf(chain, stack, errorShare, perMinute) }));
  return [
    ...outages.map((outage) => ({
      name: wordOf[outage],
      outage,
      errorShare: 1,
      steps: told(detectionOf(chain, outage, stack) ?? burnIn(outage, burn(1), stack)),
      chances: outage === "fails" ? chances(1) : [],
    })),
    ...partialFaults.map(([name, errorShare]) => ({
      name,
      errorShare,
      steps: told(burn(errorShare) ?? partialDetectionOf(chain, errorShare, stack)),
      chances: chances(errorShare),
    })),
  ];
}

/** A budget is burnt by answers: late where requests hang, not at all where none arrives. */
function burnIn(
  outage: Outage,
  burn: readonly Step[] | undefined,
  stack: Stack,
): readonly Step[] | undefined {
  if (burn === undefined || outage === "unreachable") return undefined;
  return outage === "hangs" ? [hang(stack), ...burn] : burn;
}

/** Of an alert on the burn rate of an availability; its windows follow from its rate (model/service-levels/burn-rate.ts). */
function burnSteps(
  { alert: { resource, tags } }: Chain,
  errorShare: number,
  targetPercent: number | undefined,
): readonly Step[] | undefined {
  if (targetPercent === undefined || !tags.some((tag) => /^alert:availability-\w+-burn$/.test(tag)))
    return undefined;
  const { monitorThresholds } = (resource as Resource<MonitorProps>).props;
  const alerts = burnSpeeds.map((speed) => burnRateAlert(30, speed));
  const own = alerts.find(({ rate }) => rate === Number(monitorThresholds?.critical));
  const minutes = own && detectionMinutes(own, targetPercent, errorShare);
  return minutes === undefined
    ? undefined
    : [{ name: "burn", seconds: Math.ceil(minutes * 60) }, ...metricSteps];
}

/** The one by which the rest is told: the slowest of the outages that the alert notices, or what else it is for. */
export function worstOf(faults: readonly DrillFault[]): DrillFault | undefined {
  const noticed = faults.filter(({ steps }) => steps);
  const total = noticed.filter(({ outage }) => outage);
  return total.toSorted((a, b) => ringsAfter(b) - ringsAfter(a))[0] ?? noticed[0];
}

/** Seconds until the phone rings. */
export function ringsAfter(fault: DrillFault): number {
  return total(fault.steps ?? []);
}

/**
 * Share of the month's error budget that a fault has spent after so many seconds.
 * @param targetPercent the availability that is promised
 */
export function budgetBurnt(seconds: number, errorShare: number, targetPercent: number): number {
  return ((seconds / 60) * errorShare) / errorBudgetMinutes(targetPercent);
}

/** The declared availability objective of the alert's service; of the strictest one where it is the platform's. */
export function promiseOf(stack: Stack, { alert }: Chain): number | undefined {
  const own = tagOf(alert.resource as Resource<{ tags?: readonly string[] }>, "service");
  const promises = tagged(stack.ofType(objective), { objective: "availability" });
  const ofService = promises.filter((slo) => tagOf(slo, "service") === own);
  const targets = (ofService.length > 0 ? ofService : promises).map(({ props }) =>
    Number(props.targetThreshold),
  );
  return targets.length > 0 ? Math.max(...targets) : undefined;
}

function alertId(resource: Resource): string | undefined {
  return tagOf(resource as Resource<{ tags?: readonly string[] }>, "alert");
}
