/** What the JSON of `oncall` and of `drill` have in common: times as ISO 8601, durations in seconds. */
import type { Window } from "../../policies/declared/silence.ts";
import type { EscalationTimes } from "./escalation.ts";

export function time(instant: number): string {
  return new Date(instant).toISOString();
}

export function timeOrNull(instant: number | undefined): string | null {
  return instant === undefined ? null : time(instant);
}

/** @param begun when the first level is told; null where nothing rings */
export function escalationJson(
  { policy, levels, repeats, cycle }: EscalationTimes,
  begun: number | undefined,
) {
  return {
    policy,
    levels: levels.map(({ after, told }) => ({
      afterSeconds: after,
      at: timeOrNull(begun === undefined ? undefined : begun + after * 1000),
      told,
    })),
    repeats,
    cycleSeconds: cycle,
  };
}

export function windowJson({ from, to, names, reason, services }: Window) {
  return { from: time(from), to: time(to), names, reason, services };
}
