/** What CI may do in AWS, and that it can do no more. */
import type * as aws from "@pulumi/aws";
import { eachRule } from "../each-rule.ts";
import { listed, type Statement, statementsOf } from "../policy-document.ts";
import { linked, type Resource, resourceType } from "../resource.ts";
import { type Rule, resourceRule } from "../rule.ts";

const oidcProvider = resourceType<aws.iam.OpenIdConnectProviderArgs>(
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
);
const role = resourceType<aws.iam.RoleArgs>("aws:iam/role:Role");
const policy = resourceType<aws.iam.PolicyArgs>("aws:iam/policy:Policy");
const rolePolicy = resourceType<aws.iam.RolePolicyArgs>("aws:iam/rolePolicy:RolePolicy");
const attachment = resourceType<aws.iam.RolePolicyAttachmentArgs>(
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
);

/** GitHub's documentation, "OpenID Connect reference": who signs its tokens. */
const issuer = "token.actions.githubusercontent.com";
/** IAM User Guide, "Permissions boundaries": what puts a role out of one, or gives it rights. */
const liftsBoundary = "iam:DeleteRolePermissionsBoundary";
const grantsRights = [
  "iam:CreateRole",
  "iam:PutRolePolicy",
  "iam:AttachRolePolicy",
  "iam:PutRolePermissionsBoundary",
];

/** A role that GitHub's tokens are exchanged for. */
const isOfGitHub = (r: Resource<unknown>) =>
  linked(r as Resource, "assumeRolePolicy", oidcProvider).some(({ props }) => props.url.includes(issuer));

/** One of them that previews take on. */
const isOfPreviews = (r: Resource<NonNullable<(typeof role)["props"]>>) =>
  isOfGitHub(r) &&
  statementsOf(r.props.assumeRolePolicy).some((s) => String(claim(s, "sub")).endsWith("-preview"));

export const deploymentRules: readonly Rule[] = [
  resourceRule({
    id: "deploy-role-for-one-audience",
    item: "CI-01",
    type: role,
    where: isOfGitHub,
    check: ({ props }) =>
      statementsOf(props.assumeRolePolicy)
        .filter((statement) => !isExact(claim(statement, "aud")))
        .map(() => ({ observed: "tokens of any audience are taken", wanted: "one audience (StringEquals)" })),
  }),
  resourceRule({
    id: "deploy-role-for-one-environment",
    item: "CI-01",
    type: role,
    where: isOfGitHub,
    check: ({ props }) =>
      statementsOf(props.assumeRolePolicy)
        .map((statement) => claim(statement, "sub"))
        .filter((subject) => !isExact(subject) || !/^repo:[^/:]+\/[^/:]+:environment:[^:]+$/.test(subject))
        .map((subject) => ({
          observed: subject ? `tokens for ${subject} are taken` : "tokens of any subject are taken",
          wanted: "one environment of one repository (StringEquals)",
        })),
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
          s.Effect === "Deny" && allows(s, liftsBoundary) && listed(s.Resource).includes("*") && !s.Condition,
      );
      const unbound = statements.filter(
        (s) => s.Effect === "Allow" && grantsRights.some((action) => allows(s, action)) && !isBound(s),
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
      const hidden = inline.some((s) => s.Effect === "Deny" && allows(s, "secretsmanager:GetSecretValue"));
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

/** Whether a statement is about an action; `*` stands for anything. */
function allows({ Action }: Statement, action: string): boolean {
  return listed(Action).some((pattern) => {
    const expression = pattern
      .split("*")
      .map((part) => part.replace(/[.?+^$()[\]{}|\\]/g, "\\$&"))
      .join(".*");
    return new RegExp(`^${expression}$`, "i").test(action);
  });
}

function isBound({ Condition = {} }: Statement): boolean {
  return Object.values(Condition).some((keys) => "iam:PermissionsBoundary" in keys);
}

/** What a statement demands of a claim such as `sub`. */
function claim({ Condition }: Statement, name: "aud" | "sub"): unknown {
  return Condition?.["StringEquals"]?.[`${issuer}:${name}`];
}

function isExact(value: unknown): value is string {
  return typeof value === "string" && value !== "" && !/[*?]/.test(value);
}
