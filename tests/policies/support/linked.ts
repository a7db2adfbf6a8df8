import type { Registration } from "../../../readiness/engine/registration.ts";
import { declared } from "./stack.ts";

/** A resource whose inputs take the outputs of others, which a preview does not know. */
export function resource(
  type: string,
  name: string,
  props: Readonly<Record<string, unknown>> = {},
  links: Readonly<Record<string, readonly Registration[]>> = {},
): Registration {
  const propertyDependencies = Object.fromEntries(
    Object.entries(links).map(([property, to]) => [property, to.map(({ urn }) => urn)]),
  );
  return declared(type, props, { name, propertyDependencies });
}
