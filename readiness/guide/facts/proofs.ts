/** How lines of the checklist are proven that no declaration proves. */
import { type ChecklistItem, checklist } from "../../../model/checklist/checklist.ts";
import { neededItems, needOf } from "../../../model/checklist/needs.ts";
import {
  isSignedAfter,
  signOffItems,
  signOffs,
  stackSignOffDays,
} from "../../../model/checklist/sign-offs.ts";
import { partsOf, type StackSpec } from "../../../model/config/stack-spec.ts";
import { holdersOf } from "../../../model/on-call/people.ts";
import { withoutObject } from "../../../model/parts.ts";
import { phasesOf, type ReleasePhase } from "../../../model/release/phases.ts";
import { inline, table } from "../../render/markdown-text.ts";

export function proofFacts(spec: StackSpec) {
  const { people, tier } = spec;
  const parts = partsOf(spec);
  const signed = (items: readonly (typeof signOffItems)[number][]) =>
    table(
      ["item", "what is signed", "by", "holds"],
      items
        .filter((id) => withoutObject(itemOf(id)?.needs, parts) === undefined)
        .map((id) => {
          const { role, of } = signOffs[id];
          const names = holdersOf(role, people).map(({ name }) => inline(name));
          const holds = of === "stack" ? `${stackSignOffDays} days` : "for one release";
          return [id, statement(id), names.join(", "), isSignedAfter(id) ? `${holds}, after it` : holds];
        }),
    );
  return {
    evidence: table(
      ["item", "what is proven", "counts for"],
      neededItems.map((id) => [id, statement(id), ageOf(needOf(id).hours.release)]),
    ),
    "sign-offs": signed(signOffItems),
    "training-items": signed(["INC-04", "INC-05", "INC-06", "INC-07", "INC-08", "INC-09"]),
    phases: table(
      ["phase", "its time", "what has to be so"],
      phasesOf(tier).map(({ title, budget, steps }) => [
        title,
        budgetOf(budget),
        steps.map((step) => inline(step.statement)).join("; "),
      ]),
    ),
    watching: table(
      ["item", "what holds"],
      checklist
        .filter((item: ChecklistItem) => item.phase === "after" && item.proof !== "sign-off")
        .map(({ id }) => [id, statement(id)]),
    ),
  };
}

function budgetOf(budget: ReleasePhase["budget"]): string {
  if (!budget) return "a day";
  const { usual, most } = budget;
  return usual === most ? `${most} min` : `${usual} to ${most} min`;
}

function statement(id: string): string {
  return inline(itemOf(id)?.statement ?? id);
}

function itemOf(id: string): ChecklistItem | undefined {
  return checklist.find((item) => item.id === id);
}

function ageOf(hours: number | null): string {
  if (hours === null) return "its commit";
  return hours > 72 ? `${hours / 24} days` : `${hours} hours`;
}
