import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Tier } from "../../model/tier.ts";

export interface PrivateBucketArgs {
  /** In production the bucket is protected and outlives the stack. */
  readonly tier: Tier;
  /** Days until an object is deleted; it stays for ever where absent. */
  readonly expireAfterDays?: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** An S3 bucket that nobody reaches but whom a policy names: no ACLs, encrypted, versioned. */
export class PrivateBucket extends pulumi.ComponentResource {
  readonly bucket: aws.s3.Bucket;
  readonly #name: string;

  constructor(name: string, args: PrivateBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:PrivateBucket", name, {}, opts);
    this.#name = name;
    const child = { parent: this };
    const production = args.tier === "production";

    this.bucket = new aws.s3.Bucket(
      name,
      { forceDestroy: !production, tags: args.tags },
      { parent: this, protect: production, retainOnDelete: production },
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
      { bucket, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
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

    this.registerOutputs({ bucket: this.bucket.id });
  }

  /**
   * Declares the bucket's policy: TLS alone, and what `statements` allow. A bucket has one policy, so this is
   * called once; the policy is an object, not JSON, so that a preview shows what is known of it.
   */
  allow(...statements: aws.iam.PolicyStatement[]): aws.s3.BucketPolicy {
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
