import type { ChecklistRows } from "./row.ts";

const section = "Cost";
const proof = "policy";

/** Proven by what the config says of the team's plans and budget, beside what is declared. */
export const costItems = {
  "COST-01": {
    section,
    statement: "The plans that the team has with its vendors offer all that is declared",
    proof,
    why: "What a plan lacks is refused half way through an update, or charged for without anybody's decision.",
    remedy:
      "Name the plan in readiness:plans of {stackFile} once the team has it, choose what the message names instead, or name the feature in plans.confirmed where the vendor has said that the plan has it.",
  },
  "COST-02": {
    section,
    statement: "A month costs no more than the team's budget, what has no known price included",
    proof,
    why: "A bill that nobody has foreseen is cut in haste, and what is cut first is what watches and backs up.",
    remedy:
      "Spend less on what npm run cost -- --stack {stack} names first, or have readiness:budget in {stackFile} raised.",
  },
} as const satisfies ChecklistRows;
