import { messageOf, type Outcome } from "../../../model/finding.ts";
import { evaluate } from "../../../policies/evaluate.ts";
import type { Rule } from "../../../policies/rule.ts";
import type { Registration } from "../../../readiness/engine/registration.ts";
import { stackOf } from "./stack.ts";

/** The worst that one rule says of a stack, and what it says. */
export function judge(
  rules: readonly Rule[],
  id: string,
  resources: readonly Registration[],
  stack = "prod",
) {
  const rule = rules.find((r) => r.id === id);
  if (!rule) throw new Error(`no rule ${id}`);
  const findings = evaluate([rule], stackOf(resources, stack));
  const order: readonly Outcome[] = ["error", "fail", "unknown", "pass", "not-applicable"];
  const worst = order.find((outcome) => findings.some((f) => f.outcome === outcome));
  return {
    outcome: worst,
    messages: findings.filter((f) => f.outcome === worst).map((f) => messageOf(f, stack)),
  };
}
