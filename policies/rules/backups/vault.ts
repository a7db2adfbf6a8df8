/** Whether backups outlive whoever wants them gone, by mistake or on purpose. */
import type * as aws from "@pulumi/aws";
import { recoveryLevels } from "../../../model/service-levels/recovery.ts";
import { ownKey } from "../../aws.ts";
import { eachRule } from "../../each-rule.ts";
import { atLeast, equals, show, unlessSaid } from "../../expect.ts";
import { linked, resourceType } from "../../resource.ts";
import { type Rule, resourceRule } from "../../rule.ts";
import { backupPlan, backupVault } from "./resources.ts";

const vaultLock = resourceType<aws.backup.VaultLockConfigurationArgs>(
  "aws:backup/vaultLockConfiguration:VaultLockConfiguration",
);

/** Days in which a lock can still be taken off. */
const longestCooling = 30;

export const vaultRules: readonly Rule[] = [
  // Security Hub, Backup.1.
  resourceRule({
    id: "backups-key-own",
    item: "BAK-04",
    type: backupVault,
    check: (vault) => ownKey(vault, "kmsKeyArn"),
  }),
  resourceRule({
    id: "backups-not-deleted-with-vault",
    item: "BAK-05",
    existing: ({ props }) => unlessSaid(props, "forceDestroy", false),
    type: backupVault,
    check: ({ props }) => equals(props, "forceDestroy", false),
  }),
  // Well-Architected, REL09-BP02 and SEC08.
  eachRule({
    id: "backups-vaults-locked",
    item: "BAK-05",
    each: backupVault,
    check: (vault, stack) =>
      stack.attached(vaultLock, "backupVaultName", vault).length > 0
        ? undefined
        : { observed: "it has no lock", wanted: "locked" },
  }),
  // AWS Backup Developer Guide, "Vault Lock": without a cooling period whoever has the right takes it off again.
  resourceRule({
    id: "backups-lock-not-lifted",
    item: "BAK-05",
    tiers: ["production"],
    type: vaultLock,
    check: ({ props: { changeableForDays: days } }) =>
      days !== undefined && days >= 3 && days <= longestCooling
        ? undefined
        : { observed: `changeableForDays is ${show(days)}`, wanted: `3 to ${longestCooling}` },
  }),
  resourceRule({
    id: "backups-locked-for-long-enough",
    adjustable: true,
    item: "BAK-05",
    type: vaultLock,
    check: ({ props }, { tier, floor }) =>
      atLeast(props, "minRetentionDays", floor(recoveryLevels[tier].retentionDays.daily), "days"),
  }),
  // AWS Backup Developer Guide, "Vault Lock": a job whose retention the lock does not allow fails.
  eachRule({
    id: "backups-fit-vault-lock",
    item: "BAK-05",
    existing: true,
    each: vaultLock,
    check: (lock, stack) => {
      const { minRetentionDays: min = 0, maxRetentionDays: max = Number.POSITIVE_INFINITY } = lock.props;
      return linked(lock, "backupVaultName", backupVault)
        .flatMap((vault) => stack.attached(backupPlan, "rules", vault))
        .flatMap((plan) => plan.props.rules)
        .flatMap(({ ruleName, lifecycle, copyActions = [] }) =>
          [lifecycle, ...copyActions.map((copy) => copy.lifecycle)].map(
            (kept) => [ruleName, kept?.deleteAfter] as const,
          ),
        )
        .filter(([, days]) => !within(days, min, max))
        .map(([ruleName, days]) => ({
          observed: `it allows ${min} to ${max} days, and ${ruleName} backups live ${show(days, "days")}`,
          wanted: "wide enough for the plan",
        }));
    },
  }),
];

function within(days = Number.POSITIVE_INFINITY, min: number, max: number): boolean {
  return min <= days && days <= max;
}
