/** Who may take a role on with a token of GitHub's. */
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

export const issuer = "token.actions.githubusercontent.com";
/** GitHub's guide "Configuring OpenID Connect in Amazon Web Services". */
export const audience = "sts.amazonaws.com";

export interface Repository {
  /** owner/name */
  readonly repository: string;
  /** Where its tokens name them. */
  readonly repositoryIds?: { readonly owner: number; readonly repository: number } | undefined;
}

/**
 * The trust policy of a role for exactly the jobs of a repository that GitHub signs for `context` ("OpenID Connect
 * reference"): `environment:prod`, or `ref:refs/heads/main` for jobs without an environment. A token has one form of
 * subject, by names or by names and ids; by ids nobody who takes an abandoned name over is let in. A subject with an
 * environment tells no branch, and whoever may push one writes its workflows.
 * @param branch the only one whose jobs are let in; any where absent, as the subject allows
 */
export function gitHubTrust(
  providerArn: pulumi.Input<string>,
  { repository, repositoryIds: ids }: Repository,
  context: string,
  branch?: string,
): aws.iam.RoleArgs["assumeRolePolicy"] {
  const [owner, name] = repository.split("/");
  const subject = `repo:${ids ? `${owner}@${ids.owner}/${name}@${ids.repository}` : repository}:${context}`;
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: "sts:AssumeRoleWithWebIdentity",
        Principal: { Federated: providerArn },
        Condition: {
          StringEquals: {
            [`${issuer}:aud`]: audience,
            [`${issuer}:sub`]: subject,
            ...(branch && { [`${issuer}:ref`]: `refs/heads/${branch}` }),
          },
        },
      },
    ],
  };
}
