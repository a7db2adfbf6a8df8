/** Who may take a role on with a token of GitHub's. */
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

export const issuer = "token.actions.githubusercontent.com";
/** GitHub's guide "Configuring OpenID Connect in Amazon Web Services". */
export const audience = "sts.amazonaws.com";

/**
 * The trust policy of a role for exactly the jobs that GitHub signs as `subject` ("OpenID Connect reference"), such as
 * `repo:example/portal:environment:prod`, or `repo:example/portal:ref:refs/heads/main` for jobs without an environment.
 */
export function gitHubTrust(
  providerArn: pulumi.Input<string>,
  subject: string,
): aws.iam.RoleArgs["assumeRolePolicy"] {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: "sts:AssumeRoleWithWebIdentity",
        Principal: { Federated: providerArn },
        Condition: { StringEquals: { [`${issuer}:aud`]: audience, [`${issuer}:sub`]: subject } },
      },
    ],
  };
}
