/** What the rules about backups share. */
import type * as aws from "@pulumi/aws";
import type { ResourceOf } from "../../aws.ts";
import { linked, type Resource, resourceType } from "../../resource.ts";

export const backupPlan = resourceType<aws.backup.PlanArgs>("aws:backup/plan:Plan");
export const backupVault = resourceType<aws.backup.VaultArgs>("aws:backup/vault:Vault");

/** The vaults that a plan stores into or copies to. */
export function vaultsOf(plan: ResourceOf<typeof backupPlan>): readonly ResourceOf<typeof backupVault>[] {
  return linked(plan, "rules", backupVault);
}

/** The region that a resource is deployed to, where the resource or its provider says so. */
export function regionOf(resource: Resource<{ readonly region?: string | undefined }>): unknown {
  return resource.props.region ?? resource.provider?.props["region"];
}

export const frequencies = ["daily", "weekly", "monthly"] as const;
export type Frequency = (typeof frequencies)[number];

/**
 * How often an AWS cron expression fires, by its days: `cron(minutes hours day-of-month month day-of-week year)`.
 * Undefined for what is rarer than monthly, and for any other kind of schedule.
 */
export function frequencyOf(schedule: string | undefined): Frequency | undefined {
  const fields =
    /^cron\((.*)\)$/
      .exec(schedule ?? "")?.[1]
      ?.trim()
      .split(/\s+/) ?? [];
  const [, , dayOfMonth = "", month = "", dayOfWeek = ""] = fields;
  const any = (field: string) => field === "*" || field === "?";
  if (fields.length !== 6 || !any(month)) return undefined;
  if (any(dayOfMonth) && any(dayOfWeek)) return "daily";
  // `6#1` is the month's first Friday, `6L` its last.
  return any(dayOfMonth) && !/[#L]/.test(dayOfWeek) ? "weekly" : "monthly";
}
