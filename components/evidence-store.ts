import * as pulumi from "@pulumi/pulumi";
import type { Tier } from "../model/tier.ts";
import type { Repository } from "./deploy-access/trust.ts";
import { EncryptionKey } from "./encryption-key.ts";
import { PrivateBucket } from "./private-bucket.ts";
import type { AwsTags } from "./tags.ts";
import { declareUploadRole } from "./upload-role.ts";

/** The repository is that whose workflows hand it in. */
export interface EvidenceSource extends Repository {
  /** Whose evidence it is, such as `portal`, or `platform` for what concerns no single service. */
  readonly service: string;
  /** The only branch that they run on for it. */
  readonly branch: string;
}

export interface EvidenceStoreArgs {
  /** Part of the bucket's name. */
  readonly product: string;
  readonly sources: readonly EvidenceSource[];
  /** ARN of GitHub as an identity provider. */
  readonly gitHub: pulumi.Input<string>;
  /** ARN of the policy that no role made here can exceed. */
  readonly permissionsBoundary: pulumi.Input<string>;
  readonly tier: Tier;
  readonly tags: AwsTags;
}

/** PCI DSS 4.0, 10.5.1: records that explain what happened are kept for a year. */
const lockedDays = 365;
/** A sign-off for the stack holds for a year: on its last day it is still there. */
const keptDays = 400;

/**
 * Where evidence, releases and sign-offs lie between an app's CI and the gate: `evidence/<service>/` takes objects
 * from CI of that service's branch alone, `releases/` from people by their own rights, since what they sign speaks for
 * itself.
 *
 * The lock is in governance mode: a password or a customer's data that a tool wrote into its report has to be
 * removable (GDPR, Article 17), and compliance mode would keep it readable for a year. A person with
 * `s3:BypassGovernanceRetention` can remove it; CI, whose tokens are stolen first, is denied that by its boundary.
 */
export class EvidenceStore extends pulumi.ComponentResource {
  readonly bucket: pulumi.Output<string>;
  /** By service, for the variable EVIDENCE_ROLE_ARN of its repository. */
  readonly roleArns: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: EvidenceStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:EvidenceStore", name, {}, opts);
    const { tier, tags } = args;

    const key = new EncryptionKey(
      name,
      { description: "Evidence of releases", tier, tags },
      { parent: this },
    );
    const store = new PrivateBucket(
      // Not called like the product's other buckets, which hold customers' data and are out of a preview's sight.
      `evidence-${args.product}`,
      {
        tier,
        kmsKeyArn: key.arn,
        lock: { mode: "GOVERNANCE", days: lockedDays },
        expireAfterDays: keptDays,
        tags,
      },
      { parent: this },
    );
    const bucketArn = store.bucket.arn;
    const writers = args.sources.map((source) => {
      const { service, repository, branch } = source;
      const arn = declareUploadRole(
        `${name}-${service}`,
        {
          description: `Evidence of ${service} from ${branch} of ${repository}`,
          source,
          gitHub: args.gitHub,
          permissionsBoundary: args.permissionsBoundary,
          store,
          folder: `evidence/${service}`,
          keyArn: key.arn,
          tags,
        },
        { parent: this },
      );
      return [service, arn] as const;
    });
    store.declarePolicy(
      {
        Sid: "WritersAlone",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:PutObject",
        Resource: pulumi.interpolate`${bucketArn}/evidence/*`,
        Condition: { ArnNotEquals: { "aws:PrincipalArn": writers.map(([, arn]) => arn) } },
      },
      {
        // A deletion without a version deletes nothing but hides: a "no-go" would be gone from the gate's sight.
        Sid: "NothingHidden",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:DeleteObject",
        Resource: pulumi.interpolate`${bucketArn}/*`,
      },
    );

    this.bucket = store.bucket.id;
    this.roleArns = Object.fromEntries(writers);
    this.registerOutputs({ bucket: this.bucket });
  }
}
