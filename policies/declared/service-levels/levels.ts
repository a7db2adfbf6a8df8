/**
 * One table of service levels: whatever speaks of a level says the same numbers. All is read from what is declared;
 * which numbers are good enough is for the rules of monitoring.
 */
import { platform } from "../../../model/on-call/routing.ts";
import { cachesOfAws, type PartNeeds, withoutObject } from "../../../model/parts.ts";
import { endpointClasses } from "../../../model/service-levels/targets.ts";
import type { ResourceType, Stack } from "../../resource.ts";
import type { Violation } from "../../rule.ts";
import { monitor, objective, syntheticCheck, tagged } from "../monitoring.ts";
import { disagreement } from "./numbers.ts";
import { measuredNumbers, promisedNumbers, type Sources } from "./readings.ts";

export interface ServiceLevel {
  readonly name: string;
  readonly unit: "ms" | "%";
  /** Alerts whose monitors compare with its numbers; none where absent. */
  readonly alerts?: readonly string[];
  /** Objectives that promise it; none where absent. */
  readonly objectives?: readonly string[];
  /** Whether the service's checks from outside hold it to the level; not where absent. */
  readonly checked?: boolean;
  /** The kinds of parts with which it is promised; with all where absent. */
  readonly needs?: PartNeeds;
}

/** Requirements, "Service levels": what each service has. */
const serviceLevels: readonly ServiceLevel[] = [
  { name: "availability", unit: "%", objectives: ["availability", "uptime"] },
  ...endpointClasses.map((endpointClass): ServiceLevel => {
    const same = [`latency-${endpointClass}`];
    return {
      name: `p95 of ${endpointClass} requests`,
      unit: "ms",
      alerts: same,
      objectives: same,
    };
  }),
  { name: "p95 of all requests", unit: "ms", alerts: ["latency-overall"] },
  {
    name: "page response time",
    unit: "ms",
    alerts: ["latency-p99", "page-load-slow"],
    checked: true,
  },
  { name: "error rate", unit: "%", alerts: ["error-rate", "error-rate-high", "service-outage"] },
];

/** And what they share. */
const platformLevels: readonly ServiceLevel[] = [
  { name: "cache hit rate", unit: "%", alerts: ["cache-hit-rate-low"], needs: { cache: cachesOfAws } },
];

/** The levels of a service, or of the platform. */
export function serviceLevelsOf(subject: string): readonly ServiceLevel[] {
  return subject === platform ? platformLevels : serviceLevels;
}

/** It is on an objective, and speaks of what is left of its budget, not of how fast it burns. */
const spentBudget = "availability-budget-spent";

/** Where the places of a service's levels, or of the platform's, differ or are missing. */
export function disagreements(stack: Stack, subject: string): readonly Violation[] {
  const levels = serviceLevelsOf(subject).filter(
    ({ needs }) => withoutObject(needs, stack.declared.parts) === undefined,
  );
  return levels.flatMap((level) => {
    const title = `${subject}, ${level.name}`;
    const missing = missingOf(stack, subject, level);
    if (missing.length > 0)
      return [{ observed: `${title}: no ${missing.join(", no ")}`, wanted: "declared" }];
    const sources = sourcesOf(stack, subject, level);
    const rows = [...measuredNumbers(stack, sources, level.unit), ...promisedNumbers(stack, sources)];
    return rows.flatMap((row) => disagreement(title, row) ?? []);
  });
}

function missingOf(
  stack: Stack,
  service: string,
  { alerts = [], objectives = [], checked }: ServiceLevel,
): readonly string[] {
  const none = <Props extends { readonly tags?: readonly string[] | undefined }>(
    type: ResourceType<Props>,
    tags: Readonly<Record<string, string>>,
  ) => tagged(stack.ofType(type), { service, ...tags }).length === 0;
  return [
    ...alerts.filter((alert) => none(monitor, { alert })).map((alert) => `monitor of the alert ${alert}`),
    ...objectives.filter((name) => none(objective, { objective: name })).map((name) => `objective ${name}`),
    ...(checked && none(syntheticCheck, {}) ? ["check"] : []),
  ];
}

/** Everything that speaks of a level of a service, or of the platform. */
export function sourcesOf(
  stack: Stack,
  service: string,
  { alerts = [], objectives = [], checked }: ServiceLevel,
): Sources {
  const slos = objectives.flatMap((name) => tagged(stack.ofType(objective), { service, objective: name }));
  const spent = new Set(tagged(stack.ofType(monitor), { service, alert: spentBudget }));
  return {
    monitors: alerts.flatMap((alert) => tagged(stack.ofType(monitor), { service, alert })),
    objectives: slos,
    burns: slos.flatMap((slo) => stack.attached(monitor, "query", slo)).filter((burn) => !spent.has(burn)),
    checks: checked
      ? tagged(stack.ofType(syntheticCheck), { service }).filter(({ props }) => props.subtype === "http")
      : [],
  };
}
