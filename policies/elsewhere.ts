/**
 * What to change in a program that no stack file of this product stands behind: a property of a resource, which its
 * program or its vendor's console has, and no key of a config that is not there.
 */
import type { Finding } from "../model/finding.ts";
import type { Resource, Stack } from "./resource.ts";
import { whenReadable } from "./unknown-value.ts";

export function mendedElsewhere(found: Finding, stack: Pick<Stack, "resources">): Finding {
  if (found.outcome !== "fail") return found;
  const resource = stack.resources.find(({ urn }) => urn === found.urn);
  if (!resource) return { ...found, remedy: `Declare it; npm run explain -- ${found.by} says what for.` };
  const what = `${resource.name} (${resource.type})`;
  if (found.mend !== undefined) return { ...found, remedy: `${what}: ${found.mend}.` };
  const property = propertyIn(found.observed);
  if (property === undefined) return { ...found, remedy: `Change ${what}: must be ${found.wanted}.` };
  return {
    ...found,
    remedy:
      found.wanted === "not set" || found.wanted === "without it"
        ? `Leave \`${property}\` of ${what} out.`
        : `Set \`${property}\` of ${what} to ${found.wanted}.`,
  };
}

/** What is only read is changed by whoever owns it, and not in this product's stack file. */
export function mendedByOwner(found: Finding, { read }: Pick<Stack, "read">): Finding {
  const resource = found.outcome === "fail" ? read.find(({ urn }) => urn === found.urn) : undefined;
  if (!resource) return found;
  const { remedy } = mendedElsewhere(found, { resources: [{ ...resource, name: idOf(resource) }] });
  return { ...found, remedy: `${remedy} Its owner does; this stack only reads it (npm run facts).` };
}

function idOf({ name, outputs }: Resource): string {
  return String(whenReadable(() => outputs?.["id"]) ?? name);
}

/** As the comparisons say it (policies/expect.ts): `backupRetentionPeriod is 1 day`. Plain words are no property. */
function propertyIn(observed: string): string | undefined {
  const [, path] = /^([a-z][\w*]*(?:\.[\w*]+)*) is /.exec(observed) ?? [];
  return path !== undefined && (/[A-Z._]/.test(path) || properties.includes(path)) ? path : undefined;
}

/** Of one word. */
const properties: readonly string[] = [
  "encrypted",
  "engine",
  "family",
  "name",
  "protect",
  "runtime",
  "status",
  "urgency",
  "value",
  "version",
];
