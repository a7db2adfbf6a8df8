import type { Rule } from "../rule.ts";
import { alertRules } from "./monitoring/alerts.ts";
import { checkRules } from "./monitoring/checks.ts";
import { dashboardRules } from "./monitoring/dashboards.ts";
import { missingDataRules } from "./monitoring/missing-data.ts";
import { objectiveRules } from "./monitoring/objectives.ts";
import { telemetryRules } from "./monitoring/telemetry.ts";

export const monitoringRules: readonly Rule[] = [
  ...alertRules,
  ...objectiveRules,
  ...checkRules,
  ...dashboardRules,
  ...telemetryRules,
  ...missingDataRules,
];
