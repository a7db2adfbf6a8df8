import { expect, it } from "vitest";
import { messageOf } from "../../../model/finding.ts";
import { evaluate } from "../../../policies/evaluate.ts";
import { rules } from "../../../policies/rules.ts";
import { variantStack, variants } from "../../../tools/closed-world/stacks.ts";

const now = new Date();

it.each(variants.map((variant) => [variant.title, variant] as const))(
  "no rule has anything against %s",
  async (_, variant) => {
    const stack = await variantStack(variant, now);
    const open = evaluate(rules, stack, now).filter(
      ({ outcome }) => !["pass", "not-applicable"].includes(outcome),
    );
    expect(open.map((f) => messageOf(f, stack.name))).toEqual([]);
  },
);
