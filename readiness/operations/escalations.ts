/** Of each severity: how soon somebody has to answer, and who is told when nobody does. */
import type { StackSpec } from "../../model/config/stack-spec.ts";
import { type Loudness, type Severity, severities, severityLevels } from "../../model/on-call/severities.ts";
import { ofSeverity, policy } from "../../policies/declared/on-call.ts";
import type { Stack } from "../../policies/resource.ts";
import { escalationTimes } from "../paging/escalation.ts";
import type { Rota } from "../paging/rotations.ts";

export interface Escalation {
  readonly severity: Severity;
  readonly title: string;
  readonly examples: readonly string[];
  readonly responseMinutes: number;
  /** `high` calls until somebody answers, `low` mails once, `by-day` does either by the hour. */
  readonly urgency: Loudness;
  /** Name of the escalation policy. */
  readonly policy: string;
  readonly levels: readonly EscalationLevel[];
}

export interface EscalationLevel {
  /** Seconds after the first level, where nobody answers. */
  readonly after: number;
  /** Such as `primary: Amara Okafor`, of the moment of the report. */
  readonly told: readonly string[];
}

/** Of the severities for which a policy is declared. */
export function escalationsOf(
  stack: Stack,
  rotas: readonly Rota[],
  people: StackSpec["people"],
  now: Date,
): readonly Escalation[] {
  return severities
    .filter((severity) => stack.ofType(policy).some(ofSeverity(severity)))
    .map((severity) => {
      const times = escalationTimes(stack, severity, rotas, people, now.getTime());
      return {
        severity,
        ...severityLevels[severity],
        policy: times.policy,
        levels: times.levels,
      };
    });
}
