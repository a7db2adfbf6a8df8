import { fixtureStacks } from "../support/fixture-stacks.ts";
import type { Change } from "./mutation.ts";

/** Lets `property` take another resource's outputs in the place of one of the same type. */
export function relink(property: string, type: string, from: string, to: string): Change {
  const urnOf = (name: string) => {
    const found = fixtureStacks.prod.find((r) => r.type === type && r.name === name);
    if (!found) throw new Error(`no ${type} ${name}`);
    return found.urn;
  };
  return (r) => ({
    ...r,
    propertyDependencies: {
      ...r.propertyDependencies,
      [property]: (r.propertyDependencies[property] ?? []).map((urn) =>
        urn === urnOf(from) ? urnOf(to) : urn,
      ),
    },
  });
}
