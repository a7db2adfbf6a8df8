/** That a service level is one set of numbers, wherever somebody reads it. */
import { platform } from "../../model/on-call/routing.ts";
import { everyService } from "../declared/monitoring.ts";
import { disagreements } from "../declared/service-levels/levels.ts";
import { strays } from "../declared/service-levels/strays.ts";
import { type Rule, stackRule } from "../rule.ts";

export const serviceLevelRules: readonly Rule[] = [
  stackRule({
    id: "service-levels-agree",
    item: "LEVEL-01",
    checkStack: (stack) => [
      ...everyService(stack, (service) => disagreements(stack, service)),
      ...disagreements(stack, platform),
    ],
  }),
  stackRule({
    id: "service-levels-only",
    item: "LEVEL-02",
    checkStack: (stack) => {
      const services = new Set<string>();
      const none = everyService(stack, (service) => {
        services.add(service);
        return undefined;
      });
      return [...none, ...strays(stack, services)];
    },
  }),
];
