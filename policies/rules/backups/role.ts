/** Whether AWS Backup can do what it is asked for. */
import { about, names } from "../../aws.ts";
import { boundaryOf, rightsOf, role } from "../../declared/roles.ts";
import { mayAllow } from "../../effects/iam-decision.ts";
import { isRefused } from "../../effects/iam-refusal.ts";
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
    const own = foreign.some((arn) => complete.test(arn)) ? [] : [statements];
    const bounds = [boundaryOf(r) ?? []].filter((document) => document.length > 0);
    return actions.flatMap((action) => {
      const context = { "kms:grantisforawsresource": "true" };
      const missing = [...own, ...bounds].some(
        (document) => mayAllow(document, { action, context }).length === 0,
      );
      const refused = isRefused(statements, "account", { action });
      return [
        ...(missing || refused
          ? [{ resource: r as Resource, observed: `it may not ${action}`, wanted: "allowed" }]
          : []),
        ...(refused === undefined
          ? [{ resource: r as Resource, doubt: `a denial may keep it from ${action}` }]
          : []),
      ];
    });
  });
}
