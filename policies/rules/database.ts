import type { Rule } from "../rule.ts";
import { accessRules } from "./database/access.ts";
import { elsewhereRules } from "./database/elsewhere.ts";
import { settingsRules } from "./database/settings.ts";
import { storageRules } from "./database/storage.ts";
import { telemetryRules } from "./database/telemetry.ts";

export const databaseRules: readonly Rule[] = [
  ...accessRules,
  ...elsewhereRules,
  ...settingsRules,
  ...storageRules,
  ...telemetryRules,
];
