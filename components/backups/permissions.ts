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

/** Restores a snapshot to a new instance, and deletes the instances of restore tests only. */
export const restorePermissions: readonly Allowed[] = [
  {
    Action: [
      "rds:DescribeDBInstances",
      "rds:DescribeDBSnapshots",
      "rds:ListTagsForResource",
      "rds:AddTagsToResource",
      "rds:RestoreDBInstanceFromDBSnapshot",
    ],
    Resource: "*",
  },
  { Action: ["rds:DeleteDBInstance"], Resource: "arn:aws:rds:*:*:db:awsbackup-restore-test-*" },
  {
    Action: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
    Resource: "*",
    Condition: { StringLike: { "kms:ViaService": "rds.*.amazonaws.com" } },
  },
  ...grants,
];
