/** Where customers read what is wrong. */
import type * as datadog from "@pulumi/datadog";
import { everyService, syntheticCheck, tagged } from "../../declared/monitoring.ts";
import { all, equals } from "../../expect.ts";
import { resourceType, type Stack } from "../../resource.ts";
import { type Rule, resourceRule, stackRule } from "../../rule.ts";

const page = resourceType<datadog.StatusPageArgs>("datadog:index/statusPage:StatusPage");
const component = resourceType<datadog.StatusPageComponentArgs>(
  "datadog:index/statusPageComponent:StatusPageComponent",
);

export const statusPageRules: readonly Rule[] = [
  resourceRule({
    id: "status-page-public",
    item: "MON-33",
    tiers: ["production"],
    type: page,
    check: ({ props }) => all(equals(props, "type", "public"), equals(props, "subscriptionsEnabled", true)),
  }),
  stackRule({
    id: "status-page-shows-services",
    item: "MON-33",
    checkStack: (stack) => {
      const shown = stack.ofType(page).flatMap((resource) => stack.attached(component, "pageId", resource));
      return everyService(stack, (service) => {
        const components = shown
          .filter(({ props }) => props.name === service)
          .flatMap(({ props }) => props.components ?? []);
        const parts = components.map(({ name }) => name);
        const places = components.flatMap(({ position }) => position ?? []);
        if (places.length > 0 && new Set(places).size < components.length) {
          return {
            observed: `parts of ${service} stand at ${places.join(", ")}`,
            wanted: "each at a place of its own, or none at any",
          };
        }
        const wanted = Math.max(1, partsOf(service, stack));
        const count = new Set(parts).size;
        return count >= wanted
          ? undefined
          : { observed: `status pages show ${count} parts of ${service}`, wanted: `≥ ${wanted}` };
      });
    },
  }),
];

/** What customers can tell apart: each page that is checked from outside, and the API behind them. */
function partsOf(service: string, stack: Stack): number {
  const checks = (alert: string) => tagged(stack.ofType(syntheticCheck), { service, alert }).length;
  return checks("uptime-homepage") + checks("uptime-page") + Math.min(1, checks("uptime-api"));
}
