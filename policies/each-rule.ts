/** Rules on each resource of a type that also look at what is attached to it. */
import type { Resource, ResourceType, Stack } from "./resource.ts";
import { type Context, type Result, type Rule, type StackRule, stackRule } from "./rule.ts";

export interface EachRule<Props> extends Omit<StackRule, "checkStack"> {
  readonly each: ResourceType<Props>;
  readonly check: (resource: Resource<Props>, stack: Stack, context: Context) => Result;
}

/** A rule on each resource of a type within its stack; a stack without any fails it. */
export function eachRule<Props>({ each, check, ...rule }: EachRule<Props>): Rule {
  return stackRule({
    ...rule,
    checkStack: (stack, context) => {
      const subjects = stack.ofType(each);
      if (subjects.length === 0) {
        return { observed: `no ${each.token.split(":").at(-1)} is declared`, wanted: "declared" };
      }
      return subjects.flatMap((subject) => {
        const result = check(subject, stack, context);
        return result === undefined
          ? []
          : [result].flat().map((violation) => ({ resource: subject as Resource, ...violation }));
      });
    },
  });
}

/** The resources of a type whose `property` takes an output of `owner`. */
export function attached<Props>(
  stack: Stack,
  type: ResourceType<Props>,
  property: string,
  owner: Resource<unknown>,
): readonly Resource<Props>[] {
  return stack
    .ofType(type)
    .filter((r) => r.propertyDependencies[property]?.some((other) => other.urn === owner.urn));
}
