/** Every rule of the pack, by area. */
import type { Rule } from "./rule.ts";
import { accessRules } from "./rules/access.ts";
import { alertRoutingRules } from "./rules/alert-routing.ts";
import { applicationRules } from "./rules/application.ts";
import { backupsRules } from "./rules/backups.ts";
import { cacheRules } from "./rules/cache.ts";
import { closedWorldRules } from "./rules/closed-world.ts";
import { databaseRules } from "./rules/database.ts";
import { deploymentRules } from "./rules/deployment.ts";
import { edgeRules } from "./rules/edge.ts";
import { errorRules } from "./rules/errors.ts";
import { governanceRules } from "./rules/governance.ts";
import { monitoringRules } from "./rules/monitoring.ts";
import { networkRules } from "./rules/network.ts";
import { onCallRules } from "./rules/on-call.ts";
import { othersRules } from "./rules/others.ts";
import { proofRules } from "./rules/paging.ts";
import { providerRules } from "./rules/providers.ts";
import { quietnessRules } from "./rules/quietness.ts";
import { serviceLevelRules } from "./rules/service-levels.ts";
import { soundRules } from "./rules/sound.ts";

export const rules: readonly Rule[] = [
  ...applicationRules,
  ...networkRules,
  ...databaseRules,
  ...cacheRules,
  ...backupsRules,
  ...edgeRules,
  ...monitoringRules,
  ...serviceLevelRules,
  ...alertRoutingRules,
  ...errorRules,
  ...onCallRules,
  ...proofRules,
  ...quietnessRules,
  ...governanceRules,
  ...closedWorldRules,
  ...soundRules,
  ...providerRules,
  ...accessRules,
  ...deploymentRules,
  ...othersRules,
];
