/** Whether enough people stand behind a GO: one person may hold every role. */
import { decisionItems, decisionPeople } from "../../../model/checklist/sign-offs.ts";
import type { SignOff } from "./payload.ts";
import type { Refusal } from "./terms.ts";

/** Of decisions that are all made and by too few people the last one, with which somebody else has to come in. */
export function withoutAnother(counted: readonly SignOff[]): SignOff | undefined {
  const made = counted
    .filter(({ item }) => decisionItems.includes(item))
    .toSorted((a, b) => a.at.localeCompare(b.at) || a.item.localeCompare(b.item));
  const isComplete = decisionItems.every((item) => made.some((m) => m.item === item));
  const people = new Set(made.map(({ person }) => person));
  return isComplete && people.size < decisionPeople ? made.at(-1) : undefined;
}

export function needsAnother({ person }: SignOff): Refusal {
  const all = `${decisionItems.slice(0, -1).join(", ")} and ${decisionItems.at(-1)}`;
  return {
    observed: `${person} alone has signed ${all}`,
    wanted: `at least ${decisionPeople} people among the three`,
    remedy: `Have somebody else sign one of ${all} who holds its role; a team of one cannot say GO for production`,
    another: true,
  };
}
