/** The roles that CI takes on in AWS, and what they may do. */
import type * as aws from "@pulumi/aws";
import { type PolicyStatement, statementsOf } from "../policy-document.ts";
import { linked, type Resource, resourceType, type Stack } from "../resource.ts";

/** The component that keeps evidence: what stands in it is judged by rules of its own. */
const evidenceStore = "readiness:index:EvidenceStore";
const oidcProvider = resourceType<aws.iam.OpenIdConnectProviderArgs>(
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
);
export const role = resourceType<aws.iam.RoleArgs>("aws:iam/role:Role");
export const policy = resourceType<aws.iam.PolicyArgs>("aws:iam/policy:Policy");
export const rolePolicy = resourceType<aws.iam.RolePolicyArgs>("aws:iam/rolePolicy:RolePolicy");
export const attachment = resourceType<aws.iam.RolePolicyAttachmentArgs>(
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
);
export type DeployRole = Resource<NonNullable<(typeof role)["props"]>>;

/** GitHub's documentation, "OpenID Connect reference": who signs its tokens. */
const issuer = "token.actions.githubusercontent.com";

/** A role that GitHub's tokens are exchanged for. */
export function isOfGitHub(r: Resource<unknown>): boolean {
  return linked(r as Resource, "assumeRolePolicy", oidcProvider).some(({ props }) =>
    props.url.includes(issuer),
  );
}

/** Belongs to the store of evidence: its bucket, and the roles that write to it. */
export function isOfEvidence({ parent }: Resource<unknown>): boolean {
  return parent !== undefined && (parent.type === evidenceStore || isOfEvidence(parent));
}

/** A role of GitHub's tokens that writes evidence. */
export function isOfEvidenceWriters(r: DeployRole): boolean {
  return isOfGitHub(r) && isOfEvidence(r);
}

/** A role of GitHub's tokens that is of the deployment itself: any other. */
export function isOfDeployment(r: DeployRole): boolean {
  return isOfGitHub(r) && !isOfEvidence(r);
}

/** One of them that previews take on. */
export function isOfPreviews(r: DeployRole): boolean {
  return (
    isOfDeployment(r) &&
    statementsOf(r.props.assumeRolePolicy).some((s) => String(claim(s, "sub")).endsWith("-preview"))
  );
}

/** One of them that updates take on. */
export function isOfUpdates(r: DeployRole): boolean {
  return isOfDeployment(r) && !isOfPreviews(r);
}

/** What a statement demands of a claim such as `sub`. */
export function claim({ Condition }: PolicyStatement, name: "aud" | "sub"): unknown {
  return Condition?.["StringEquals"]?.[`${issuer}:${name}`];
}

/** What a role's policies of this stack say, those attached and its own. */
export function grantsOf(r: DeployRole, stack: Stack): readonly PolicyStatement[] {
  const attached = stack
    .attached(attachment, "role", r)
    .flatMap((a) => linked(a as Resource, "policyArn", policy));
  return [...attached, ...stack.attached(rolePolicy, "role", r)].flatMap(({ props }) =>
    statementsOf(props.policy),
  );
}

/** What a role's permissions boundary says; nothing where it is no policy of this stack. */
export function boundaryOf(r: DeployRole): readonly PolicyStatement[] | undefined {
  const [boundary] = linked(r as Resource, "permissionsBoundary", policy);
  return boundary && statementsOf(boundary.props.policy);
}
