/** Rules on each resource of a type that also look at the rest of the stack. */
import type { Resource, ResourceType, Stack } from "./resource.ts";
import { type Context, type Result, type Rule, type StackRule, stackRule } from "./rule.ts";

export interface EachRule<Props> extends Omit<StackRule, "checkStack"> {
  readonly each: ResourceType<Props>;
  /** Only these resources of the type; a stack in which none is left fails the rule. */
  readonly where?: (resource: Resource<Props>) => boolean;
  readonly check: (resource: Resource<Props>, stack: Stack, context: Context) => Result;
}

/** A rule on each resource of a type within its stack; a stack without any fails it. */
export function eachRule<Props>({ each, where = () => true, check, ...rule }: EachRule<Props>): Rule {
  return stackRule({
    ...rule,
    checkStack: (stack, context) => {
      const subjects = stack.ofType(each).filter(where);
      if (subjects.length === 0) {
        return { observed: `no ${each.token.split(":").at(-1)} is declared`, wanted: "declared" };
      }
      return subjects.flatMap((subject) => {
        const result = check(subject, stack, context);
        return result === undefined
          ? []
          : [result].flat().map((found) => ({ resource: subject as Resource, ...found }));
      });
    },
  });
}
