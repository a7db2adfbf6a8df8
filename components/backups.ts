import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { StackSpec } from "../model/config/stack-spec.ts";
import type { Tier } from "../model/tier.ts";
import { FailureNotices } from "./backups/failure-notices.ts";
import { backupPermissions, restorePermissions } from "./backups/permissions.ts";
import { BackupVault } from "./backups/vault.ts";
import { ServiceRole } from "./service-role.ts";
import type { AwsTags } from "./tags.ts";

export interface BackupsArgs {
  readonly settings: StackSpec["backups"];
  readonly tier: Tier;
  /** AWS in the region of the second copy. */
  readonly copyProvider: aws.Provider;
  /** Who is told of failed jobs. */
  readonly notifyEmails: readonly string[];
  /** What a restore test restores, and the subnet group that takes the restored copy. */
  readonly database: {
    readonly arn: pulumi.Input<string>;
    readonly subnetGroupName: pulumi.Input<string>;
    /** Whether clients come over the internet; by private addresses alone where absent. */
    readonly isPublic?: boolean;
    /** Whether it bears other tags than this stack's. */
    readonly isExisting?: boolean;
  };
  /** ARN of the policy that no role made here can exceed. */
  readonly permissionsBoundary: pulumi.Input<string>;
  /** Who can delete the keys of backups (components/encryption-key.ts). */
  readonly breakGlassRole?: string | undefined;
  readonly tags: AwsTags;
}

/**
 * Daily, weekly and monthly snapshots of everything that this stack tags `backup: daily`, in a locked vault
 * here and in another in a second region. Point-in-time recovery stays with RDS itself: AWS Backup's own would
 * take the instance's retention and backup window out of the stack's hands. In production a restore is tested
 * every week.
 */
export class Backups extends pulumi.ComponentResource {
  readonly vaultName: pulumi.Output<string>;

  constructor(name: string, args: BackupsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:Backups", name, {}, opts);
    const { settings, tier, tags, permissionsBoundary } = args;
    const child = { parent: this };
    const days = [settings.dailyRetentionDays, settings.weeklyRetentionDays, settings.monthlyRetentionDays];
    const vaultArgs = {
      lock: settings.vaultLock,
      retention: { min: Math.min(...days), max: Math.max(...days) },
      breakGlassRole: args.breakGlassRole,
      tier,
      tags,
    };

    // Not after the component, so that renaming that in the code does not replace the vaults.
    const vaultName = (role: string) => `${tags.product}-${role}-${tags.environment}`;
    const vault = new BackupVault(name, { ...vaultArgs, vaultName: vaultName("backups") }, child);
    const copy = new BackupVault(
      `${name}-copy`,
      { ...vaultArgs, vaultName: vaultName("backups-copy") },
      { ...child, provider: args.copyProvider },
    );
    const plan = new aws.backup.Plan(
      name,
      { name: `${name}-${tags.environment}`, rules: planRules(settings, vault, copy), tags },
      child,
    );
    const role = new ServiceRole(
      name,
      {
        service: "backup.amazonaws.com",
        allow: backupPermissions([vault.arn, copy.arn]),
        permissionsBoundary,
        tags,
      },
      child,
    );
    new aws.backup.Selection(
      name,
      {
        name: `${name}-${tags.environment}`,
        planId: plan.id,
        iamRoleArn: role.arn,
        ...(args.database.isExisting ? { resources: [args.database.arn] } : byTags(tags)),
      },
      child,
    );
    new FailureNotices(
      `${name}-failures`,
      { vaultName: vault.name, emails: args.notifyEmails, tier, tags },
      child,
    );
    if (tier === "production") this.#testRestores(name, args, vault);

    this.vaultName = vault.name;
    this.registerOutputs({ vaultName: this.vaultName });
  }

  #testRestores(
    name: string,
    { database, tags, permissionsBoundary }: BackupsArgs,
    vault: BackupVault,
  ): void {
    // Names of restore tests take letters, digits and underscores only.
    const testName = `${name}-${tags.environment}`.replaceAll("-", "_");
    const role = new ServiceRole(
      `${name}-restore-test`,
      { service: "backup.amazonaws.com", allow: restorePermissions, permissionsBoundary, tags },
      { parent: this },
    );
    const plan = new aws.backup.RestoreTestingPlan(
      name,
      {
        name: testName,
        scheduleExpression: "cron(0 11 ? * MON *)",
        startWindowHours: 4,
        recoveryPointSelection: {
          algorithm: "LATEST_WITHIN_WINDOW",
          includeVaults: [vault.arn],
          recoveryPointTypes: ["SNAPSHOT"],
          selectionWindowDays: 7,
        },
        tags,
      },
      { parent: this },
    );
    new aws.backup.RestoreTestingSelection(
      name,
      {
        name: testName,
        restoreTestingPlanName: plan.name,
        protectedResourceType: "RDS",
        protectedResourceArns: [database.arn],
        iamRoleArn: role.arn,
        // Without it AWS restores into the account's default VPC.
        restoreMetadataOverrides: {
          dbSubnetGroupName: database.subnetGroupName,
          // RDS makes public what it restores beside an internet gateway.
          ...(database.isPublic && { publiclyAccessible: "false" }),
        },
        validationWindowHours: 1,
      },
      { parent: this },
    );
  }
}

function byTags(tags: AwsTags) {
  return {
    resources: ["*"],
    // All must match, unlike selection tags: other stacks of the account have databases too.
    conditions: [
      {
        stringEquals: [
          { key: "aws:ResourceTag/backup", value: "daily" },
          { key: "aws:ResourceTag/product", value: tags.product },
          { key: "aws:ResourceTag/environment", value: tags.environment },
        ],
      },
    ],
  };
}

/**
 * Times are UTC and lie apart: AWS Backup asks for an hour's distance from RDS's own backup and maintenance
 * windows (Developer Guide, "RDS backups"), and RDS takes one snapshot at a time. RDS has no cold storage.
 */
function planRules(
  settings: StackSpec["backups"],
  vault: BackupVault,
  copy: BackupVault,
): aws.types.input.backup.PlanRule[] {
  const rule = (ruleName: string, schedule: string, deleteAfter: number) => ({
    ruleName,
    schedule,
    targetVaultName: vault.name,
    startWindow: 60,
    completionWindow: 480,
    lifecycle: { deleteAfter },
    copyActions: [{ destinationVaultArn: copy.arn, lifecycle: { deleteAfter } }],
  });
  return [
    rule("daily", "cron(0 5 * * ? *)", settings.dailyRetentionDays),
    rule("weekly", "cron(0 7 ? * SUN *)", settings.weeklyRetentionDays),
    rule("monthly", "cron(0 9 1 * ? *)", settings.monthlyRetentionDays),
  ];
}
