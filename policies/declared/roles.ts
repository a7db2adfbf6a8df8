/** The roles of a stack, and all that gives them rights. */
import type * as aws from "@pulumi/aws";
import { admitted } from "../effects/iam-principal.ts";
import { known, later, readDocument, type Statement, texts } from "../effects/iam-statement.ts";
import { linked, type Resource, resourceType, type Stack } from "../resource.ts";

export const oidcProvider = resourceType<aws.iam.OpenIdConnectProviderArgs>(
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
);
export const role = resourceType<aws.iam.RoleArgs>("aws:iam/role:Role");
export const policy = resourceType<aws.iam.PolicyArgs>("aws:iam/policy:Policy");
export const rolePolicy = resourceType<aws.iam.RolePolicyArgs>("aws:iam/rolePolicy:RolePolicy");
export const attachment = resourceType<aws.iam.RolePolicyAttachmentArgs>(
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
);
export const sharedAttachment = resourceType<aws.iam.PolicyAttachmentArgs>(
  "aws:iam/policyAttachment:PolicyAttachment",
);
export type Role = Resource<NonNullable<(typeof role)["props"]>>;

export interface Rights {
  readonly statements: readonly Statement[];
  /** ARNs of policies that this stack does not declare: AWS's own, or somebody else's. */
  readonly foreign: readonly string[];
}

/** What a role may do by its policies: attached in each of the three ways, and its own in both. */
export function rightsOf(r: Role, stack: Stack): Rights {
  const attachments = [
    ...stack.attached(attachment, "role", r).map((a) => attachedBy(a as Resource, "policyArn")),
    ...stack.attached(sharedAttachment, "roles", r).map((a) => attachedBy(a as Resource, "policyArn")),
    attachedBy(r as Resource, "managedPolicyArns"),
  ];
  const documents = [
    ...attachments.flatMap(({ policies }) => policies.map(({ props }) => props.policy)),
    ...stack.attached(rolePolicy, "role", r).map(({ props }) => props.policy),
    ...(r.props.inlinePolicies ?? []).map((inline) => inline.policy),
  ];
  return {
    statements: documents.flatMap(readDocument),
    foreign: attachments.flatMap(({ foreign }) => foreign),
  };
}

function attachedBy(resource: Resource, property: string) {
  const policies = resource.read ? [] : linked(resource, property, policy);
  const read = () => resource.props[property];
  if (policies.length === 0) return { policies, foreign: known(read) };
  const arns = texts(read);
  // In a state the ARNs of this stack's own policies are written out as well.
  return { policies, foreign: arns.length > policies.length ? arns.filter((arn) => arn !== later) : [] };
}

/** The services that take a role on, for this account. */
export function servicesOf(r: Role): readonly string[] {
  return readDocument(r.props.assumeRolePolicy)
    .filter(({ effect }) => effect === "Allow")
    .flatMap(admitted)
    .flatMap((whom) => (whom.who === "service" ? [whom.name] : []));
}

/** What a role's permissions boundary says; nothing where it is no policy of this stack. */
export function boundaryOf(r: Role): readonly Statement[] | undefined {
  const [boundary] = linked(r as Resource, "permissionsBoundary", policy);
  return boundary && readDocument(boundary.props.policy);
}

/**
 * A pattern of the ARN that a role or policy has or will have: without a name of its own, the engine makes one of its
 * name here.
 */
export function arnOf(kind: "role" | "policy", { name, props }: Resource<unknown>): string {
  const given = props as { readonly path?: string; readonly name?: string; readonly namePrefix?: string };
  const called = given.name ?? `${given.namePrefix ?? `${name}-`}*`;
  return `arn:aws:iam::*:${kind}${given.path ?? "/"}${called}`;
}

/** The ARN of an identity provider, which AWS makes of its address. */
export function arnOfIssuer(url: string): string {
  return `arn:aws:iam::*:oidc-provider/${url.replace("https://", "")}`;
}
