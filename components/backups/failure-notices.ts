import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Tier } from "../../model/tier.ts";
import { EncryptionKey } from "../encryption-key.ts";
import type { AwsTags } from "../tags.ts";

export interface FailureNoticesArgs {
  readonly vaultName: pulumi.Input<string>;
  /** Who is told; each address confirms its subscription once. */
  readonly emails: readonly string[];
  readonly tier: Tier;
  readonly tags: AwsTags;
}

/**
 * Tells people of every backup, copy and restore job of a vault that did not complete. AWS Backup announces
 * ends of jobs, whose failures the subscriptions pick out: its events for failures are deprecated and silent,
 * all but the copy's (API Reference, PutBackupVaultNotifications).
 */
export class FailureNotices extends pulumi.ComponentResource {
  constructor(name: string, args: FailureNoticesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:FailureNotices", name, {}, opts);
    const { tier, tags } = args;
    const service = "backup.amazonaws.com";
    const child = { parent: this };

    const key = new EncryptionKey(
      name,
      { description: "Notices of backups", services: [service], tier, tags },
      child,
    );
    const topic = new aws.sns.Topic(name, { kmsMasterKeyId: key.arn, tags }, child);
    const policy = new aws.sns.TopicPolicy(
      name,
      {
        arn: topic.arn,
        policy: {
          Version: "2012-10-17",
          Statement: [
            {
              Sid: "AwsBackup",
              Effect: "Allow",
              Principal: { Service: service },
              Action: "sns:Publish",
              Resource: topic.arn,
              Condition: {
                StringEquals: { "aws:SourceAccount": aws.getCallerIdentityOutput({}, child).accountId },
              },
            },
          ],
        },
      },
      child,
    );
    new aws.backup.VaultNotifications(
      name,
      {
        backupVaultName: args.vaultName,
        snsTopicArn: topic.arn,
        backupVaultEvents: ["BACKUP_JOB_COMPLETED", "COPY_JOB_FAILED", "RESTORE_JOB_COMPLETED"],
      },
      // AWS Backup refuses a topic that it may not publish to.
      { ...child, dependsOn: policy },
    );
    for (const email of args.emails) {
      new aws.sns.TopicSubscription(
        `${name}-${email}`,
        {
          topic: topic.arn,
          protocol: "email",
          endpoint: email,
          filterPolicy: JSON.stringify({ State: [{ "anything-but": "COMPLETED" }] }),
        },
        child,
      );
    }
    this.registerOutputs();
  }
}
