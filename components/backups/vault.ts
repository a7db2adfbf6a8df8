import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { StackSpec } from "../../model/config/stack-spec.ts";
import type { Tier } from "../../model/tier.ts";
import { EncryptionKey } from "../encryption-key.ts";
import type { AwsTags } from "../tags.ts";

export interface BackupVaultArgs {
  /** Name in AWS; another one replaces the vault. */
  readonly vaultName: string;
  readonly lock: StackSpec["backups"]["vaultLock"];
  /** Days: the shortest and the longest retention that the lock lets a backup have. */
  readonly retention: { readonly min: number; readonly max: number };
  /** Who can delete its key (components/encryption-key.ts). */
  readonly breakGlassRole?: string | undefined;
  readonly tier: Tier;
  readonly tags: AwsTags;
}

/**
 * Days in which a compliance lock can still be taken back; afterwards nobody can, AWS included, while the key is there. AWS Backup
 * asks for 3 and more: two weeks let a mistake show itself.
 */
const coolingPeriodDays = 14;

/**
 * An encrypted, locked home of backups, in the region of its provider. A governance lock can be lifted by
 * whoever has the permission, a compliance lock by nobody.
 */
export class BackupVault extends pulumi.ComponentResource {
  readonly name: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: BackupVaultArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:BackupVault", name, {}, opts);
    const kept = args.tier === "production";
    const stateful = { parent: this, protect: kept, retainOnDelete: kept };

    const key = new EncryptionKey(
      name,
      {
        description: "Backups",
        breakGlassRole: args.breakGlassRole,
        tier: args.tier,
        tags: args.tags,
      },
      { parent: this },
    );
    const vault = new aws.backup.Vault(
      name,
      {
        name: args.vaultName,
        kmsKeyArn: key.arn,
        forceDestroy: false,
        tags: args.tags,
      },
      stateful,
    );
    new aws.backup.VaultLockConfiguration(
      name,
      {
        backupVaultName: vault.name,
        minRetentionDays: args.retention.min,
        maxRetentionDays: args.retention.max,
        ...(args.lock === "compliance" && { changeableForDays: coolingPeriodDays }),
      },
      stateful,
    );

    this.name = vault.name;
    this.arn = vault.arn;
    this.registerOutputs({ name: this.name, arn: this.arn });
  }
}
