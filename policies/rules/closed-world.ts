/** Rules over everything that is declared: nothing counts as ready that nobody has looked at. */
import { ignorable } from "../closed-world/exceptions.ts";
import { type Leaf, leavesOf } from "../closed-world/paths.ts";
import { isReference } from "../closed-world/review.ts";
import { isIdentified } from "../identity.ts";
import { explains } from "../relations.ts";
import type { Resource, Stack } from "../resource.ts";
import { type Context, type Doubt, type Rule, stackRule } from "../rule.ts";

export const closedWorldRules: readonly Rule[] = [
  stackRule({
    id: "types-reviewed",
    item: "GOV-09",
    checkStack: each((resource, _, { review }) =>
      review.hasType(resource.type) ? [] : [`no rule looks at its type, ${resource.type}`],
    ),
  }),
  stackRule({
    id: "properties-reviewed",
    item: "GOV-10",
    checkStack: each((resource, _, { review }) =>
      review.hasType(resource.type)
        ? declared(resource)
            .filter(({ path }) => !review.hasPath(resource.type, path))
            .map(({ at }) => `no rule looks at ${at}`)
        : [],
    ),
  }),
  stackRule({
    id: "references-explained",
    item: "GOV-11",
    checkStack: each((resource, stack) =>
      declared(resource)
        .filter((leaf) => isReference(resource.type, leaf.path) && isForeign(leaf, resource, stack))
        .map(({ at }) => `${at} names something outside of this stack`),
    ),
  }),
  stackRule({
    id: "changes-not-ignored",
    item: "GOV-12",
    checkStack: ({ resources }) =>
      resources.flatMap((resource) =>
        resource.ignoreChanges
          .filter((path) => !(ignorable[resource.type] ?? []).includes(path))
          .map((path) => ({ resource, observed: `ignoreChanges names ${path}`, wanted: "without it" })),
      ),
  }),
];

/** A doubt for each thing that is found of a resource of a provider; components do nothing by themselves. */
function each(
  find: (resource: Resource, stack: Stack, context: Context) => readonly string[],
): (stack: Stack, context: Context) => readonly Doubt[] {
  return (stack, context) =>
    stack.resources
      .filter((r) => r.provider !== undefined || r.type.startsWith("pulumi:providers:"))
      .flatMap((resource) => find(resource, stack, context).map((doubt) => ({ resource, doubt })));
}

/** Two rules ask for all leaves of all resources. */
const leaves = new WeakMap<object, readonly Leaf[]>();

function declared({ name, props }: Resource): readonly Leaf[] {
  const found = leaves.get(props) ?? leavesOf(props).filter((leaf) => !isEnginesName(leaf, name));
  leaves.set(props, found);
  return found;
}

/** A state keeps the name that the engine gave where the program gave none: the resource's own, and seven digits. */
function isEnginesName({ path, value }: Leaf, name: string): boolean {
  return (
    path === "name" &&
    typeof value === "string" &&
    value.startsWith(name) &&
    /^-[0-9a-f]{7}$/.test(value.slice(name.length))
  );
}

/** Whether a value is none that the stack's resources gave. */
function isForeign(leaf: Leaf, resource: Resource, stack: Stack): boolean {
  if (leaf.value === undefined) return false;
  const [property = ""] = leaf.path.split(".");
  const owners = resource.propertyDependencies[property] ?? [];
  // Among values that are yet to come, one that is known comes from nowhere in the stack.
  const toCome = declared(resource).some(
    ({ path, value }) =>
      value === undefined && path.split(".")[0] === property && isReference(resource.type, path),
  );
  const comparable = owners.length === 0 || toCome || owners.every(isIdentified);
  return comparable && explains(stack, leaf.value, owners) === undefined;
}
