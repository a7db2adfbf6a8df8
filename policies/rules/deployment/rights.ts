/** Rights follow resources: whoever updates the stack may make all that it declares. */
import { regionOf } from "../../aws.ts";
import { isOfUpdates } from "../../declared/deploy-access.ts";
import {
  arnOf,
  arnOfIssuer,
  boundaryOf,
  oidcProvider,
  policy,
  type Role,
  rightsOf,
  role,
} from "../../declared/roles.ts";
import { eachRule } from "../../each-rule.ts";
import type { RequestContext } from "../../effects/iam-condition.ts";
import { type Ask, isAllowed } from "../../effects/iam-decision.ts";
import type { Statement } from "../../effects/iam-statement.ts";
import { linked, type Resource, type Stack } from "../../resource.ts";
import type { Rule, Violation } from "../../rule.ts";
import { actionsOfTypes, globalServices, serviceRole } from "./actions.ts";

export const rightsRules: readonly Rule[] = [
  eachRule({
    id: "deploy-rights-cover-resources",
    item: "CI-04",
    each: role,
    where: isOfUpdates,
    check: (deploy, stack) => {
      const boundary = boundaryOf(deploy);
      if (!boundary) return { observed: "its permissions boundary is not of this stack", wanted: "of it" };
      const documents = {
        [`the policies of ${deploy.name}`]: rightsOf(deploy, stack).statements,
        [`the permissions boundary of ${deploy.name}`]: boundary,
      };
      return needs(stack, deploy).flatMap(({ resource, requests }) =>
        requests.length > 0
          ? requests.flatMap((request) => refusal(resource, request, documents))
          : { resource, observed: `what ${resource.type} takes is not known`, wanted: "looked up" },
      );
    },
  }),
];

/** The first document that does not allow a request. */
function refusal(
  resource: Resource,
  request: Request,
  documents: Readonly<Record<string, readonly Statement[]>>,
): Violation | readonly [] {
  for (const [document, statements] of Object.entries(documents)) {
    if (isAllowed(statements, request)) continue;
    const allowances = statements.filter(({ effect }) => effect === "Allow");
    const how = isAllowed(allowances, request) ? "denied by" : "missing from";
    const region = request.context["aws:requestedregion"];
    return { resource, observed: `${request.action} in ${region} is ${how} ${document}`, wanted: "allowed" };
  }
  return [];
}

interface Request extends Ask {
  readonly context: { readonly "aws:requestedregion": string } & RequestContext;
}

interface Need {
  /** The first resource that needs it. */
  readonly resource: Resource;
  /** None where nobody has looked what its type takes. */
  readonly requests: readonly Request[];
}

/** What the stack's resources take, each need once. */
function needs(stack: Stack, deploy: Role): readonly Need[] {
  const found = new Map<string, Need>();
  for (const resource of stack.resources) {
    if (!resource.type.startsWith("aws:") || isOwn(resource, deploy)) continue;
    const requests = requestsOf(resource);
    const key = requests.length > 0 ? JSON.stringify(requests) : resource.type;
    if (!found.has(key)) found.set(key, { resource, requests });
  }
  return [...found.values()];
}

function requestsOf(resource: Resource): readonly Request[] {
  const [, actions = []] = known.find(([start]) => resource.type.startsWith(start)) ?? [];
  return actions.map((action) => {
    const [service = ""] = action.split(":");
    const region = globalServices.includes(service)
      ? "us-east-1"
      : (regionOf(resource) ?? "an unknown region");
    if (action === serviceRole) {
      const context = { "aws:requestedregion": region };
      return { action, context, resource: "arn:aws:iam::*:role/aws-service-role/*" };
    }
    if (service !== "iam") return { action, context: { "aws:requestedregion": region } };
    const [boundary] = linked(roleOf(resource) ?? resource, "permissionsBoundary", policy);
    const context = {
      "aws:requestedregion": region,
      "iam:permissionsboundary": boundary ? arnOf("policy", boundary) : null,
    };
    return { action, resource: arnOfIam(resource), context };
  });
}

const known = Object.entries(actionsOfTypes);

/** What of IAM is acted upon; what is attached to a role is judged by the role's name. */
function arnOfIam(resource: Resource): string {
  const owner = roleOf(resource);
  if (owner) return arnOf("role", owner);
  if (resource.type === oidcProvider.token) {
    return arnOfIssuer(String(resource.props["url"]));
  }
  return arnOf("policy", resource);
}

function roleOf(resource: Resource): Resource | undefined {
  return resource.type === role.token
    ? resource
    : (linked(resource, "role", role)[0] as Resource | undefined);
}

/** The deployment's own rights, which a person deploys, stand in one component. */
function isOwn({ type, parent }: Resource, deploy: Role): boolean {
  return type.startsWith("aws:iam/") && parent !== undefined && parent === deploy.parent;
}
