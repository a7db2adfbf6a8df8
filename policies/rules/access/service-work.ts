/** What the roles of AWS's services are for: the actions that a service's own documentation gives them. */

/** AWS Backup Developer Guide, "Managed policies": the parts for RDS. */
const ofBackups = [
  "backup:CopyFromBackupVault",
  "backup:CopyIntoBackupVault",
  "backup:Describe*",
  "backup:ListTags",
  "backup:TagResource",
  "kms:CreateGrant",
  "kms:Decrypt",
  "kms:DescribeKey",
  "kms:Encrypt",
  "kms:GenerateDataKey*",
  "kms:ReEncrypt*",
  "rds:AddTagsToResource",
  "rds:CopyDBSnapshot",
  "rds:CreateDBSnapshot",
  "rds:DeleteDBInstance",
  "rds:DeleteDBSnapshot",
  "rds:Describe*",
  "rds:ListTagsForResource",
  "rds:ModifyDBSnapshotAttribute",
  "rds:RemoveTagsFromResource",
  "rds:RestoreDBInstanceFromDBSnapshot",
  "rds:RestoreDBInstanceToPointInTime",
  "tag:GetResources",
];
const ofLogs = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:Describe*", "logs:PutLogEvents"];

/** By service; `*` stands for any characters. */
export const workOf: Readonly<Record<string, readonly string[]>> = {
  "backup.amazonaws.com": ofBackups,
  // RDS User Guide, "Setting up for Enhanced Monitoring".
  "monitoring.rds.amazonaws.com": [...ofLogs, "logs:GetLogEvents", "logs:PutRetentionPolicy"],
  "vpc-flow-logs.amazonaws.com": ofLogs,
};

/** What nobody needs on resources of whatever name: each action with one that this stack does not know. */
export const onStrangers: Readonly<Record<string, string>> = {
  "backup:DeleteRecoveryPoint": "arn:aws:backup:*:*:recovery-point:stranger",
  "iam:AttachRolePolicy": "arn:aws:iam::*:role/stranger",
  "iam:CreateUser": "arn:aws:iam::*:user/stranger",
  "iam:PassRole": "arn:aws:iam::*:role/stranger",
  "iam:PutRolePolicy": "arn:aws:iam::*:role/stranger",
  "iam:UpdateAssumeRolePolicy": "arn:aws:iam::*:role/stranger",
  "kms:CreateGrant": "arn:aws:kms:*:*:key/stranger",
  "kms:Decrypt": "arn:aws:kms:*:*:key/stranger",
  "kms:PutKeyPolicy": "arn:aws:kms:*:*:key/stranger",
  "kms:ScheduleKeyDeletion": "arn:aws:kms:*:*:key/stranger",
  "logs:DeleteLogGroup": "arn:aws:logs:*:*:log-group:stranger",
  "logs:DeleteLogStream": "arn:aws:logs:*:*:log-group:stranger:log-stream:stranger",
  "logs:PutLogEvents": "arn:aws:logs:*:*:log-group:stranger",
  "rds:DeleteDBInstance": "arn:aws:rds:*:*:db:stranger",
  "rds:DeleteDBSnapshot": "arn:aws:rds:*:*:snapshot:stranger",
  "rds:ModifyDBInstance": "arn:aws:rds:*:*:db:stranger",
  // Whoever is named in it copies the snapshot out of the account.
  "rds:ModifyDBSnapshotAttribute": "arn:aws:rds:*:*:snapshot:stranger",
  "rds-db:connect": "arn:aws:rds-db:*:*:dbuser:stranger/stranger",
  "s3:DeleteObject": "arn:aws:s3:::stranger/stranger",
  "s3:GetObject": "arn:aws:s3:::stranger/stranger",
  "s3:PutObject": "arn:aws:s3:::stranger/stranger",
  "secretsmanager:GetSecretValue": "arn:aws:secretsmanager:*:*:secret:stranger",
  "sts:AssumeRole": "arn:aws:iam::*:role/stranger",
};
