import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { AwsTags } from "./tags.ts";

/** A statement that allows actions. */
export type Allowed = Required<Pick<aws.iam.PolicyStatement, "Action" | "Resource">> &
  Pick<aws.iam.PolicyStatement, "Condition">;

export interface ServiceRoleArgs {
  /** Who assumes it, such as `vpc-flow-logs.amazonaws.com`. */
  readonly service: string;
  /** What it may do: own statements, or the AWS managed policy made for the purpose. */
  readonly allow: readonly Allowed[] | { readonly managedPolicyArn: string };
  /** ARN of the policy that it can never exceed: CI may make no role without one. */
  readonly permissionsBoundary: pulumi.Input<string>;
  readonly tags: AwsTags;
}

/**
 * An IAM role for one AWS service, which can assume it for resources of this account only (the IAM User
 * Guide's cure for the confused deputy).
 */
export class ServiceRole extends pulumi.ComponentResource {
  /** Known once the role can do its work: its permissions come before its users. */
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: ServiceRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:ServiceRole", name, {}, opts);
    const role = new aws.iam.Role(
      name,
      {
        assumeRolePolicy: {
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Principal: { Service: args.service },
              Action: "sts:AssumeRole",
              Condition: {
                StringEquals: {
                  "aws:SourceAccount": aws.getCallerIdentityOutput({}, { parent: this }).accountId,
                },
              },
            },
          ],
        },
        permissionsBoundary: args.permissionsBoundary,
        tags: args.tags,
      },
      { parent: this },
    );
    const permissions = this.#grant(name, role, args.allow);

    this.arn = pulumi.all([role.arn, permissions.id]).apply(([arn]) => arn);
    this.registerOutputs({ arn: this.arn });
  }

  #grant(name: string, role: aws.iam.Role, allow: ServiceRoleArgs["allow"]): pulumi.CustomResource {
    if ("managedPolicyArn" in allow) {
      return new aws.iam.RolePolicyAttachment(
        name,
        { role: role.name, policyArn: allow.managedPolicyArn },
        { parent: this },
      );
    }
    const Statement = allow.map((statement) => ({ Effect: "Allow" as const, ...statement }));
    return new aws.iam.RolePolicy(
      name,
      // An object, unlike JSON, shows a preview what is known of it.
      { role: role.name, policy: { Version: "2012-10-17", Statement } },
      { parent: this },
    );
  }
}
