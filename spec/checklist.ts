/**
 * THE table: every line of the readiness checklist, what proves it, why it matters and how to mend it.
 * All prose about an item stands in its row, once; rules and reports refer to items by id.
 */
import { applicationItems } from "./checklist/application.ts";
import { backupsItems } from "./checklist/backups.ts";
import { cacheItems } from "./checklist/cache.ts";
import { databaseItems } from "./checklist/database.ts";
import { deploymentItems } from "./checklist/deployment.ts";
import { edgeItems } from "./checklist/edge.ts";
import { governanceItems } from "./checklist/governance.ts";
import { monitoringItems } from "./checklist/monitoring.ts";
import { networkItems } from "./checklist/network.ts";
import { onCallItems } from "./checklist/on-call.ts";
import { processItems } from "./checklist/process.ts";
import { proofItems } from "./checklist/proofs.ts";
import type { Proof, Row } from "./checklist/row.ts";
import type { Tier } from "./tier.ts";

export { type Proof, type Section, sections } from "./checklist/row.ts";

const rows = {
  ...applicationItems,
  ...networkItems,
  ...databaseItems,
  ...cacheItems,
  ...backupsItems,
  ...edgeItems,
  ...monitoringItems,
  ...onCallItems,
  ...proofItems,
  ...governanceItems,
  ...deploymentItems,
  ...processItems,
} as const;

/** A wrong id does not compile. */
export type ItemId = keyof typeof rows;
export interface ChecklistItem extends Row {
  readonly id: ItemId;
}

export const checklist: readonly ChecklistItem[] = Object.entries(rows).map(([id, row]) => ({
  id: id as ItemId,
  ...row,
}));

/**
 * The proofs that a stack's verdict waits for. Staging shows that the infrastructure is right; production
 * also has to show that the software, the people and the running site are.
 */
export const requiredProofs: Readonly<Record<Tier, readonly Proof[]>> = {
  staging: ["policy"],
  production: ["policy", "evidence", "probe", "sign-off"],
};
