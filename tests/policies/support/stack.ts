/** Small stacks for tests of rules, made of registrations as the embedded engine records them. */
import type { Resource, Stack } from "../../../policies/resource.ts";
import { type Registration, toStack } from "../../../readiness/engine/registration.ts";

/** How Pulumi's protocol writes a string that is not known before the deployment. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A declared resource; `more` overrides anything but its type and inputs. */
export function declared(
  type: string,
  props: Readonly<Record<string, unknown>> = {},
  more: Partial<Registration> = {},
): Registration {
  const name = more.name ?? "subject";
  return {
    type,
    name,
    urn: `urn:pulumi:prod::readiness::${type}::${name}`,
    parent: undefined,
    custom: true,
    props,
    secretPaths: [],
    protect: false,
    retainOnDelete: false,
    ignoreChanges: [],
    deletedWith: undefined,
    additionalSecretOutputs: [],
    provider: undefined,
    dependencies: [],
    propertyDependencies: {},
    source: undefined,
    ...more,
  };
}

/** A stack of these resources, as rules see it. */
export function stackOf(registrations: readonly Registration[], name = "prod"): Stack {
  return toStack(name, registrations);
}

/** One resource, as rules see it. */
export function resourceOf(...args: Parameters<typeof declared>): Resource {
  const [resource] = stackOf([declared(...args)]).resources;
  if (!resource) throw new Error("a stack of one resource has one");
  return resource;
}
