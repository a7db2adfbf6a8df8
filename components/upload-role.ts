import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { gitHubTrust, type Repository } from "./deploy-access/trust.ts";
import type { PrivateBucket } from "./private-bucket.ts";
import type { AwsTags } from "./tags.ts";

export interface UploadRoleArgs {
  readonly description: string;
  /** Whose workflows take the role on, and the only branch that they run on for it. */
  readonly source: Repository & { readonly branch: string };
  /** ARN of GitHub as an identity provider. */
  readonly gitHub: pulumi.Input<string>;
  /** ARN of the policy that no role made here can exceed. */
  readonly permissionsBoundary: pulumi.Input<string>;
  readonly store: Pick<PrivateBucket, "bucket">;
  /** Where in the store they add, such as `dumps`. */
  readonly folder: string;
  /** ARN of the key of the store. */
  readonly keyArn: pulumi.Input<string>;
  readonly tags: AwsTags;
}

/** The role of a job of CI that adds to a store, and reads nothing of it. */
export function declareUploadRole(
  name: string,
  args: UploadRoleArgs,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const { source, store, tags } = args;
  const role = new aws.iam.Role(
    name,
    {
      description: args.description,
      assumeRolePolicy: gitHubTrust(args.gitHub, source, `ref:refs/heads/${source.branch}`),
      permissionsBoundary: args.permissionsBoundary,
      tags,
    },
    opts,
  );
  new aws.iam.RolePolicy(
    name,
    {
      role: role.name,
      policy: {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: "s3:PutObject",
            Resource: pulumi.interpolate`${store.bucket.arn}/${args.folder}/*`,
          },
          // S3 User Guide, "Multipart upload and permissions": a large file's parts take both.
          { Effect: "Allow", Action: ["kms:GenerateDataKey", "kms:Decrypt"], Resource: args.keyArn },
        ],
      },
    },
    opts,
  );
  return role.arn;
}
