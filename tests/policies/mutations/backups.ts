import { type Change, drop, type Mutation, on, set, unset } from "./mutation.ts";
import { unlink } from "./unlink.ts";

/** Breaks one input of the backup plan. */
function plan(rule: string, title: string, ...changes: readonly Change[]): Mutation {
  return { rule, title, change: on("aws:backup/plan:Plan", ...changes) };
}

const copyVault = (type: string) => ({ type, name: /-copy$/ });
const lock = "aws:backup/vaultLockConfiguration:VaultLockConfiguration";

export const backupsMutations: readonly Mutation[] = [
  plan("backups-daily", "there is no daily backup", unset("rules.0")),
  {
    ...plan("backups-daily", "staging has no daily backup", unset("rules.0")),
    stack: "staging",
  },
  plan("backups-weekly", "there is no weekly backup", unset("rules.1")),
  plan("backups-monthly", "a monthly backup is kept for three", set("rules.2.lifecycle.deleteAfter", 90)),
  plan("backups-copied-by-every-rule", "the monthly backup stays where it is", unset("rules.2.copyActions")),
  plan(
    "backups-copies-kept",
    "copies of weekly backups live a week",
    set("rules.1.copyActions.0.lifecycle.deleteAfter", 7),
  ),
  {
    rule: "backups-copied-to-second-region",
    title: "the copy lies beside the original",
    change: on(copyVault("aws:backup/vault:Vault"), set("region", "eu-central-1")),
  },
  {
    rule: "backups-cover-databases",
    title: "the database is not tagged for backup",
    change: on("aws:rds/instance:Instance", unset("tags.backup")),
  },
  {
    rule: "backups-key-own",
    title: "copies are encrypted with AWS's key",
    change: on(copyVault("aws:backup/vault:Vault"), unlink("kmsKeyArn")),
  },
  {
    rule: "backups-not-deleted-with-vault",
    title: "deleting a vault deletes its backups",
    change: on(copyVault("aws:backup/vault:Vault"), set("forceDestroy", true)),
  },
  {
    rule: "backups-vaults-locked",
    title: "copies can be deleted",
    change: drop(copyVault(lock)),
  },
  {
    rule: "backups-locked-for-long-enough",
    title: "the lock holds for a day",
    change: on(lock, set("minRetentionDays", 1)),
  },
  {
    rule: "backups-fit-vault-lock",
    title: "the lock refuses the monthly backups",
    change: on(lock, set("maxRetentionDays", 180)),
  },
  {
    rule: "backups-failures-announced",
    title: "only the event that AWS Backup never sends is announced",
    change: on(
      "aws:backup/vaultNotifications:VaultNotifications",
      set("backupVaultEvents", ["BACKUP_JOB_FAILED", "COPY_JOB_FAILED"]),
    ),
  },
  {
    rule: "backups-failures-reach-people",
    title: "nobody subscribes",
    change: drop("aws:sns/topicSubscription:TopicSubscription"),
  },
  {
    rule: "backups-notices-encrypted",
    title: "notices are plain",
    change: on("aws:sns/topic:Topic", unlink("kmsMasterKeyId")),
  },
  {
    rule: "backups-restores-tested",
    title: "a restore is tested once a year",
    change: on(
      "aws:backup/restoreTestingPlan:RestoreTestingPlan",
      set("scheduleExpression", "cron(0 11 1 1 ? *)"),
    ),
  },
  {
    rule: "backups-restore-tests-cover-databases",
    title: "the restore test takes no database",
    change: on("aws:backup/restoreTestingSelection:RestoreTestingSelection", unlink("protectedResourceArns")),
  },
];
