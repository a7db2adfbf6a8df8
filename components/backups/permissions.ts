/**
 * What AWS Backup may do here: the parts for RDS of the managed policies AWSBackupServiceRolePolicyForBackup
 * and AWSBackupServiceRolePolicyForRestores, which otherwise cover every service that AWS Backup knows.
 */
import type * as pulumi from "@pulumi/pulumi";
import type { Allowed } from "../service-role.ts";

/** AWS Backup names its own snapshots so. */
const ownSnapshots = "arn:aws:rds:*:*:snapshot:awsbackup:*";

/** RDS works with encrypted snapshots through grants that only AWS services can use. */
const grants: readonly Allowed[] = [
  { Action: ["kms:DescribeKey"], Resource: "*" },
  {
    Action: ["kms:CreateGrant"],
    Resource: "*",
    Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
  },
];

/** Takes snapshots, copies them between the vaults and deletes what has expired. */
export function backupPermissions(vaultArns: readonly pulumi.Input<string>[]): readonly Allowed[] {
  return [
    {
      Action: ["rds:DescribeDBInstances", "rds:DescribeDBSnapshots", "tag:GetResources"],
      Resource: "*",
    },
    {
      Action: [
        "rds:CreateDBSnapshot",
        "rds:CopyDBSnapshot",
        "rds:AddTagsToResource",
        "rds:ListTagsForResource",
      ],
      Resource: ["arn:aws:rds:*:*:db:*", ownSnapshots],
    },
    { Action: ["rds:DeleteDBSnapshot", "rds:ModifyDBSnapshotAttribute"], Resource: ownSnapshots },
    {
      Action: ["backup:DescribeBackupVault", "backup:CopyIntoBackupVault", "backup:CopyFromBackupVault"],
      Resource: [...vaultArns],
    },
    ...grants,
  ];
}

/** And the instances of restore tests so. */
const restoreTests = "arn:aws:rds:*:*:db:awsbackup-restore-test-*";

/**
 * Restores a snapshot of AWS Backup's to the instance of a restore test, which may take any option, parameter and subnet
 * group (Service Authorization Reference, "Amazon RDS": RestoreDBInstanceFromDBSnapshot), and deletes it again.
 */
export const restorePermissions: readonly Allowed[] = [
  {
    Action: ["rds:DescribeDBInstances", "rds:DescribeDBSnapshots", "rds:ListTagsForResource"],
    Resource: "*",
  },
  {
    Action: ["rds:AddTagsToResource", "rds:RestoreDBInstanceFromDBSnapshot"],
    Resource: [
      restoreTests,
      ownSnapshots,
      "arn:aws:rds:*:*:og:*",
      "arn:aws:rds:*:*:pg:*",
      "arn:aws:rds:*:*:subgrp:*",
    ],
  },
  { Action: ["rds:DeleteDBInstance"], Resource: restoreTests },
  {
    Action: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
    Resource: "*",
    Condition: { StringLike: { "kms:ViaService": "rds.*.amazonaws.com" } },
  },
  ...grants,
];
