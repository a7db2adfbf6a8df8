import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Tier } from "../model/tier.ts";

export interface PrivateBucketArgs {
  /** In production the bucket is protected and outlives the stack. */
  readonly tier: Tier;
  /** Days until an object is deleted; it stays for ever where absent. */
  readonly expireAfterDays?: number;
  /** ARN of the KMS key that encrypts its objects; S3's own key where absent. */
  readonly kmsKeyArn?: pulumi.Input<string>;
  /** Keeps every version of an object from being deleted for so many days; S3 takes none off a bucket again. */
  readonly lock?: { readonly mode: "GOVERNANCE" | "COMPLIANCE"; readonly days: number };
  readonly tags: Readonly<Record<string, string>>;
}

/** An S3 bucket that nobody reaches but whom a policy names: no ACLs, encrypted, versioned, and locked where asked. */
export class PrivateBucket extends pulumi.ComponentResource {
  readonly bucket: aws.s3.Bucket;
  readonly #name: string;

  constructor(name: string, args: PrivateBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:PrivateBucket", name, {}, opts);
    this.#name = name;
    const child = { parent: this };
    const production = args.tier === "production";
    const stateful = { parent: this, protect: production, retainOnDelete: production };

    this.bucket = new aws.s3.Bucket(
      name,
      { forceDestroy: !production, ...(args.lock && { objectLockEnabled: true }), tags: args.tags },
      stateful,
    );
    const bucket = this.bucket.id;
    new aws.s3.BucketPublicAccessBlock(
      name,
      {
        bucket,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      child,
    );
    new aws.s3.BucketOwnershipControls(
      name,
      { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
      child,
    );
    new aws.s3.BucketServerSideEncryptionConfiguration(
      name,
      { bucket, rules: [encryption(args.kmsKeyArn)] },
      child,
    );
    const versioning = new aws.s3.BucketVersioning(
      name,
      { bucket, versioningConfiguration: { status: "Enabled" } },
      child,
    );
    new aws.s3.BucketLifecycleConfiguration(
      name,
      {
        bucket,
        rules: [
          {
            id: "clean-up",
            status: "Enabled",
            filter: {},
            abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
            // Time to notice that something was overwritten or deleted.
            noncurrentVersionExpiration: { noncurrentDays: 30 },
            ...(args.expireAfterDays !== undefined && { expiration: { days: args.expireAfterDays } }),
          },
        ],
      },
      // S3 refuses rules about versions before there are any.
      { parent: this, dependsOn: [versioning] },
    );
    if (args.lock) {
      new aws.s3.BucketObjectLockConfiguration(
        name,
        { bucket, rule: { defaultRetention: args.lock } },
        { ...stateful, dependsOn: [versioning] },
      );
    }

    this.registerOutputs({ bucket: this.bucket.id });
  }

  /**
   * Declares the bucket's policy: TLS alone, and what `statements` say. A bucket has one policy, so this is
   * called once; the policy is an object, not JSON, so that a preview shows what is known of it.
   */
  declarePolicy(...statements: aws.iam.PolicyStatement[]): aws.s3.BucketPolicy {
    const { arn, id } = this.bucket;
    const tlsOnly: aws.iam.PolicyStatement = {
      Sid: "TlsOnly",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [arn, pulumi.interpolate`${arn}/*`],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    };
    return new aws.s3.BucketPolicy(
      this.#name,
      { bucket: id, policy: { Version: "2012-10-17", Statement: [tlsOnly, ...statements] } },
      { parent: this },
    );
  }
}

function encryption(
  kmsMasterKeyId: pulumi.Input<string> | undefined,
): aws.types.input.s3.BucketServerSideEncryptionConfigurationRule {
  if (kmsMasterKeyId === undefined) return { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } };
  // One request to KMS for many objects instead of one for each.
  return {
    applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId },
    bucketKeyEnabled: true,
  };
}
