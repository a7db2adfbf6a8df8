/**
 * Rules on resources that this product declares none of, and other programs do: Aurora, Lambda, load balancers, queues.
 * They forbid, and demand nothing: without such a resource a program of this product holds, and of any other's nothing
 * is said.
 */
import { about } from "../../aws.ts";
import { presentType, type Resource, type Stack } from "../../resource.ts";
import { type Context, type Result, type Rule, stackRule } from "../../rule.ts";
import { type SoundProperties, unsound } from "../../sound/sound.ts";

export type Check = (resource: Resource, stack: Stack, context: Context) => Result;

export interface Other extends Pick<Rule, "id" | "item" | "tiers"> {
  /** By type what its properties have to be, or what is wrong with it. */
  readonly types: Readonly<Record<string, SoundProperties | Check>>;
}

/** The same of several types. */
export function each<T>(types: readonly string[], one: T): Readonly<Record<string, T>> {
  return Object.fromEntries(types.map((type) => [type, one]));
}

/** The objects of a list, whatever a program of anybody's has put there. */
export function listOf<T extends object>(value: unknown): readonly T[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "object" && one !== null) : [];
}

export function toRule({ types, ...rule }: Other): Rule {
  // Who asks for the resources of a type has looked at it, as the closed world takes it: these look at a few properties.
  const subjects = (stack: Stack) =>
    stack.resources.flatMap((resource) => {
      const check = types[presentType(resource.type)];
      return check ? [{ resource, check }] : [];
    });
  const check = (stack: Stack, context: Context) =>
    subjects(stack).flatMap(({ resource, check: of }) =>
      about(resource, typeof of === "function" ? of(resource, stack, context) : unsound(resource, of)),
    );
  return stackRule({
    ...rule,
    checkStack: check,
    // What has no subject is no proof of anything.
    existing: (stack, context) =>
      subjects(stack).length === 0
        ? { observed: "nothing of the kind is declared", wanted: "declared" }
        : check(stack, context),
  });
}
