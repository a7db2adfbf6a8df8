/** What the config says of money, held against what is declared or deployed: the team's plans, and its budget. */
import type { ItemId } from "../../model/checklist/checklist.ts";
import type { StackSpec } from "../../model/config/stack-spec.ts";
import type { Finding } from "../../model/finding.ts";
import type { Stack } from "../../policies/resource.ts";
import { costOfStack } from "../cost/cost.ts";
import { budgetKept, budgetKeptId } from "./budget-kept.ts";
import { plansOffer, plansOfferId } from "./plans-offer.ts";

/** What proves the items that no rule can: a rule does not know what the team has bought. */
export const costProofs: readonly { readonly id: string; readonly item: ItemId }[] = [
  { id: plansOfferId, item: "COST-01" },
  { id: budgetKeptId, item: "COST-02" },
];

/** @param spec nothing where there is no config that can be used, as of a state of somebody else's */
export function costFindings(stack: Stack, spec: StackSpec | undefined): readonly Finding[] {
  const each = (told: Pick<Finding, "outcome" | "observed" | "wanted">) =>
    costProofs.map(({ id: by, item }): Finding => {
      const subject = { subject: stack.name, urn: undefined, source: undefined };
      return { item, kind: "policy", by, ...subject, ...told };
    });
  if (!spec) {
    const observed = "no config that can be used says what its team has bought and may spend";
    return each({ outcome: "not-applicable", observed, wanted: undefined });
  }
  if (!stack.resources.some(({ type }) => !type.startsWith("pulumi:"))) {
    return each({ outcome: "fail", observed: "no resource is declared", wanted: "declared" });
  }
  return [...plansOffer(stack, spec.plans), budgetKept(costOfStack(stack, spec), stack.name)];
}
