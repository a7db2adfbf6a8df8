/** What must be promised, and that breaking the promise is noticed. */
import { burnRateProblem, maxBurnRate } from "../../../model/service-levels/burn-rate.ts";
import { endpointClasses } from "../../../model/service-levels/targets.ts";
import {
  everyService,
  type MonitorProps,
  monitor,
  type ObjectiveProps,
  objective,
  tagged,
  tagOf,
} from "../../declared/monitoring.ts";
import { flawOf } from "../../effects/good-events.ts";
import { parseQuery } from "../../effects/monitor-query.ts";
import { equals } from "../../expect.ts";
import { linked, type Resource, type Stack } from "../../resource.ts";
import { type Doubt, type Rule, resourceRule, stackRule, type Violation } from "../../rule.ts";
import { absent, unsound } from "../../sound/sound.ts";
import { whenKnown } from "../../unknown-value.ts";
import { fastOnes, ownRequests, targets, unchecked } from "./objective-parts.ts";

/** Requirements, "Service levels": uptime 99.5 % a month. */
const availabilityPercent = 99.5;

/** Of requests: what a p95 target says. What is promised above that is the team's to say. */
const latencyPercent = 95;

/** Requirements, "Service levels": p95 targets in nanoseconds. */
const classTargets = { list: 200e6, read: 150e6, write: 250e6, analytics: 300e6, search: 250e6 };

/** And the longest long window of each, in hours: a longer one tells later (the same document). */
const longestHours: Readonly<Record<string, number>> = { fast: 1, medium: 6, slow: 24 };

/**
 * Burn rates for 30 days, and the share of the budget that may be spent: Datadog, "Burn Rate Alerts". An
 * alert at a lower rate fires sooner.
 */
const budgetAlerts = {
  "availability-fast-burn": 14.4,
  "availability-medium-burn": 6,
  "availability-slow-burn": 3,
  "availability-budget-spent": 100,
} as const;
const latencyAlerts = {
  "latency-fast-burn": 14.4,
  "latency-medium-burn": 6,
  "latency-slow-burn": 3,
} as const;

