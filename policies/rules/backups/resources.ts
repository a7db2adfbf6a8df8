/** What the rules about backups share. */
import type * as aws from "@pulumi/aws";
import type { ResourceOf } from "../../aws.ts";
import { longestGap } from "../../effects/aws-schedule.ts";
import { linked, type Resource, resourceType } from "../../resource.ts";

export const backupPlan = resourceType<aws.backup.PlanArgs>("aws:backup/plan:Plan");
export const backupVault = resourceType<aws.backup.VaultArgs>("aws:backup/vault:Vault");
export const selection = resourceType<aws.backup.SelectionArgs>("aws:backup/selection:Selection");
export const backupService = "backup.amazonaws.com";

/** The vaults that a plan stores into or copies to. */
export function vaultsOf(plan: ResourceOf<typeof backupPlan>): readonly ResourceOf<typeof backupVault>[] {
  return linked(plan as Resource, "rules", backupVault);
}

/** Days that each frequency leaves between two backups at most: months, and weekdays of them, differ. */
const longest = { daily: 1, weekly: 7, monthly: 35 } as const;
export const frequencies = ["daily", "weekly", "monthly"] as const;
export type Frequency = (typeof frequencies)[number];

/** How often a schedule fires; undefined for what is rarer than monthly, or stops within a year. */
export function frequencyOf(schedule: string | undefined, now: Date): Frequency | undefined {
  const gap = longestGap(schedule ?? "", now);
  return gap === undefined ? undefined : frequencies.find((frequency) => gap <= longest[frequency]);
}
