/** What CI may see of passwords, and of what customers entered. */
import { bucket } from "../../declared/buckets.ts";
import { isOfEvidence, isOfUpdates } from "../../declared/deploy-access.ts";
import { boundaryOf, type Rights, rightsOf, role } from "../../declared/roles.ts";
import { eachRule } from "../../each-rule.ts";
import { type Ask, isDenied, mayAllow } from "../../effects/iam-decision.ts";
import type { Resource, Stack } from "../../resource.ts";
import type { Rule, Violation } from "../../rule.ts";
import { handingOn, secretActions } from "./actions.ts";

export const secretsRules: readonly Rule[] = [
  eachRule({
    id: "deploy-role-reads-no-secrets",
    item: "CI-07",
    each: role,
    where: isOfUpdates,
    check: (deploy, stack) => {
      const bounds = boundaryOf(deploy);
      return secretsInSight(rightsOf(deploy, stack), stack, [...secretActions, ...handingOn], bounds);
    },
  }),
];

/** What of secrets a role may read: policies of which nobody knows the text allow everything. */
export function secretsInSight(
  { statements, foreign }: Rights,
  stack: Stack,
  actions: readonly string[],
  bounds?: Rights["statements"],
): readonly Violation[] {
  const may = (ask: Ask) =>
    (foreign.length > 0 ? !isDenied(statements, ask) : mayAllow(statements, ask).length > 0) &&
    (bounds === undefined || mayAllow(bounds, ask).length > 0);
  return [
    ...actions.filter((action) => may({ action })).map((action) => `${action} is not denied`),
    ...stack
      .ofType(bucket)
      .filter((store) => !isOfEvidence(store) && may({ action: "s3:GetObject", resource: objectsOf(store) }))
      .map(({ name }) => `it may read the objects of ${name}`),
  ].map((observed) => ({ observed, wanted: "secrets denied" }));
}

/** A pattern of the ARNs of its objects: without a name of its own, the engine makes one of its name here. */
export function objectsOf({ name, props }: Resource<{ readonly bucket?: unknown }>): string {
  return `arn:aws:s3:::${props.bucket ?? `${name}*`}/*`;
}
