import { type Change, drop, type Mutation, on, set, unset } from "./mutation.ts";
import { unlink } from "./unlink.ts";

/** Breaks one input of the backup plan. */
function plan(rule: string, title: string, ...changes: readonly Change[]): Mutation {
  return { rule, title, change: on("aws:backup/plan:Plan", ...changes) };
}

const copyVault = (type: string) => ({ type, name: /-copy$/ });
const notices = (type: string) => ({ type: `aws:sns/${type}`, name: /-backups/ });
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
  {
    ...plan(
      "backups-copies-kept",
      "copies of weekly backups live a week",
      set("rules.1.copyActions.0.lifecycle.deleteAfter", 7),
    ),
    also: ["backups-fit-vault-lock"],
  },
  {
    rule: "backups-copied-to-second-region",
    also: ["encryption-keys-for-one-purpose"],
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
    change: drop(notices("topicSubscription:TopicSubscription")),
  },
  {
    rule: "backups-notices-encrypted",
    title: "notices are plain",
    change: on(notices("topic:Topic"), unlink("kmsMasterKeyId")),
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
  plan("backups-daily", "the daily backup ended in 2020", set("rules.0.schedule", "cron(0 5 * * ? 2020)")),
  plan("backups-monthly", "February has no monthly backup", set("rules.2.schedule", "cron(0 9 30 * ? *)")),
  plan("backups-have-time", "a backup is cancelled after two hours", set("rules.0.completionWindow", 120)),
  plan(
    "backups-have-time",
    "AWS Backup takes point-in-time recovery over",
    set("rules.0.enableContinuousBackup", true),
  ),
  plan(
    "backups-in-own-vaults",
    "backups go to a vault of nobody knows whom",
    set("rules.0.targetVaultName", "Default"),
  ),
  plan(
    "backups-fit-vault-lock",
    "the copy's lock refuses what is kept for ten years",
    set("rules.2.copyActions.0.lifecycle.deleteAfter", 3_650),
  ),
  {
    rule: "backups-cover-databases",
    title: "the plan takes tables alone",
    change: on("aws:backup/selection:Selection", set("resources", ["arn:aws:dynamodb:*:*:table/*"])),
  },
  {
    rule: "backups-cover-databases",
    title: "the plan leaves databases out",
    change: on("aws:backup/selection:Selection", set("notResources", ["arn:aws:rds:*:*:db:*"])),
  },
  {
    rule: "backups-role-works",
    title: "the backups' role may take no snapshots",
    change: drop({ type: "aws:iam/rolePolicy:RolePolicy", name: /-backups$/ }),
  },
  {
    rule: "backups-lock-not-lifted",
    title: "an administrator may lift production's lock",
    change: on(lock, unset("changeableForDays")),
  },
  {
    rule: "backups-failures-taken",
    title: "AWS Backup may not write to the topic",
    change: on(notices("topicPolicy:TopicPolicy"), set("policy.Statement.0.Action", "sns:Subscribe")),
  },
  {
    rule: "backups-failures-reach-people",
    title: "successes alone are told",
    change: on(
      notices("topicSubscription:TopicSubscription"),
      set("filterPolicy", '{"State":["COMPLETED"]}'),
    ),
  },
  {
    rule: "backups-notices-to-own-people",
    title: "a stranger is told, too",
    change: on(notices("topicSubscription:TopicSubscription"), set("endpoint", "someone@example.org")),
  },
  {
    rule: "backups-restore-tests-of-own-backups",
    title: "the restore test looks for backups in a vault of another stack",
    change: on("aws:backup/restoreTestingPlan:RestoreTestingPlan", unlink("recoveryPointSelection")),
  },
  {
    rule: "backups-restore-tests-of-own-backups",
    title: "the restore test leaves every vault out",
    change: on(
      "aws:backup/restoreTestingPlan:RestoreTestingPlan",
      set("recoveryPointSelection.excludeVaults", ["*"]),
    ),
  },
  {
    rule: "backups-restore-tests-stay-inside",
    title: "what is restored is public",
    change: on(
      "aws:backup/restoreTestingSelection:RestoreTestingSelection",
      set("restoreMetadataOverrides.publiclyAccessible", "true"),
    ),
  },
  {
    rule: "backups-restore-role-works",
    title: "the restore test may restore nothing",
    change: drop({ type: "aws:iam/rolePolicy:RolePolicy", name: /-restore-test$/ }),
  },
  {
    rule: "backups-failures-reach-people",
    title: "every success is told, too",
    change: on(notices("topicSubscription:TopicSubscription"), unset("filterPolicy")),
  },
  {
    rule: "backups-failures-announced",
    title: "a restore test that fails is told to nobody",
    change: on("aws:backup/vaultNotifications:VaultNotifications", set("backupVaultEvents.2", undefined)),
  },
];
