/** Where customers read what is wrong. */
import type * as datadog from "@pulumi/datadog";
import { everyService } from "../../declared/monitoring.ts";
import { all, equals } from "../../expect.ts";
import { resourceType } from "../../resource.ts";
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
      const shown = stack
        .ofType(page)
        .flatMap((resource) => stack.attached(component, "pageId", resource))
        .filter(({ props }) => (props.components ?? []).length > 0)
        .map(({ props }) => props.name);
      return everyService(stack, (service) =>
        shown.includes(service)
          ? undefined
          : { observed: `no status page shows ${service} and its parts`, wanted: "shown" },
      );
    },
  }),
];
