/** Options that wait for nothing. */
import type { RollbackOptions } from "../../../readiness/rollback/options.ts";

export const quick: RollbackOptions = {
  stack: "staging",
  app: true,
  undo: false,
  accept: [],
  checkMigrations: false,
  verified: [],
  failureLimit: 0,
  inconclusiveLimit: 1,
  practise: false,
  dryRun: false,
  abandon: false,
  yes: true,
  answers: 3,
  pauseSeconds: 0,
  settleSeconds: 1,
  waitSeconds: 20,
  format: "text",
};
