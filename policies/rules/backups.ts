import type { Rule } from "../rule.ts";
import { dumpRules } from "./backups/dumps.ts";
import { backupKeyRules } from "./backups/keys.ts";
import { noticeRules } from "./backups/notices.ts";
import { planRules } from "./backups/plan.ts";
import { restoreRules } from "./backups/restore.ts";
import { vaultRules } from "./backups/vault.ts";

export const backupsRules: readonly Rule[] = [
  ...planRules,
  ...vaultRules,
  ...backupKeyRules,
  ...noticeRules,
  ...restoreRules,
  ...dumpRules,
];
