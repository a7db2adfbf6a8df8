import type { Rule } from "../rule.ts";
import { checkOptionRules } from "./monitoring/check-options.ts";
import { checkRequestRules } from "./monitoring/check-requests.ts";
import { checkRules } from "./monitoring/checks.ts";
import { dashboardRules } from "./monitoring/dashboards.ts";
import { learningRules } from "./monitoring/learning.ts";
import { maintenanceRules } from "./monitoring/maintenance.ts";
import { missingDataRules } from "./monitoring/missing-data.ts";
import { objectiveRules } from "./monitoring/objectives.ts";
import { outsideWatchRules } from "./monitoring/outside-watch.ts";
import { ownDataRules } from "./monitoring/own-data.ts";
import { platformAlertRules } from "./monitoring/platform-alerts.ts";
import { serviceAlertRules } from "./monitoring/service-alerts.ts";
import { statusPageRules } from "./monitoring/status-page.ts";
import { telemetryRules } from "./monitoring/telemetry.ts";
import { withoutMaintenanceRules } from "./monitoring/without-maintenance.ts";

export const monitoringRules: readonly Rule[] = [
  ...serviceAlertRules,
  ...platformAlertRules,
  ...ownDataRules,
  ...objectiveRules,
  ...checkRules,
  ...checkRequestRules,
  ...checkOptionRules,
  ...outsideWatchRules,
  ...dashboardRules,
  ...telemetryRules,
  ...missingDataRules,
  ...learningRules,
  ...maintenanceRules,
  ...withoutMaintenanceRules,
  ...statusPageRules,
];
