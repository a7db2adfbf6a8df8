/**
 * One table of service levels: whatever speaks of a level says the same numbers. All is read from what is declared;
 * which numbers are good enough is for the rules of monitoring.
 */
import { platform } from "../../spec/routing.ts";
import { endpointClasses } from "../../spec/service-levels.ts";
import type { ResourceType, Stack } from "../resource.ts";
import type { Violation } from "../rule.ts";
import { check, monitor, objective, tagged } from "../rules/monitoring/subjects.ts";
import { disagreement } from "./service-level-numbers.ts";
import { measuredRows, promisedRows, type Sources } from "./service-level-rows.ts";

export interface Level {
  readonly name: string;
  readonly unit: "ms" | "%";
  /** Alerts whose monitors compare with its numbers; none where absent. */
  readonly alerts?: readonly string[];
  /** Objectives that promise it; none where absent. */
  readonly objectives?: readonly string[];
  /** Whether the service's checks from outside hold it to the level; not where absent. */
  readonly checked?: boolean;
}

/** Requirements, section 1: what each service has. */
const serviceLevels: readonly Level[] = [
  { name: "availability", unit: "%", objectives: ["availability", "uptime"] },
  ...endpointClasses.map((endpointClass): Level => {
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
const platformLevels: readonly Level[] = [
  { name: "cache hit rate", unit: "%", alerts: ["cache-hit-rate-low"] },
];

/** The levels of a service, or of the platform. */
export function levelsOf(subject: string): readonly Level[] {
  return subject === platform ? platformLevels : serviceLevels;
}

/** It is on an objective, and speaks of what is left of its budget, not of how fast it burns. */
const spentBudget = "availability-budget-spent";

/** Where the places of a service's levels, or of the platform's, differ or are missing. */
export function disagreements(stack: Stack, subject: string): readonly Violation[] {
  return levelsOf(subject).flatMap((level) => {
    const title = `${subject}, ${level.name}`;
    const missing = missingOf(stack, subject, level);
    if (missing.length > 0)
      return [{ observed: `${title}: no ${missing.join(", no ")}`, wanted: "declared" }];
    const sources = sourcesOf(stack, subject, level);
    const rows = [...measuredRows(stack, sources, level.unit), ...promisedRows(stack, sources)];
    return rows.flatMap((row) => disagreement(title, row) ?? []);
  });
}

function missingOf(
  stack: Stack,
  service: string,
  { alerts = [], objectives = [], checked }: Level,
): readonly string[] {
  const none = <Props extends { readonly tags?: readonly string[] | undefined }>(
    type: ResourceType<Props>,
    tags: Readonly<Record<string, string>>,
  ) => tagged(stack.ofType(type), { service, ...tags }).length === 0;
  return [
    ...alerts.filter((alert) => none(monitor, { alert })).map((alert) => `monitor of the alert ${alert}`),
    ...objectives.filter((name) => none(objective, { objective: name })).map((name) => `objective ${name}`),
    ...(checked && none(check, {}) ? ["check"] : []),
  ];
}

function sourcesOf(stack: Stack, service: string, { alerts = [], objectives = [], checked }: Level): Sources {
  const slos = objectives.flatMap((name) => tagged(stack.ofType(objective), { service, objective: name }));
  const spent = new Set(tagged(stack.ofType(monitor), { service, alert: spentBudget }));
  return {
    monitors: alerts.flatMap((alert) => tagged(stack.ofType(monitor), { service, alert })),
    objectives: slos,
    burns: slos.flatMap((slo) => stack.attached(monitor, "query", slo)).filter((burn) => !spent.has(burn)),
    checks: checked
      ? tagged(stack.ofType(check), { service }).filter(({ props }) => props.subtype === "http")
      : [],
  };
}
