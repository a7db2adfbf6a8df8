/** Whether backups have been seen to restore. */
import type * as aws from "@pulumi/aws";
import { databaseInstance, databaseSubnets } from "../../aws.ts";
import { eachRule } from "../../each-rule.ts";
import { linked, type Resource, resourceType } from "../../resource.ts";
import { type Rule, resourceRule } from "../../rule.ts";
import { between, ifSet, oneOf, unlooked, unsound } from "../../sound/sound.ts";
import { whenKnown } from "../../unknown-value.ts";
import { backupVault, frequencyOf } from "./resources.ts";
import { roleWorks } from "./role.ts";

const testPlan = resourceType<aws.backup.RestoreTestingPlanArgs>(
  "aws:backup/restoreTestingPlan:RestoreTestingPlan",
);
const testSelection = resourceType<aws.backup.RestoreTestingSelectionArgs>(
  "aws:backup/restoreTestingSelection:RestoreTestingSelection",
);
const tiers = ["production"] as const;
const restores = [
  "kms:CreateGrant",
  "kms:DescribeKey",
  "rds:AddTagsToResource",
  "rds:DeleteDBInstance",
  "rds:DescribeDBInstances",
  "rds:DescribeDBSnapshots",
  "rds:RestoreDBInstanceFromDBSnapshot",
];

export const restoreRules: readonly Rule[] = [
  // Well-Architected, REL09-BP04: recover data regularly to verify backups.
  resourceRule({
    id: "backups-restores-tested",
    item: "BAK-07",
    tiers,
    type: testPlan,
    check: ({ props: { scheduleExpression: schedule } }, { now }) =>
      frequencyOf(schedule, now)
        ? undefined
        : { observed: `scheduleExpression is ${schedule}`, wanted: "monthly or more often" },
  }),
  resourceRule({
    id: "backups-restore-tests-of-own-backups",
    item: "BAK-07",
    tiers,
    type: testPlan,
    check: (plan) => {
      const { recoveryPointSelection: points } = plan.props;
      if (!points) return { observed: "it takes no backups", wanted: "those of this stack" };
      return [
        ...unsound(plan, {
          "recoveryPointSelection.algorithm": ifSet(oneOf("LATEST_WITHIN_WINDOW", "RANDOM_WITHIN_WINDOW")),
          // Backups of today are what is restored tomorrow.
          "recoveryPointSelection.selectionWindowDays": ifSet(between(1, 35)),
          startWindowHours: ifSet(between(1, 168)),
        }),
        ...(points.recoveryPointTypes.includes("SNAPSHOT")
          ? []
          : [{ observed: "it takes no snapshots", wanted: "snapshots" }]),
        ...(points.excludeVaults?.length ? [{ observed: "it leaves vaults out", wanted: "none" }] : []),
        ...(linked(plan as Resource, "recoveryPointSelection", backupVault).length > 0
          ? []
          : [{ observed: "it takes backups of no vault of this stack", wanted: "of one" }]),
      ];
    },
  }),
  eachRule({
    id: "backups-restore-tests-cover-databases",
    item: "BAK-07",
    tiers,
    each: databaseInstance,
    check: (db, stack) =>
      stack
        .attached(testSelection, "protectedResourceArns", db)
        .some(
          (tested) =>
            tested.props.protectedResourceType === "RDS" &&
            linked(tested as Resource, "restoreTestingPlanName", testPlan).length > 0,
        )
        ? undefined
        : { observed: "no restore test takes it", wanted: "restored regularly" },
  }),
  eachRule({
    id: "backups-restore-tests-stay-inside",
    item: "BAK-07",
    tiers,
    each: testSelection,
    check: (tested, _, { parts }) => {
      // AWS restores into the account's default VPC where nothing is said.
      const overrides = "restoreMetadataOverrides";
      const inside =
        linked(tested as Resource, overrides, databaseSubnets).length > 0 ||
        // Beside a database that is there already, in what that lives in.
        linked(tested as Resource, overrides, databaseInstance).some(({ read }) => read);
      const isPublic = whenKnown(() => tested.props.restoreMetadataOverrides?.["publiclyAccessible"]);
      return [
        ...(inside ? [] : [{ observed: "it restores outside the stack's subnets", wanted: "inside" }]),
        // RDS API Reference, "RestoreDBInstanceFromDBSnapshot": what lies beside an internet gateway is public unless said.
        ...(String(isPublic ?? parts.network.kind === "static-ips").toLowerCase() === "false"
          ? []
          : [{ observed: "what it restores is public", wanted: "private" }]),
        ...unsound(tested, { protectedResourceConditions: unlooked }),
      ];
    },
  }),
  eachRule({
    id: "backups-restore-role-works",
    item: "BAK-07",
    tiers,
    each: testSelection,
    check: (tested, stack) => roleWorks(tested as Resource, stack, restores),
  }),
];
