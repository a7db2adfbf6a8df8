/** Whether a failed backup is noticed, and whether backups have been seen to restore. */
import type * as aws from "@pulumi/aws";
import { databaseInstance, ownKey } from "../../aws.ts";
import { eachRule } from "../../each-rule.ts";
import { linked, resourceType } from "../../resource.ts";
import { type Rule, resourceRule } from "../../rule.ts";
import { backupPlan, frequencyOf, vaultsOf } from "./resources.ts";

const notifications = resourceType<aws.backup.VaultNotificationsArgs>(
  "aws:backup/vaultNotifications:VaultNotifications",
);
const topic = resourceType<aws.sns.TopicArgs>("aws:sns/topic:Topic");
const subscription = resourceType<aws.sns.TopicSubscriptionArgs>(
  "aws:sns/topicSubscription:TopicSubscription",
);
const testPlan = resourceType<aws.backup.RestoreTestingPlanArgs>(
  "aws:backup/restoreTestingPlan:RestoreTestingPlan",
);
const testSelection = resourceType<aws.backup.RestoreTestingSelectionArgs>(
  "aws:backup/restoreTestingSelection:RestoreTestingSelection",
);

/**
 * AWS Backup API Reference, PutBackupVaultNotifications: the end of a backup job tells how it ended, while
 * BACKUP_JOB_FAILED is deprecated and never sent; a failed copy is told by itself.
 */
const failures = ["BACKUP_JOB_COMPLETED", "COPY_JOB_FAILED"];

export const restoreRules: readonly Rule[] = [
  eachRule({
    id: "backups-failures-announced",
    item: "BAK-06",
    each: backupPlan,
    check: (plan, stack) => {
      const announced = vaultsOf(plan)
        .flatMap((vault) => stack.attached(notifications, "backupVaultName", vault))
        .flatMap(({ props }) => props.backupVaultEvents);
      return failures
        .filter((event) => !announced.includes(event))
        .map((event) => ({ observed: `none of its vaults announces ${event}`, wanted: "announced" }));
    },
  }),
  eachRule({
    id: "backups-failures-reach-people",
    item: "BAK-06",
    each: notifications,
    check: (notification, stack) =>
      linked(notification, "snsTopicArn", topic).some((t) => stack.attached(subscription, "topic", t)[0])
        ? undefined
        : { observed: "nobody subscribes to its topic", wanted: "subscribed to" },
  }),
  // Security Hub, SNS.1.
  resourceRule({
    id: "backups-notices-encrypted",
    item: "BAK-06",
    type: topic,
    check: (t) => ownKey(t, "kmsMasterKeyId"),
  }),
  // Well-Architected, REL09-BP04: recover data regularly to verify backups.
  resourceRule({
    id: "backups-restores-tested",
    item: "BAK-07",
    tiers: ["production"],
    type: testPlan,
    check: ({ props: { scheduleExpression: schedule } }) =>
      frequencyOf(schedule)
        ? undefined
        : { observed: `scheduleExpression is ${schedule}`, wanted: "monthly or more often" },
  }),
  eachRule({
    id: "backups-restore-tests-cover-databases",
    item: "BAK-07",
    tiers: ["production"],
    each: databaseInstance,
    check: (db, stack) =>
      stack
        .attached(testSelection, "protectedResourceArns", db)
        .some((tested) => linked(tested, "restoreTestingPlanName", testPlan).length > 0)
        ? undefined
        : { observed: "no restore test takes it", wanted: "restored regularly" },
  }),
];
