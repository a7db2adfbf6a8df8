/** Rules on each resource of a type that also look at the rest of the stack. */
import { type PartNeeds, withoutObject } from "../model/parts.ts";
import type { Resource, ResourceType, Stack } from "./resource.ts";
import { type Context, type Result, type Rule, type StackRule, stackRule } from "./rule.ts";

type Check<Props> = (resource: Resource<Props>, stack: Stack, context: Context) => Result;

export interface EachRule<Props> extends Omit<StackRule, "checkStack" | "existing"> {
  readonly each: ResourceType<Props>;
  /** Only these resources of the type; a stack in which none is left fails the rule. */
  readonly where?: (resource: Resource<Props>) => boolean;
  /** The kinds of parts, or each of several sets of them, with which a stack may have none; with all others it may not. */
  readonly absentWith?: PartNeeds | readonly PartNeeds[];
  readonly check: Check<Props>;
  /** As of a `ResourceRule`; whoever writes it says which resources it is about. */
  readonly existing?: true | Check<Props>;
}

/** A rule on each resource of a type within its stack; a stack without any fails it. */
export function eachRule<Props>({
  each,
  where = () => true,
  absentWith,
  check,
  existing,
  ...rule
}: EachRule<Props>): Rule {
  const all =
    (ask: Check<Props>, of: (resource: Resource<Props>) => boolean) =>
    (stack: Stack, context: Context): Result => {
      const subjects = stack.ofType(each).filter(of);
      if (subjects.length === 0) {
        const sets: readonly PartNeeds[] = absentWith ? [absentWith].flat() : [];
        if (sets.some((kinds) => withoutObject(kinds, context.parts) === undefined)) return undefined;
        return { observed: `no ${each.token.split(":").at(-1)} is declared`, wanted: "declared" };
      }
      return subjects.flatMap((subject) => {
        const result = ask(subject, stack, context);
        return result === undefined
          ? []
          : [result].flat().map((found) => ({ resource: subject as Resource, ...found }));
      });
    };
  return stackRule({
    ...rule,
    checkStack: all(check, where),
    ...(existing && { existing: existing === true ? true : all(existing, () => true) }),
  });
}
