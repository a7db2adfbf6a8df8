/** A rollback of staging that waits for nothing. */
import type { RollbackOptions } from "../../../readiness/rollback/options.ts";
import type { Pace } from "../../../readiness/rollback/pace.ts";

export const quick: RollbackOptions = {
  stack: "staging",
  app: true,
  undo: false,
  accept: [],
  checkMigrations: false,
  verified: [],
  practise: false,
  dryRun: false,
  abandon: false,
  yes: true,
  format: "text",
};

export const quickPace: Pace = { pause: 20, settle: 1_000, patience: 20_000, answers: 3 };
