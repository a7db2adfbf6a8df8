import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { StackSpec } from "../model/config/stack-spec.ts";
import type { Tier } from "../model/tier.ts";
import type { Repository } from "./deploy-access/trust.ts";
import { EncryptionKey } from "./encryption-key.ts";
import { PrivateBucket } from "./private-bucket.ts";
import type { AwsTags } from "./tags.ts";
import { declareUploadRole } from "./upload-role.ts";

/** The repository is that whose workflow on `main` takes the dumps. */
export interface DumpStoreArgs extends Repository {
  readonly settings: StackSpec["backups"];
  /** AWS in the region where the dumps lie. */
  readonly copyProvider: aws.Provider;
  /** ARN of GitHub as an identity provider. */
  readonly gitHub: pulumi.Input<string>;
  /** ARN of the policy that no role made here can exceed. */
  readonly permissionsBoundary: pulumi.Input<string>;
  /** Who can delete the key of the dumps (components/encryption-key.ts). */
  readonly breakGlassRole?: string | undefined;
  readonly tier: Tier;
  readonly tags: AwsTags;
}

/** By this filter's name CloudWatch tells the requests for dumps apart: model/alerts/catalogue/dump-alerts.ts. */
const metricFilter = "dumps";

/**
 * Daily dumps of a database that somebody else runs, out of that somebody's reach: in a bucket of the stack's own, in
 * the region of second copies, locked as long as a daily backup has to live and kept as long as a monthly one. The
 * job that takes them can add and not read; who restores reads by rights of their own.
 *
 * The job is a workflow of the repository, once a day: `pg_dump --format=custom`, then
 * `aws s3 cp … s3://<bucket>/dumps/<date>.dump` in the role that is an output of the stack.
 */
export class DumpStore extends pulumi.ComponentResource {
  readonly bucket: pulumi.Output<string>;
  readonly roleArn: pulumi.Output<string>;

  constructor(name: string, args: DumpStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:DumpStore", name, {}, opts);
    const { settings, tier, tags } = args;
    const there = { parent: this, provider: args.copyProvider };

    const key = new EncryptionKey(
      name,
      { description: "Dumps of the database", breakGlassRole: args.breakGlassRole, tier, tags },
      there,
    );
    const store = new PrivateBucket(
      name,
      {
        tier,
        kmsKeyArn: key.arn,
        lock: {
          mode: settings.vaultLock === "compliance" ? "COMPLIANCE" : "GOVERNANCE",
          days: settings.dailyRetentionDays,
        },
        expireAfterDays: settings.monthlyRetentionDays,
        tags,
      },
      there,
    );
    store.declarePolicy();
    new aws.s3.BucketMetric(name, { bucket: store.bucket.id, name: metricFilter }, there);

    this.roleArn = declareUploadRole(
      name,
      {
        description: `Dumps of the database from main of ${args.repository}`,
        source: { ...args, branch: "main" },
        gitHub: args.gitHub,
        permissionsBoundary: args.permissionsBoundary,
        store,
        folder: "dumps",
        keyArn: key.arn,
        tags,
      },
      { parent: this },
    );
    this.bucket = store.bucket.id;
    this.registerOutputs({ bucket: this.bucket, roleArn: this.roleArn });
  }
}
