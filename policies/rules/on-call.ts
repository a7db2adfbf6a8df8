import type { Rule } from "../rule.ts";
import { escalationRules } from "./on-call/escalation.ts";
import { peopleRules, rotationRules } from "./on-call/people.ts";
import { connectionRules, serviceRules } from "./on-call/services.ts";

export const onCallRules: readonly Rule[] = [
  ...escalationRules,
  ...rotationRules,
  ...peopleRules,
  ...serviceRules,
  ...connectionRules,
];
