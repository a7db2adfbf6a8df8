/** Whether AWS Backup can do what it is asked for. */
import { about, names } from "../../aws.ts";
import { rightsOf, role } from "../../declared/roles.ts";
import { mayAllow } from "../../effects/iam-decision.ts";
import { linked, type Resource, type Stack } from "../../resource.ts";
import type { Doubt, Violation } from "../../rule.ts";

/** Made by AWS for the service, which keeps them up to date. */
const complete = /:policy\/service-role\/AWSBackupServiceRolePolicyFor(Backup|Restores)$/;

/** The role in `iamRoleArn` is of this stack, and may do all of some actions. */
export function roleWorks(
  resource: Resource,
  stack: Stack,
  actions: readonly string[],
): readonly (Violation | Doubt)[] {
  const roles = linked(resource, "iamRoleArn", role);
  if (roles.length === 0) return about(resource, names(resource, "iamRoleArn", role, "a role"));
  return roles.flatMap((r) => {
    const { statements, foreign } = rightsOf(r, stack);
    if (foreign.some((arn) => complete.test(arn))) return [];
    return actions
      .filter((action) => mayAllow(statements, { action }).length === 0)
      .map((action) => ({ resource: r as Resource, observed: `it may not ${action}`, wanted: "allowed" }));
  });
}
