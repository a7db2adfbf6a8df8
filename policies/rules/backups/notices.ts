/** Whether a failed backup is noticed by somebody. */
import type * as aws from "@pulumi/aws";
import type * as pagerduty from "@pulumi/pagerduty";
import { ownKey } from "../../aws.ts";
import { integration } from "../../declared/on-call.ts";
import { eachRule } from "../../each-rule.ts";
import { passesFilter } from "../../effects/sns-filter.ts";
import { refusals, subscription, topic } from "../../notices.ts";
import { linked, type Resource, resourceType } from "../../resource.ts";
import { type Rule, resourceRule } from "../../rule.ts";
import { backupPlan, backupService, vaultsOf } from "./resources.ts";

const notifications = resourceType<aws.backup.VaultNotificationsArgs>(
  "aws:backup/vaultNotifications:VaultNotifications",
);
const person = resourceType<pagerduty.UserArgs>("pagerduty:index/user:User");

/**
 * AWS Backup API Reference, PutBackupVaultNotifications: the end of a backup job tells how it ended, while
 * BACKUP_JOB_FAILED is deprecated and never sent; a failed copy is told by itself.
 */
const failures = ["BACKUP_JOB_COMPLETED", "COPY_JOB_FAILED"];
/** The end of a restore test; staging makes none. */
const restores = "RESTORE_JOB_COMPLETED";
/** AWS Backup Developer Guide, "Using Amazon SNS to track AWS Backup events": how jobs end that did not do their work. */
const failedStates = ["FAILED", "EXPIRED", "ABORTED"];

export const noticeRules: readonly Rule[] = [
  eachRule({
    id: "backups-failures-announced",
    item: "BAK-06",
    each: backupPlan,
    check: (plan, stack, { tier }) => {
      const announced = vaultsOf(plan)
        .flatMap((vault) => stack.attached(notifications, "backupVaultName", vault))
        .flatMap(({ props }) => props.backupVaultEvents);
      return [...failures, ...(tier === "production" ? [restores] : [])]
        .filter((event) => !announced.includes(event))
        .map((event) => ({ observed: `none of its vaults announces ${event}`, wanted: "announced" }));
    },
  }),
  eachRule({
    id: "backups-failures-taken",
    item: "BAK-06",
    each: notifications,
    check: (notification, stack) =>
      linked(notification as Resource, "snsTopicArn", topic).flatMap((t) =>
        refusals(t, backupService, stack),
      ),
  }),
  eachRule({
    id: "backups-failures-reach-people",
    item: "BAK-06",
    each: notifications,
    check: (notification, stack) => {
      const told = linked(notification as Resource, "snsTopicArn", topic).flatMap((t) =>
        stack.attached(subscription, "topic", t).filter(({ props }) => tellsFailures(props)),
      );
      return told.length > 0
        ? undefined
        : { observed: "no subscription to its topic tells failures", wanted: "told" };
    },
  }),
  // What is told of backups is worth knowing to whoever wants to destroy them.
  eachRule({
    id: "backups-notices-to-own-people",
    item: "BAK-06",
    each: subscription,
    check: (own, stack) => {
      const { protocol } = own.props;
      // An address that an integration's key is a part of.
      if (protocol === "https" && linked(own as Resource, "endpoint", integration).length > 0)
        return undefined;
      return protocol.startsWith("email") &&
        stack.ofType(person).some(({ props }) => props.email === own.props.endpoint)
        ? undefined
        : { doubt: `its ${protocol} endpoint is nobody's of the people on call` };
    },
  }),
  // Security Hub, SNS.1.
  resourceRule({
    id: "backups-notices-encrypted",
    item: "BAK-06",
    type: topic,
    check: (t) => ownKey(t as Resource, "kmsMasterKeyId"),
  }),
];

/** Whether a failed job's notice gets through; its attributes are the only ones that AWS Backup sends. */
function tellsFailures({
  filterPolicy,
  filterPolicyScope,
}: NonNullable<(typeof subscription)["props"]>): boolean {
  // The body of AWS Backup's notices is no JSON: nothing passes a filter of it.
  if (filterPolicyScope !== undefined && filterPolicyScope !== "MessageAttributes") return false;
  // Whoever is told of every success reads none of the failures.
  if (passesFilter(filterPolicy, { State: "COMPLETED" }) !== false) return false;
  return failedStates.every((State) => passesFilter(filterPolicy, { State }) === true);
}
