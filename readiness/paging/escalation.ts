/** Whom a severity tells, and when: the declared waits, with the people of the moment. */
import type { StackSpec } from "../../model/config/stack-spec.ts";
import { type EscalationTarget, escalationLevels } from "../../model/on-call/escalation.ts";
import { holdersOf } from "../../model/on-call/people.ts";
import type { Severity } from "../../model/on-call/severities.ts";
import { levelSeconds } from "../../policies/declared/chain.ts";
import { ofSeverity, policy } from "../../policies/declared/on-call.ts";
import type { Stack } from "../../policies/resource.ts";
import { UsageError } from "../errors.ts";
import { personAt, type Rota } from "./rotations.ts";

export interface TimedLevel {
  /** Seconds after PagerDuty has the incident. */
  readonly after: number;
  /** Such as `primary: Amara Okafor` or `CTO: Helen Abara`. */
  readonly told: readonly string[];
}

export interface EscalationTimes {
  readonly policy: string;
  readonly levels: readonly TimedLevel[];
  /** How often it starts again, and after how many seconds. */
  readonly repeats: number;
  readonly cycle: number;
}

/**
 * @param begun when PagerDuty has the incident; who is on call is asked at the moment of each level
 * @throws UsageError where the declared policy has other levels than model/on-call/escalation.ts
 */
export function escalationTimes(
  stack: Stack,
  severity: Severity,
  rotas: readonly Rota[],
  people: StackSpec["people"],
  begun: number,
): EscalationTimes {
  const [declared] = stack.ofType(policy).filter(ofSeverity(severity));
  if (!declared) throw new UsageError(`the stack declares no escalation policy for ${severity}`);
  const name = declared.props.name ?? declared.name;
  const levels = escalationLevels[severity];
  const seconds = levelSeconds(declared);
  if (seconds.length !== levels.length)
    throw new UsageError(`${name} has other levels than model/on-call/escalation.ts`);
  const who = (target: EscalationTarget, at: number): readonly string[] => {
    if ("schedule" in target) {
      const rota = rotas.find(({ rotation }) => rotation === target.schedule);
      return [`${target.schedule}: ${(rota && personAt(rota, at)) ?? "nobody"}`];
    }
    return holdersOf(target.role, people).map(({ name: held }) => `${target.role}: ${held}`);
  };
  return {
    policy: name,
    levels: levels.map(({ targets }, i) => {
      const after = seconds[i] ?? 0;
      return { after, told: targets.flatMap((target) => who(target, begun + after * 1000)) };
    }),
    repeats: declared.props.numLoops ?? 0,
    cycle: declared.props.rules.reduce((sum, rule) => sum + rule.escalationDelayInMinutes * 60, 0),
  };
}
