/** Rights follow resources: whoever updates the stack may make all that it declares. */
import { regionOf } from "../../aws.ts";
import { boundaryOf, type DeployRole, grantsOf, isOfUpdates, role } from "../../declared/deploy-access.ts";
import { eachRule } from "../../each-rule.ts";
import { decide, type Request } from "../../permissions.ts";
import type { PolicyStatement } from "../../policy-document.ts";
import { linked, type Resource, type Stack } from "../../resource.ts";
import type { Rule, Violation } from "../../rule.ts";
import { actionsOfTypes, globalServices } from "./actions.ts";

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
        [`the policies of ${deploy.name}`]: grantsOf(deploy, stack),
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
  documents: Readonly<Record<string, readonly PolicyStatement[]>>,
): Violation | readonly [] {
  for (const [document, statements] of Object.entries(documents)) {
    const decision = decide(statements, request);
    const how = decision === "denied" ? "denied by" : "missing from";
    const observed = `${request.action} in ${request.region} is ${how} ${document}`;
    if (decision !== "allowed") return { resource, observed, wanted: "allowed" };
  }
  return [];
}

interface Need {
  /** The first resource that needs it. */
  readonly resource: Resource;
  /** None where nobody has looked what its type takes. */
  readonly requests: readonly Request[];
}

/** What the stack's resources take, each need once. */
function needs(stack: Stack, deploy: DeployRole): readonly Need[] {
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
    return { action, region, name: service === "iam" ? nameOf(resource) : undefined };
  });
}

const known = Object.entries(actionsOfTypes);

/** A role's name, or what the engine makes it of; what is attached to a role is judged by the role's. */
function nameOf(resource: Resource): string {
  const [owner] = linked(resource, "role", role);
  const { name, namePrefix } = (owner ?? resource).props as { name?: string; namePrefix?: string };
  return name ?? namePrefix ?? (owner ?? resource).name;
}

/** The deployment's own rights, which a person deploys, stand in one component. */
function isOwn({ type, parent }: Resource, deploy: DeployRole): boolean {
  return type.startsWith("aws:iam/") && parent !== undefined && parent === deploy.parent;
}
