import type { Rule } from "../rule.ts";
import { connectionRules } from "./on-call/connections.ts";
import { escalationRules } from "./on-call/escalation.ts";
import { incidentRules } from "./on-call/incidents.ts";
import { maintenanceRules } from "./on-call/maintenance.ts";
import { outsiderRules } from "./on-call/outsiders.ts";
import { peopleRules } from "./on-call/people.ts";
import { postMortemRules } from "./on-call/post-mortem.ts";
import { rotationRules } from "./on-call/rotations.ts";
import { serviceRules } from "./on-call/services.ts";

export const onCallRules: readonly Rule[] = [
  ...escalationRules,
  ...rotationRules,
  ...peopleRules,
  ...serviceRules,
  ...connectionRules,
  ...incidentRules,
  ...postMortemRules,
  ...maintenanceRules,
  ...outsiderRules,
];
