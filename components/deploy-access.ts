import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Parts } from "../model/parts.ts";
import type { Tier } from "../model/tier.ts";
import {
  boundaryPermissions,
  decryption,
  deployPermissions,
  secretsOutOfSight,
} from "./deploy-access/permissions.ts";
import { audience, gitHubTrust, issuer, type Repository } from "./deploy-access/trust.ts";
import type { AwsTags } from "./tags.ts";

/** The repository is that whose workflows deploy. */
export interface DeployAccessArgs extends Repository {
  /** Part of the name of every role and bucket of the product; the deployment can touch no other roles. */
  readonly product: string;
  /** The stack's name, such as `prod`; the GitHub environments are called `prod` and `prod-preview`. */
  readonly stack: string;
  /** Previews of staging are of any branch, those of production of main alone. */
  readonly tier: Tier;
  /** Regions that the stack uses; us-east-1, where global services are run from, is always one of them. */
  readonly regions: readonly string[];
  /** PostgreSQL users of the product's services: the only ones that roles made here may log in as. */
  readonly databaseUsers: readonly string[];
  /** What the stack has, which bounds what a deployment may do; the first kind of each part where absent. */
  readonly parts?: Parts;
  /** Alias of the key that encrypts evidence, which a preview reads. */
  readonly evidenceKey: string;
  readonly tags: AwsTags;
}

/** What the workflows deploy. */
const main = "main";
/** Longest update in seconds; the token of a longer one would expire in the middle. */
const sessionSeconds = 7_200;

/**
 * How CI reaches AWS without a key: GitHub signs a token for each job, AWS takes it for the role of exactly the
 * environment that the job runs in. One role updates the stack; another can read it, for previews.
 *
 * A person deploys this first, and whatever changes it later: the deployment cannot raise its own rights. AWS knows
 * one provider per address and account; where GitHub's is there already, adopt it:
 * `pulumi import aws:iam/openIdConnectProvider:OpenIdConnectProvider <name> <arn>`.
 */
export class DeployAccess extends pulumi.ComponentResource {
  /** For the variable AWS_ROLE_ARN of the stack's GitHub environment. */
  readonly deployRoleArn: pulumi.Output<string>;
  /** For the same variable of the environment `<stack>-preview`. */
  readonly previewRoleArn: pulumi.Output<string>;
  /** What every role that the deployment makes must have as its permissions boundary. */
  readonly boundaryArn: pulumi.Output<string>;
  /** GitHub as an identity provider, for roles of other repositories. */
  readonly providerArn: pulumi.Output<string>;

  constructor(name: string, args: DeployAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:DeployAccess", name, {}, opts);
    const provider = new aws.iam.OpenIdConnectProvider(
      name,
      { url: `https://${issuer}`, clientIdLists: [audience], tags: args.tags },
      { parent: this },
    );
    const boundary = new aws.iam.Policy(
      name,
      {
        description: `The most that updates of ${args.stack} and roles made by them can do`,
        policy: { Version: "2012-10-17", Statement: boundaryPermissions(name, args) },
        tags: args.tags,
      },
      { parent: this },
    );
    const deploy = this.#role(`${name}-update`, args.stack, provider, args, {
      branch: main,
      description: `Updates of ${args.stack} from ${args.repository}`,
      permissionsBoundary: boundary.arn,
    });
    const preview = this.#role(`${name}-preview`, `${args.stack}-preview`, provider, args, {
      branch: args.tier === "production" ? main : undefined,
      description: `Previews of ${args.stack} from ${args.repository}: reads, and no secrets`,
      permissionsBoundary: boundary.arn,
    });
    this.#grant(`${name}-update`, deploy, deployPermissions(name, args));
    this.#grant(`${name}-update-no-secrets`, deploy, secretsOutOfSight(args.product));
    new aws.iam.RolePolicyAttachment(
      `${name}-preview`,
      { role: preview.name, policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
      { parent: this },
    );
    this.#grant(`${name}-preview-no-secrets`, preview, secretsOutOfSight(args.product));
    this.#grant(`${name}-preview-evidence`, preview, [decryption(args.evidenceKey)]);

    this.deployRoleArn = deploy.arn;
    this.previewRoleArn = preview.arn;
    this.boundaryArn = boundary.arn;
    this.providerArn = provider.arn;
    this.registerOutputs({ deployRoleArn: this.deployRoleArn, previewRoleArn: this.previewRoleArn });
  }

  /** A role for the jobs of one GitHub environment. */
  #role(
    name: string,
    environment: string,
    provider: aws.iam.OpenIdConnectProvider,
    args: DeployAccessArgs,
    {
      branch,
      ...more
    }: Pick<aws.iam.RoleArgs, "description" | "permissionsBoundary"> & {
      readonly branch: string | undefined;
    },
  ): aws.iam.Role {
    return new aws.iam.Role(
      name,
      {
        ...more,
        maxSessionDuration: sessionSeconds,
        assumeRolePolicy: gitHubTrust(provider.arn, args, `environment:${environment}`, branch),
        tags: args.tags,
      },
      { parent: this },
    );
  }

  #grant(name: string, role: aws.iam.Role, Statement: aws.iam.PolicyStatement[]): void {
    new aws.iam.RolePolicy(
      name,
      { role: role.name, policy: { Version: "2012-10-17", Statement } },
      { parent: this },
    );
  }
}
