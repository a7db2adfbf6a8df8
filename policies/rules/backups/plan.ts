/** What is backed up, how often, for how long, and where to. */
import { recoveryLevels } from "../../../model/service-levels/recovery.ts";
import { databaseInstance, regionOf } from "../../aws.ts";
import { eachRule } from "../../each-rule.ts";
import { selectsForBackup } from "../../effects/backup-selection.ts";
import { present, show } from "../../expect.ts";
import { linked, type Resource } from "../../resource.ts";
import { type Rule, resourceRule } from "../../rule.ts";
import { between, is, unsound, whereSet } from "../../sound/sound.ts";
import { whenKnown } from "../../unknown-value.ts";
import { backupPlan, frequencies, frequencyOf, selection, vaultsOf } from "./resources.ts";
import { roleWorks } from "./role.ts";

/** Minutes in which a job must start and end; what is too short cancels it, what is too long meets the next. */
const windows = whereSet({
  "rules.*.startWindow": between(60, 8 * 60),
  "rules.*.completionWindow": between(4 * 60, 7 * 24 * 60),
  // Point-in-time recovery is RDS's own: AWS Backup's would take its retention and window over.
  "rules.*.enableContinuousBackup": is(false),
});
/** The parts for RDS of AWSBackupServiceRolePolicyForBackup. */
const takesBackups = [
  "backup:CopyFromBackupVault",
  "backup:CopyIntoBackupVault",
  "kms:CreateGrant",
  "kms:DescribeKey",
  "rds:AddTagsToResource",
  "rds:CopyDBSnapshot",
  "rds:CreateDBSnapshot",
  "rds:DeleteDBSnapshot",
  "rds:DescribeDBInstances",
  "rds:DescribeDBSnapshots",
  "rds:ListTagsForResource",
];

export const planRules: readonly Rule[] = [
  ...frequencies.map((frequency) =>
    resourceRule({
      id: `backups-${frequency}`,
      item: "BAK-01",
      type: backupPlan,
      check: ({ props }, { tier, now }) => {
        const days = recoveryLevels[tier].retentionDays[frequency];
        const rules = (props.rules ?? []).filter((rule) => frequencyOf(rule.schedule, now) === frequency);
        // Without an end, a backup is kept for ever.
        if (rules.some(({ lifecycle }) => (lifecycle?.deleteAfter ?? Number.POSITIVE_INFINITY) >= days)) {
          return undefined;
        }
        const kept = rules.map(({ lifecycle }) => `kept for ${show(lifecycle?.deleteAfter, "days")}`);
        return {
          observed: `its ${frequency} backup is ${kept.join(", ") || "missing"}`,
          wanted: `kept for ≥ ${days} days`,
        };
      },
    }),
  ),
  resourceRule({
    id: "backups-have-time",
    item: "BAK-01",
    type: backupPlan,
    check: (plan) => present(plan.props, "rules") ?? unsound(plan, windows),
  }),
  resourceRule({
    id: "backups-in-own-vaults",
    item: "BAK-04",
    type: backupPlan,
    check: (plan) => {
      const none = present(plan.props, "rules");
      if (none) return none;
      const own = vaultsOf(plan).flatMap(({ props }) => whenKnown(() => props.name) ?? []);
      const named = plan.props.rules.flatMap((rule) => [
        whenKnown(() => rule.targetVaultName),
        ...(rule.copyActions ?? []).map((copy) =>
          whenKnown(() => copy.destinationVaultArn)
            ?.split(":backup-vault:")
            .at(-1),
        ),
      ]);
      return named
        .filter((name) => name !== undefined && !own.includes(name))
        .map((name) => ({ doubt: `it stores into ${name}, which is no vault of this stack` }));
    },
  }),
  resourceRule({
    id: "backups-copied-by-every-rule",
    item: "BAK-02",
    type: backupPlan,
    check: ({ props }) =>
      present(props, "rules") ??
      props.rules
        .filter(({ copyActions }) => !copyActions?.length)
        .map(({ ruleName }) => ({ observed: `its rule ${ruleName} copies nothing`, wanted: "copied" })),
  }),
  resourceRule({
    id: "backups-copies-kept",
    item: "BAK-02",
    type: backupPlan,
    check: ({ props }, { tier, now }) =>
      present(props, "rules") ??
      props.rules.flatMap(({ ruleName, schedule, copyActions }) => {
        const days = recoveryLevels[tier].retentionDays[frequencyOf(schedule, now) ?? "daily"];
        return (copyActions ?? [])
          .filter(({ lifecycle }) => (lifecycle?.deleteAfter ?? Number.POSITIVE_INFINITY) < days)
          .map(({ lifecycle }) => ({
            observed: `the copy of its rule ${ruleName} is kept for ${show(lifecycle?.deleteAfter, "days")}`,
            wanted: `kept for ≥ ${days} days`,
          }));
      }),
  }),
  // Well-Architected, REL09-BP01 and REL13-BP02: a copy that a region's disaster does not reach.
  resourceRule({
    id: "backups-copied-to-second-region",
    item: "BAK-02",
    type: backupPlan,
    check: (plan) => {
      const regions = new Set(vaultsOf(plan).flatMap((vault) => regionOf(vault as Resource) ?? []));
      if (regions.size > 1) return undefined;
      return { observed: `its vaults lie in ${show([...regions])} only`, wanted: "in a second region too" };
    },
  }),
  // Security Hub, RDS.26.
  eachRule({
    id: "backups-cover-databases",
    item: "BAK-03",
    each: databaseInstance,
    check: (db, stack) => {
      const { name, props } = db;
      const selections = stack
        .ofType(selection)
        .filter((s) => linked(s as Resource, "planId", backupPlan).length > 0);
      if (selections.some((s) => isNamed(s as Resource, db as Resource))) return undefined;
      const arn = `arn:aws:rds:${regionOf(db as Resource) ?? "*"}:*:db:${props.identifier ?? `${name}*`}`;
      if (selections.some((s) => selectsForBackup(s.props, arn, props.tags ?? {}))) return undefined;
      return { observed: "no backup plan selects it", wanted: "selected" };
    },
  }),
  eachRule({
    id: "backups-role-works",
    item: "BAK-03",
    each: selection,
    check: (s, stack) => roleWorks(s as Resource, stack, takesBackups),
  }),
];

/** By its ARN, whatever tags it bears. */
function isNamed(s: Resource, db: Resource): boolean {
  const { conditions, selectionTags, notResources } = s.props;
  return (
    conditions === undefined &&
    selectionTags === undefined &&
    notResources === undefined &&
    linked(s, "resources", databaseInstance).some(({ urn }) => urn === db.urn)
  );
}
