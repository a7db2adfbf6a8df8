/** Whether a month of the stack stays within its budget: what has no price is never taken for nothing. */

import type { Finding } from "../../model/finding.ts";
import type { Cost } from "../cost/cost.ts";
import { costSentence, dollars } from "../cost/text.ts";

/** The name under which it is told. */
export const budgetKeptId = "budget-kept";

type Judged = Pick<Finding, "outcome" | "observed"> & Partial<Pick<Finding, "wanted">>;

export function budgetKept(cost: Cost, stack: string): Finding {
  return {
    item: "COST-02",
    kind: "policy",
    by: budgetKeptId,
    subject: stack,
    urn: undefined,
    source: undefined,
    wanted: undefined,
    ...judged(cost),
  };
}

function judged(cost: Cost): Judged {
  const { monthlyUsd, unpricedUsd, because } = cost.budget;
  if (monthlyUsd === null) return { outcome: "not-applicable", observed: `no budget: ${because}` };
  const [from, to] = cost.usd;
  const costs = `it costs ${costSentence(cost)}`;
  const within = `≤ ${dollars([monthlyUsd, monthlyUsd])} a month`;
  if (from > monthlyUsd) return { outcome: "fail", observed: costs, wanted: within };
  const open = cost.lines.filter(({ usd }) => usd === null).length + cost.byUse.length;
  if (open > 0 && unpricedUsd === null) {
    const unsaid = "budget.unpricedUsd does not say what is kept for them, and for what is billed by use";
    return { outcome: "unknown", observed: `${costs}: ${unsaid}` };
  }
  const kept = open > 0 ? (unpricedUsd ?? 0) : 0;
  const sum = kept > 0 ? `${costs}, for which ${dollars([kept, kept])} are kept` : costs;
  if (from + kept > monthlyUsd) return { outcome: "fail", observed: sum, wanted: `together ${within}` };
  if (to + kept > monthlyUsd) {
    return {
      outcome: "unknown",
      observed: `${sum}: whether that is ${within} hangs on prices of which sources differ`,
    };
  }
  return { outcome: "pass", observed: "" };
}