export const objectiveRules: readonly Rule[] = [
  stackRule({
    id: "availability-promised",
    adjustable: true,
    item: "MON-06",
    checkStack: (stack, { floor }) =>
      everyService(stack, (service) =>
        promised(stack, service, "availability", (slo) => [
          equals(slo.props, "type", "metric"),
          slo.props.query
            ? flawOf(slo.props.query.numerator, slo.props.query.denominator)
            : { observed: "it has no query", wanted: "good requests of all" },
          ...ownRequests(slo.props.query?.denominator ?? "", stack, service),
          ...targets(slo, floor(availabilityPercent)),
        ]),
      ),
  }),
  stackRule({
    id: "uptime-promised",
    adjustable: true,
    item: "MON-06",
    checkStack: (stack, { floor }) =>
      everyService(stack, (service) =>
        promised(stack, service, "uptime", (slo) => [
          equals(slo.props, "type", "monitor"),
          ...unchecked(slo, stack, service),
          ...targets(slo, floor(availabilityPercent)),
        ]),
      ),
  }),
  stackRule({
    id: "class-latency-promised",
    item: "MON-07",
    checkStack: (stack) =>
      everyService(stack, (service) =>
        endpointClasses.flatMap((endpointClass) =>
          promised(stack, service, `latency-${endpointClass}`, (slo) => [
            equals(slo.props, "type", "metric"),
            ...fastOnes(slo, stack, service, endpointClass, classTargets[endpointClass]),
            ...targets(slo, latencyPercent),
          ]),
        ),
      ),
  }),
  ...Object.entries(budgetAlerts).map(([alert, limit]) =>
    stackRule({
      id: `${alert}-alerted`,
      item: "MON-08",
      checkStack: (stack) =>
        everyService(stack, (service) => budgetAlerted(stack, service, alert, limit, "availability")),
    }),
  ),
  ...Object.entries(latencyAlerts).map(([alert, limit]) =>
    stackRule({
      id: `${alert}-alerted`,
      item: "MON-34",
      checkStack: (stack) =>
        everyService(stack, (service) =>
          endpointClasses.flatMap((endpointClass) =>
            budgetAlerted(stack, service, alert, limit, `latency-${endpointClass}`),
          ),
        ),
    }),
  ),
  resourceRule({
    id: "burn-rates-reachable",
    item: "MON-35",
    existing: (resource) =>
      resource.props.type === "slo alert" && /^burn_rate\(/.test(whenKnown(() => resource.props.query) ?? "")
        ? unreachable(resource)
        : undefined,
    type: monitor,
    where: (resource) => tagOf(resource, "alert")?.endsWith("-burn") ?? false,
    check: unreachable,
  }),
];

function unreachable(resource: Resource<MonitorProps>): readonly Violation[] {
  return linked(resource as Resource, "query", objective).flatMap(({ props: { targetThreshold = 100 } }) => {
    const rate = Number(resource.props.monitorThresholds?.critical);
    const [why, target] = burnRateProblem(rate, targetThreshold)?.split("; the target must be ") ?? [];
    const most = Number(maxBurnRate(targetThreshold).toFixed(2));
    return [
      ...(why ? [{ observed: why, wanted: `≤ ${most}, or the target ${target}` }] : []),
      ...windowsRefused(resource),
    ];
  });
}

/**
 * Datadog takes long windows of 1 to 48 hours, and short ones of a twelfth ("Burn Rate Alerts"). The query holds
 * the objective's id: before the first deployment it is unknown, and the target and the rate decide alone.
 */
function windowsRefused({ props }: Resource<MonitorProps>): readonly Violation[] {
  const query = whenKnown(() => props.query);
  if (query === undefined) return [];
  const windows = /long_window\("(\d+)h"\).*short_window\("(\d+)m"\)/.exec(query);
  const [hours = 0, minutes = 0] = windows?.slice(1).map(Number) ?? [];
  if (hours >= 1 && hours <= 48 && minutes * 12 === hours * 60) return [];
  return [
    { observed: `its windows are ${hours} h and ${minutes} min`, wanted: "1 to 48 h, and a twelfth of it" },
  ];
}

function promised(
  stack: Stack,
  service: string,
  name: string,
  ask: (slo: Resource<ObjectiveProps>) => readonly (Violation | Doubt | undefined)[],
): readonly (Violation | Doubt)[] {
  const found = tagged(stack.ofType(objective), { service, objective: name });
  if (found.length === 0) {
    return [{ observed: `${service} has no objective ${name}`, wanted: "declared" }];
  }
  return found.flatMap((slo) =>
    // Of the others nothing would be promised.
    [...unsound(slo, { groups: absent }), ...ask(slo)].flatMap((violation) =>
      violation ? [{ ...violation, resource: slo as Resource }] : [],
    ),
  );
}

/** The monitor stands on this objective; its query holds the objective's id, unknown until deployed. */
function budgetAlerted(
  stack: Stack,
  service: string,
  alert: string,
  limit: number,
  name: string,
): readonly (Violation | Doubt)[] {
  const found = tagged(stack.ofType(objective), { service, objective: name }).flatMap((slo) =>
    stack.attached(monitor, "query", slo).filter((resource) => tagOf(resource, "alert") === alert),
  );
  if (found.length === 0) {
    return [
      { observed: `no monitor of the alert ${alert} watches ${name} of ${service}`, wanted: "declared" },
    ];
  }
  return found.flatMap((resource) => {
    const critical = Number(resource.props.monitorThresholds?.critical ?? Number.NaN);
    return [
      ...(critical <= limit
        ? []
        : [{ resource, observed: `monitorThresholds.critical is ${critical}`, wanted: `≤ ${limit}` }]),
      ...late(resource, alert).map((said) => ({ resource, ...said })),
    ];
  });
}

/** What the query says, once the objective's id is known: which month it is about, and how long it waits. */
function late({ props }: Resource<MonitorProps>, alert: string): readonly (Violation | Doubt)[] {
  const text = whenKnown(() => props.query);
  if (text === undefined) return [];
  const query = parseQuery(text);
  if (query?.kind !== "objective") return [{ doubt: "its query says what no rule can read" }];
  const longest = longestHours[/-(\w+)-burn$/.exec(alert)?.[1] ?? ""];
  const { overDays, longHours, measure } = query;
  const wanted = longest === undefined ? "error_budget" : "burn_rate";
  return [
    ...(measure === wanted ? [] : [{ observed: `it watches the ${measure}`, wanted }]),
    ...(overDays === 30 ? [] : [{ observed: `it is about ${overDays} days`, wanted: "30" }]),
    ...(longest === undefined || (longHours ?? Number.POSITIVE_INFINITY) <= longest
      ? []
      : [{ observed: `its long window is ${longHours} h`, wanted: `≤ ${longest}` }]),
  ];
}
