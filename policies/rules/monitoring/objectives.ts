/** What must be promised, and that breaking the promise is noticed. */
import { endpointClasses } from "../../../spec/service-levels.ts";
import { atLeast, equals } from "../../expect.ts";
import { linked, type Resource, type Stack } from "../../resource.ts";
import { type Rule, stackRule, type Violation } from "../../rule.ts";
import { check, everyService, monitor, type ObjectiveProps, objective, tagged } from "./subjects.ts";

/** Requirements, section 1: uptime 99.5 % a month. */
const availabilityPercent = 99.5;

/** Requirements, section 1: p95 targets in nanoseconds. */
const classTargets = { list: 200e6, read: 150e6, write: 250e6, analytics: 300e6, search: 250e6 };

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

export const objectiveRules: readonly Rule[] = [
  stackRule({
    id: "availability-promised",
    item: "MON-06",
    checkStack: (stack) =>
      everyService(stack, (service) =>
        promised(stack, service, "availability", (slo) => [
          equals(slo.props, "type", "metric"),
          atLeast(slo.props, "targetThreshold", availabilityPercent, "%"),
        ]),
      ),
  }),
  stackRule({
    id: "uptime-promised",
    item: "MON-06",
    checkStack: (stack) =>
      everyService(stack, (service) =>
        promised(stack, service, "uptime", (slo) => [
          linked(slo as Resource, "monitorIds", check).length > 0
            ? undefined
            : { observed: "monitorIds names no synthetic check", wanted: "checks of the service" },
          atLeast(slo.props, "targetThreshold", availabilityPercent, "%"),
        ]),
      ),
  }),
  stackRule({
    id: "class-latency-promised",
    item: "MON-07",
    checkStack: (stack) =>
      everyService(stack, (service) =>
        endpointClasses.flatMap((endpointClass) =>
          promised(stack, service, `latency-${endpointClass}`, ({ props }) => {
            const threshold = props.sliSpecification?.timeSlice?.threshold;
            return [
              threshold !== undefined && threshold <= classTargets[endpointClass]
                ? undefined
                : {
                    observed: `its slices are good up to ${threshold} ns`,
                    wanted: `≤ ${classTargets[endpointClass]}`,
                  },
            ];
          }),
        ),
      ),
  }),
  ...Object.entries(budgetAlerts).map(([alert, limit]) =>
    stackRule({
      id: `${alert}-alerted`,
      item: "MON-08",
      checkStack: (stack) => everyService(stack, (service) => budgetAlerted(stack, service, alert, limit)),
    }),
  ),
];

function promised(
  stack: Stack,
  service: string,
  name: string,
  ask: (slo: Resource<ObjectiveProps>) => readonly (Violation | undefined)[],
): readonly Violation[] {
  const found = tagged(stack.ofType(objective), { service, objective: name });
  if (found.length === 0) {
    return [{ observed: `${service} has no objective ${name}`, wanted: "declared" }];
  }
  return found.flatMap((slo) =>
    ask(slo).flatMap((violation) => (violation ? [{ ...violation, resource: slo as Resource }] : [])),
  );
}

/** The monitor stands on an objective of the stack; its query holds that objective's id, unknown until deployed. */
function budgetAlerted(stack: Stack, service: string, alert: string, limit: number): readonly Violation[] {
  const found = tagged(stack.ofType(monitor), { service, alert });
  if (found.length === 0) {
    return [{ observed: `${service} has no monitor of the alert ${alert}`, wanted: "declared" }];
  }
  return found.flatMap((resource) => {
    const watched = tagged(linked(resource as Resource, "query", objective), {
      service,
      objective: "availability",
    });
    if (watched.length === 0) {
      return [
        { resource, observed: "query names another objective", wanted: `the availability of ${service}` },
      ];
    }
    const critical = Number(resource.props.monitorThresholds?.critical ?? Number.NaN);
    if (critical <= limit) return [];
    return [{ resource, observed: `monitorThresholds.critical is ${critical}`, wanted: `≤ ${limit}` }];
  });
}
