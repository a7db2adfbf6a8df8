import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { databaseUser, projectName } from "./app/project.ts";

export interface AppAccessArgs {
  /** Names of the services that get a role. */
  readonly services: readonly string[];
  /** The stack's name, such as `prod`; part of the projects' names. */
  readonly stack: string;
  /** The team's name in Vercel's addresses; who issues the tokens. */
  readonly teamSlug: string;
  readonly database: {
    readonly arn: pulumi.Input<string>;
    /** Such as `db-ABCDEFGHIJKL01234`; unlike the ARN it belongs to this one instance for ever. */
    readonly resourceId: pulumi.Input<string>;
  };
  /** ARN of the policy that no role made here can exceed. */
  readonly permissionsBoundary: pulumi.Input<string>;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * How the services reach AWS without a key: Vercel signs a token for each function, AWS takes it for the role of
 * exactly that project's production. AWS knows one provider per address, so stacks of one team need accounts of
 * their own.
 *
 * By hand, once, since it is SQL: `CREATE USER <databaseUser>; GRANT rds_iam TO <databaseUser>;` and its grants.
 */
export class AppAccess extends pulumi.ComponentResource {
  readonly #roleArns: ReadonlyMap<string, pulumi.Output<string>>;

  constructor(name: string, args: AppAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:AppAccess", name, {}, opts);
    const { teamSlug, tags } = args;
    const issuer = `oidc.vercel.com/${teamSlug}`;
    const audience = `https://vercel.com/${teamSlug}`;

    const provider = new aws.iam.OpenIdConnectProvider(
      name,
      { url: `https://${issuer}`, clientIdLists: [audience], tags },
      { parent: this },
    );
    this.#roleArns = new Map(
      args.services.map((service) => {
        const subject = `owner:${teamSlug}:project:${projectName(service, args.stack)}:environment:production`;
        const role = new aws.iam.Role(
          `${name}-${service}`,
          {
            description: `${service} on Vercel, production deployments`,
            assumeRolePolicy: {
              Version: "2012-10-17",
              Statement: [
                {
                  Effect: "Allow",
                  Action: "sts:AssumeRoleWithWebIdentity",
                  Principal: { Federated: provider.arn },
                  Condition: { StringEquals: { [`${issuer}:aud`]: audience, [`${issuer}:sub`]: subject } },
                },
              ],
            },
            permissionsBoundary: args.permissionsBoundary,
            tags,
          },
          { parent: this },
        );
        new aws.iam.RolePolicy(
          `${name}-${service}-database`,
          {
            role: role.name,
            policy: {
              Version: "2012-10-17",
              Statement: [
                {
                  Effect: "Allow",
                  Action: "rds-db:connect",
                  Resource: databaseUserArn(args.database, databaseUser(service)),
                },
              ],
            },
          },
          { parent: this },
        );
        return [service, role.arn];
      }),
    );

    this.registerOutputs({});
  }

  /**
   * The role of a service.
   * @throws Error where the service got none
   */
  roleArn(service: string): pulumi.Output<string> {
    const arn = this.#roleArns.get(service);
    if (!arn) throw new Error(`${service} has no role: it is not among the services of this AppAccess`);
    return arn;
  }
}

/** `arn:aws:rds-db:<region>:<account>:dbuser:<resource id>/<user>`, as RDS's user guide gives it for IAM login. */
function databaseUserArn(database: AppAccessArgs["database"], user: string): pulumi.Output<string> {
  return pulumi.all([database.arn, database.resourceId]).apply(([arn, resourceId]) => {
    const [, partition, , region, account] = arn.split(":");
    return `arn:${partition}:rds-db:${region}:${account}:dbuser:${resourceId}/${user}`;
  });
}
