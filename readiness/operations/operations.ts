/** How a stack is run: what a report tells beside its verdict, computed from what is declared. */
import type { StackSpec } from "../../model/config/stack-spec.ts";
import type { Stack } from "../../policies/resource.ts";
import { type Cost, costOfStack } from "../cost/cost.ts";
import { rotasOf } from "../paging/rotations.ts";
import { type Alert, alertsOf } from "./alerts.ts";
import { type Architecture, architectureOf } from "./architecture.ts";
import { type Escalation, escalationsOf } from "./escalations.ts";
import { type Levels, levelsOf } from "./levels.ts";
import { type OutsideWatch, outsideWatchesOf } from "./outside.ts";
import { type Told, told, untold } from "./told.ts";
import { type OnCallYear, onCallYearOf } from "./year.ts";

export interface Operations {
  readonly levels: Told<Levels>;
  /** The alerts that page somebody, with their way to a phone. */
  readonly alerts: Told<readonly Alert[]>;
  /** What rings for an outage without Datadog. */
  readonly outside: Told<readonly OutsideWatch[]>;
  readonly escalations: Told<readonly Escalation[]>;
  readonly onCall: Told<OnCallYear>;
  readonly architecture: Told<Architecture>;
  /** A month at list prices. */
  readonly cost: Told<Cost>;
}

const turnless =
  "ids of users do not tell whose turn it is: the report of what is declared does (without --state)";

const placeless =
  "a state does not tell whose prices hold: the report of what is declared does (without --state)";

/**
 * @param spec the config that made the stack; nothing where it is read from a state, which does not tell the turns
 * @param now when the year begins, and whose shift it is
 */
export function operationsOf(stack: Stack, spec: StackSpec | undefined, now: Date): Operations {
  const ofPeople = <T>(tell: (known: StackSpec) => T) =>
    spec === undefined ? untold(turnless) : told(() => tell(spec));
  return {
    levels: told(() => levelsOf(stack)),
    alerts: told(() => alertsOf(stack)),
    outside: told(() => outsideWatchesOf(stack)),
    escalations: ofPeople((known) => escalationsOf(stack, rotasOf(stack, known), known.people, now)),
    onCall: ofPeople((known) => onCallYearOf(rotasOf(stack, known), known.onCall.timeZone, now)),
    architecture: told(() => architectureOf(stack)),
    cost: spec === undefined ? untold(placeless) : told(() => costOfStack(stack, spec)),
  };
}
