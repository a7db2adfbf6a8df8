/** What happens to the database's data: encryption, copies, growth, and what survives a failure or a mistake. */
import { recoveryLevels } from "../../../model/service-levels/recovery.ts";
import { databaseInstance as instance, ownKey } from "../../aws.ts";
import { eachRule } from "../../each-rule.ts";
import { all, atLeast, equals, present, unlessSaid } from "../../expect.ts";
import { linked, type Resource, type Stack } from "../../resource.ts";
import { type Rule, resourceRule, type Violation } from "../../rule.ts";
import { backupPlan, selection } from "../backups/resources.ts";

/** RDS User Guide, "Managing capacity automatically": 26 % of room avoids warnings, less than 10 % is refused. */
const storageRoom = 1.26;
/** GiB: what RDS offers at least. */
const leastStorage = 20;

/** It is made anew of another one, which is backed up. */
function isReplica({ props }: Resource<{ replicateSourceDb?: string | undefined }>): boolean {
  return Boolean(props.replicateSourceDb);
}

/**
 * An instance does not tell what is kept of it when it is deleted. What AWS Backup has copied stays, in vaults of this
 * stack's.
 */
function keptElsewhere(db: Resource, stack: Stack): Violation | undefined {
  const kept = stack
    .attached(selection, "resources", db)
    .some((chosen) => linked(chosen as Resource, "planId", backupPlan).length > 0);
  return kept ? undefined : { observed: "no backup of this stack outlives it", wanted: "one" };
}

/** RDS User Guide, "Limitations of Amazon RDS encrypted DB instances": what it is encrypted with is said when it is made. */
const restored = "copy its snapshot under a KMS key of the account's own, and restore it from that copy";

function mendedBy(mend: string, found: Violation | undefined): Violation | undefined {
  return found && { ...found, mend };
}

export const storageRules: readonly Rule[] = [
  resourceRule({
    id: "database-backups-retained",
    adjustable: true,
    item: "DB-02",
    existing: (db, { tier, floor }) =>
      isReplica(db)
        ? undefined
        : atLeast(
            db.props,
            "backupRetentionPeriod",
            floor(recoveryLevels[tier].retentionDays.pointInTime),
            "days",
          ),
    type: instance,
    check: ({ props }, { tier, floor }) =>
      atLeast(props, "backupRetentionPeriod", floor(recoveryLevels[tier].retentionDays.pointInTime), "days"),
  }),
  // Security Hub, RDS.3; CIS AWS Foundations v5, 2.2.1.
  resourceRule({
    id: "database-storage-encrypted",
    item: "DB-03",
    existing: true,
    type: instance,
    check: ({ props }) => mendedBy(restored, equals(props, "storageEncrypted", true)),
  }),
  resourceRule({
    id: "database-storage-key-own",
    item: "DB-03",
    type: instance,
    check: (db) => mendedBy(restored, ownKey(db, "kmsKeyId")),
  }),
  resourceRule({
    id: "database-insights-key-own",
    item: "DB-03",
    type: instance,
    check: (db) => ownKey(db, "performanceInsightsKmsKeyId"),
  }),
  // Security Hub, RDS.5; CIS AWS Foundations v5, 2.2.4.
  resourceRule({
    id: "database-multi-zone",
    item: "DB-05",
    existing: (db) => (isReplica(db) ? undefined : equals(db.props, "multiAz", true)),
    tiers: ["production"],
    type: instance,
    check: ({ props }) => equals(props, "multiAz", true),
  }),
  // Security Hub, RDS.8.
  resourceRule({
    id: "database-deletion-protected",
    item: "DB-06",
    existing: true,
    tiers: ["production"],
    type: instance,
    check: ({ props }) => equals(props, "deletionProtection", true),
  }),
  eachRule({
    id: "database-final-snapshot",
    item: "DB-06",
    existing: (db) => (isReplica(db) ? undefined : unlessSaid(db.props, "skipFinalSnapshot", false)),
    tiers: ["production"],
    each: instance,
    check: (db, stack) =>
      db.read
        ? keptElsewhere(db as Resource, stack)
        : all(equals(db.props, "skipFinalSnapshot", false), present(db.props, "finalSnapshotIdentifier")),
  }),
  eachRule({
    id: "database-backups-outlive-it",
    item: "DB-06",
    tiers: ["production"],
    each: instance,
    check: (db, stack) =>
      db.read ? keptElsewhere(db as Resource, stack) : equals(db.props, "deleteAutomatedBackups", false),
  }),
  resourceRule({
    id: "database-storage-grows",
    item: "DB-10",
    existing: ({ props }) => atLeast(props, "maxAllocatedStorage", (props.allocatedStorage ?? 0) + 1, "GiB"),
    type: instance,
    check: ({ props }) =>
      all(
        atLeast(props, "allocatedStorage", leastStorage, "GiB"),
        atLeast(props, "maxAllocatedStorage", Math.ceil((props.allocatedStorage ?? 0) * storageRoom), "GiB"),
      ),
  }),
];
