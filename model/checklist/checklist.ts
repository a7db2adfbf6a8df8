/**
 * THE table: every line of the readiness checklist, what proves it, why it matters and how to mend it.
 * All prose about an item stands in its row, once; rules and reports refer to items by id.
 */
import type { Tier } from "../tier.ts";
import { accessItems } from "./access.ts";
import { applicationItems } from "./application.ts";
import { backupsItems } from "./backups.ts";
import { cacheItems } from "./cache.ts";
import { costItems } from "./cost.ts";
import { databaseItems } from "./database.ts";
import { deploymentItems } from "./deployment.ts";
import { edgeItems } from "./edge.ts";
import { governanceItems } from "./governance.ts";
import { monitoringItems } from "./monitoring.ts";
import { networkItems } from "./network.ts";
import { onCallItems } from "./on-call.ts";
import { proofItems } from "./paging.ts";
import { processItems } from "./process.ts";
import { reachItems } from "./reach.ts";
import type { ChecklistRow, ProofKind } from "./row.ts";
import { watchedItems } from "./watched.ts";

export { type ProofKind, type Section, sections } from "./row.ts";

const rows = {
  ...applicationItems,
  ...networkItems,
  ...databaseItems,
  ...cacheItems,
  ...backupsItems,
  ...edgeItems,
  ...monitoringItems,
  ...watchedItems,
  ...onCallItems,
  ...reachItems,
  ...proofItems,
  ...governanceItems,
  ...accessItems,
  ...costItems,
  ...deploymentItems,
  ...processItems,
} as const;

/** A wrong id does not compile. */
export type ItemId = keyof typeof rows;
export interface ChecklistItem extends ChecklistRow {
  readonly id: ItemId;
}

export const checklist: readonly ChecklistItem[] = Object.entries(rows).map(([id, row]) => ({
  id: id as ItemId,
  ...row,
}));

/**
 * What a verdict is asked for: `change`, whether a change of the code is sound; `release`, whether what is released may
 * go; `update`, the same at the moment in which it goes: the deployment window is open, and proofs that age within
 * days are of today.
 */
export const purposes = ["change", "release", "update"] as const;
export type Purpose = (typeof purposes)[number];

/**
 * The proofs that a stack's verdict waits for. Staging shows that the infrastructure is right; production
 * also has to show that the software, the people and the running site are. A change has neither run nor been signed.
 */
export function requiredProofs(tier: Tier, purpose: Purpose): readonly ProofKind[] {
  return tier === "staging" || purpose === "change"
    ? ["policy"]
    : ["policy", "evidence", "probe", "sign-off"];
}
