/** What CI may do in AWS, and that it can do no more. */
import {
  attachment,
  isOfDeployment,
  isOfGitHub,
  isOfPreviews,
  policy,
  role,
  rolePolicy,
} from "../declared/deploy-access.ts";
import { eachRule } from "../each-rule.ts";
import { names } from "../permissions.ts";
import { listed, type PolicyStatement, statementsOf } from "../policy-document.ts";
import { linked, type Resource } from "../resource.ts";
import { type Rule, resourceRule } from "../rule.ts";
import { evidenceRules } from "./deployment/evidence.ts";
import { rightsRules } from "./deployment/rights.ts";
import { takesTokensFor } from "./deployment/tokens.ts";

/** IAM User Guide, "Permissions boundaries": what puts a role out of one, or gives it rights. */
const liftsBoundary = "iam:DeleteRolePermissionsBoundary";
const grantsRights = [
  "iam:CreateRole",
  "iam:PutRolePolicy",
  "iam:AttachRolePolicy",
  "iam:PutRolePermissionsBoundary",
];

export const deploymentRules: readonly Rule[] = [
  ...rightsRules,
  ...evidenceRules,
  resourceRule({
    id: "deploy-role-for-one-audience",
    item: "CI-01",
    type: role,
    where: isOfGitHub,
    check: takesTokensFor("aud", /^.+$/, "one audience"),
  }),
  resourceRule({
    id: "deploy-role-for-one-environment",
    item: "CI-01",
    type: role,
    where: isOfDeployment,
    check: takesTokensFor(
      "sub",
      /^repo:[^/:]+\/[^/:]+:environment:[^:]+$/,
      "one environment of one repository",
    ),
  }),
  resourceRule({
    id: "roles-bounded",
    item: "CI-02",
    type: role,
    check: (r) =>
      linked(r as Resource, "permissionsBoundary", policy).length > 0
        ? undefined
        : {
            observed: "permissionsBoundary is no policy of this stack",
            wanted: "the boundary of the deployment",
          },
  }),
  eachRule({
    id: "boundary-cannot-be-lifted",
    item: "CI-02",
    each: policy,
    check: (boundary, stack) => {
      if (stack.attached(role, "permissionsBoundary", boundary).length === 0) return undefined;
      const statements = statementsOf(boundary.props.policy);
      const denied = statements.some(
        (s) =>
          s.Effect === "Deny" && names(s, liftsBoundary) && listed(s.Resource).includes("*") && !s.Condition,
      );
      const unbound = statements.filter(
        (s) => s.Effect === "Allow" && grantsRights.some((action) => names(s, action)) && !isBound(s),
      );
      return [
        ...(denied ? [] : [{ observed: `${liftsBoundary} is not denied`, wanted: "denied everywhere" }]),
        ...unbound.map(() => ({ observed: "roles can be given rights without it", wanted: "only under it" })),
      ];
    },
  }),
  eachRule({
    id: "preview-role-reads-alone",
    item: "CI-03",
    each: role,
    where: isOfPreviews,
    check: (r, stack) => {
      const granted = stack
        .attached(attachment, "role", r)
        .filter(({ props }) => !props.policyArn.endsWith(":policy/ReadOnlyAccess"));
      const inline = stack.attached(rolePolicy, "role", r).flatMap(({ props }) => statementsOf(props.policy));
      const hidden = inline.some((s) => s.Effect === "Deny" && names(s, "secretsmanager:GetSecretValue"));
      return [
        ...granted.map(({ name }) => ({ observed: `${name} gives it more`, wanted: "ReadOnlyAccess alone" })),
        ...(inline.some((s) => s.Effect !== "Deny")
          ? [{ observed: "its own policy allows something", wanted: "only denials" }]
          : []),
        ...(hidden ? [] : [{ observed: "it may read secrets", wanted: "secrets denied" }]),
      ];
    },
  }),
];

function isBound({ Condition = {} }: PolicyStatement): boolean {
  return Object.values(Condition).some((keys) => "iam:PermissionsBoundary" in keys);
}
