/** Rules over everything that is declared: nothing counts as ready that nobody has looked at. */
import { ignorable } from "../closed-world/exceptions.ts";
import { type Leaf, leavesOf } from "../closed-world/paths.ts";
import { isReference, type Review } from "../closed-world/review.ts";
import { isIdentified } from "../identity.ts";
import { explains } from "../relations.ts";
import { isComponent, type Resource, type Stack } from "../resource.ts";
import { type Context, type Doubt, type Rule, stackRule } from "../rule.ts";
import { whenReadable } from "../unknown-value.ts";

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
    checkStack: (stack, { review }) => judged(stack, review).unread,
  }),
  stackRule({
    id: "references-explained",
    item: "GOV-11",
    checkStack: (stack, { review }) => judged(stack, review).foreign,
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

/** It registers components, and has nothing to set. */
const componentProvider = "pulumi:providers:production-readiness";

/** Values of another stack's, which nobody has looked at here, are the engine's own to read. */
const stackReference = "pulumi:pulumi:StackReference";

/** A doubt for each thing that is found of a resource of a provider; components do nothing by themselves. */
function each(
  find: (resource: Resource, stack: Stack, context: Context) => readonly string[],
): (stack: Stack, context: Context) => readonly Doubt[] {
  return (stack, context) =>
    ofProviders(stack).flatMap((resource) =>
      find(resource, stack, context).map((doubt) => ({ resource, doubt })),
    );
}

function ofProviders({ resources }: Stack): readonly Resource[] {
  return resources.filter(
    (r) =>
      !isComponent(r) &&
      r.type !== componentProvider &&
      (r.provider !== undefined || r.type.startsWith("pulumi:providers:") || r.type === stackReference),
  );
}

interface Judged {
  /** Of properties that nobody looks at. */
  readonly unread: readonly Doubt[];
  /** Of values that no resource of the stack gave. */
  readonly foreign: readonly Doubt[];
}

/** Two rules ask about all leaves of all resources: one walk answers both, and keeps none of them. */
const walked = new WeakMap<Review, WeakMap<Stack, Judged>>();

function judged(stack: Stack, review: Review): Judged {
  const byStack = walked.get(review) ?? new WeakMap<Stack, Judged>();
  walked.set(review, byStack);
  const found = byStack.get(stack) ?? walk(stack, review);
  byStack.set(stack, found);
  return found;
}

function walk(stack: Stack, review: Review): Judged {
  const unread: Doubt[] = [];
  const foreign: Doubt[] = [];
  for (const resource of ofProviders(stack)) {
    const { type, name, props } = resource;
    const isUnread = review.hasType(type) ? (path: string) => !review.hasPath(type, path) : () => false;
    const asked = leavesOf(props, (path) => isUnread(path) || isReference(type, path));
    const leaves = asked.filter((leaf) => !isEnginesName(leaf, name));
    for (const leaf of leaves) {
      if (isUnread(leaf.path)) unread.push({ resource, doubt: `no rule looks at ${leaf.at}` });
      if (isReference(type, leaf.path) && isForeign(leaf, leaves, resource, stack)) {
        foreign.push({ resource, doubt: `${leaf.at} names something outside of this stack` });
      }
    }
  }
  return { unread, foreign };
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
function isForeign(leaf: Leaf, leaves: readonly Leaf[], resource: Resource, stack: Stack): boolean {
  if (leaf.value === undefined || isLookedUp(resource, leaf.path)) return false;
  const [property = ""] = leaf.path.split(".");
  const owners = resource.propertyDependencies[property] ?? [];
  // Among values that are yet to come, one that is known comes from nowhere in the stack.
  const toCome = leaves.some(
    ({ path, value }) =>
      value === undefined && path.split(".")[0] === property && isReference(resource.type, path),
  );
  const comparable = owners.length === 0 || toCome || owners.every(isIdentified);
  return comparable && explains(stack, leaf.value, owners) === undefined;
}

/**
 * References that a program looks up at the vendor, so that no resource of the stack gives them. A notification rule
 * is a part of its user, and the user's e-mail contact method is one that PagerDuty made, as is that of a device.
 */
function isLookedUp({ type, props }: Resource, path: string): boolean {
  return (
    type === "pagerduty:index/userNotificationRule:UserNotificationRule" &&
    path === "contactMethod.id" &&
    /^(email|push_notification)_contact_method$/.test(Object(whenReadable(() => props["contactMethod"])).type)
  );
}
