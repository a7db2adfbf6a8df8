import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Tier } from "../model/tier.ts";
import type { AwsTags } from "./tags.ts";

export interface EncryptionKeyArgs {
  /** What it encrypts, as the console shows it. */
  readonly description: string;
  /** Log groups that CloudWatch Logs encrypts with it: their region, and a pattern of their names. */
  readonly logGroups?: { readonly region: string; readonly pattern: string };
  /** Signs DNS zones instead of encrypting; such a key does not rotate. */
  readonly signsZones?: true;
  /** AWS services that use it for messages of their own, such as `backup.amazonaws.com`. */
  readonly services?: readonly string[];
  /**
   * Who alone, with the account's root user, can delete it, disable it or change its policy, in production: the name
   * of a role that no stack makes, and which deploys such a change. Any administrator can where absent.
   */
  readonly breakGlassRole?: string | undefined;
  readonly tier: Tier;
  readonly tags: AwsTags;
}

/**
 * A KMS key of one area: rotated every year, usable by the account's IAM policies and by the named services
 * for this account only. In production it outlives even a destroyed stack: with it goes everything it encrypts.
 */
export class EncryptionKey extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: EncryptionKeyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:EncryptionKey", name, {}, opts);
    const kept = args.tier === "production";
    const account = aws.getCallerIdentityOutput({}, { parent: this }).accountId;
    const keeper = kept ? args.breakGlassRole : undefined;

    const key = new aws.kms.Key(
      name,
      {
        description: args.description,
        ...(args.signsZones
          ? { customerMasterKeySpec: "ECC_NIST_P256", keyUsage: "SIGN_VERIFY" }
          : { enableKeyRotation: true }),
        // The longest that KMS offers to take a deletion back.
        deletionWindowInDays: 30,
        policy: pulumi.jsonStringify({
          Version: "2012-10-17",
          Statement: [
            ownAccount(account),
            ...(keeper ? keptFor(account, keeper) : []),
            ...(args.logGroups ? [cloudWatchLogs(account, args.logGroups)] : []),
            ...(args.signsZones ? zoneSigning(account) : []),
            ...(args.services ?? []).map((service) => serviceMessages(account, service)),
          ],
        }),
        // KMS would refuse a policy that its author, such as CI, cannot change again.
        ...(keeper && { bypassPolicyLockoutSafetyCheck: true }),
        tags: args.tags,
      },
      { parent: this, protect: kept, retainOnDelete: kept },
    );
    new aws.kms.Alias(name, { name: keyAlias(name, args.tags), targetKeyId: key.keyId }, { parent: this });

    this.arn = key.arn;
    this.registerOutputs({ arn: this.arn });
  }
}

/** The name of a key that does not change when the key does. */
export function keyAlias(name: string, { environment }: AwsTags): string {
  return `alias/${name}-${environment}`;
}

/** Leaves it to the account's IAM policies who may use the key: KMS's own default. */
function ownAccount(account: pulumi.Output<string>) {
  return {
    Sid: "OwnAccount",
    Effect: "Allow",
    Principal: { AWS: pulumi.interpolate`arn:aws:iam::${account}:root` },
    Action: "kms:*",
    Resource: "*",
  };
}

/**
 * KMS refuses a policy that names a principal which does not exist: a misspelled role is noticed before it locks
 * everybody out. The denial goes by name, so that the role can be made anew; the root user is always there.
 */
function keptFor(account: pulumi.Output<string>, role: string) {
  const keeper = pulumi.interpolate`arn:aws:iam::${account}:role/${role}`;
  return [
    { Sid: "BreakGlass", Effect: "Allow", Principal: { AWS: keeper }, Action: "kms:*", Resource: "*" },
    {
      Sid: "KeptForEmergencies",
      Effect: "Deny",
      Principal: "*",
      Action: ["kms:DisableKey", "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"],
      Resource: "*",
      Condition: {
        ArnNotEquals: { "aws:PrincipalArn": [pulumi.interpolate`arn:aws:iam::${account}:root`, keeper] },
      },
    },
  ];
}

/** CloudWatch Logs, User Guide: "Encrypt log data in CloudWatch Logs using AWS KMS". */
function cloudWatchLogs(
  account: pulumi.Output<string>,
  { region, pattern }: { readonly region: string; readonly pattern: string },
) {
  return {
    Sid: "CloudWatchLogs",
    Effect: "Allow",
    Principal: { Service: `logs.${region}.amazonaws.com` },
    Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
    Resource: "*",
    Condition: {
      ArnLike: {
        "kms:EncryptionContext:aws:logs:arn": pulumi.interpolate`arn:aws:logs:${region}:${account}:log-group:${pattern}`,
      },
    },
  };
}

/** SNS, Developer Guide: "Enable compatibility between event sources from AWS services and encrypted topics". */
function serviceMessages(account: pulumi.Output<string>, service: string) {
  return {
    Sid: "ServiceMessages",
    Effect: "Allow",
    Principal: { Service: service },
    Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
    Resource: "*",
    Condition: { StringEquals: { "aws:SourceAccount": account } },
  };
}

/**
 * Route 53, Developer Guide: "Working with customer managed keys for DNSSEC". There the grant, which
 * AWS's services alone can use, names no account.
 */
function zoneSigning(account: pulumi.Output<string>) {
  const statement = {
    Effect: "Allow",
    Principal: { Service: "dnssec-route53.amazonaws.com" },
    Resource: "*",
  };
  return [
    {
      ...statement,
      Sid: "SignsZones",
      Action: ["kms:DescribeKey", "kms:GetPublicKey", "kms:Sign"],
      Condition: { StringEquals: { "aws:SourceAccount": account } },
    },
    {
      ...statement,
      Sid: "GrantsItself",
      Action: "kms:CreateGrant",
      Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}
