/** That a service level is one set of numbers, wherever somebody reads it. */
import { platform } from "../../spec/routing.ts";
import { strays } from "../proofs/service-level-strays.ts";
import { disagreements } from "../proofs/service-levels.ts";
import { type Rule, stackRule } from "../rule.ts";
import { everyService } from "./monitoring/subjects.ts";

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
