/** Incident severities: how bad, how soon a person must respond, and how loudly they are told. */

export const severities = ["SEV1", "SEV2", "SEV3", "SEV4"] as const;
export type Severity = (typeof severities)[number];

/** PagerDuty's urgency: `high` notifies until somebody acknowledges and escalates, `low` does neither. */
export type Urgency = "high" | "low";

/** `by-day`: high in support hours, to which whatever came at night is raised; low outside of them. */
export type Loudness = Urgency | "by-day";

export interface SeverityLevel {
  readonly title: string;
  readonly examples: readonly string[];
  /** A person must have acknowledged within this many minutes. */
  readonly responseMinutes: number;
  readonly urgency: Loudness;
}

/** Requirements, "Severities and escalation". */
export const severityLevels: Readonly<Record<Severity, SeverityLevel>> = {
  SEV1: {
    title: "critical",
    examples: ["complete outage", "data loss or corruption", "security breach"],
    responseMinutes: 5,
    urgency: "high",
  },
  SEV2: {
    title: "high",
    examples: ["degraded by more than 50 %", "several features broken", "major performance issue"],
    responseMinutes: 15,
    urgency: "high",
  },
  SEV3: {
    title: "medium",
    examples: ["one feature broken", "minor degradation", "non-critical data issue"],
    responseMinutes: 60,
    urgency: "by-day",
  },
  SEV4: {
    title: "low",
    examples: ["cosmetic", "minor", "not urgent"],
    responseMinutes: 480,
    urgency: "low",
  },
};

/**
 * The severities whose incidents a SEV1 opens together with its own: whatever of them follows joins these, and calls
 * nobody again.
 */
export function ringsWith(severity: Severity): readonly Severity[] {
  if (severity !== "SEV1") return [];
  return severities.filter((other) => other !== severity && severityLevels[other].urgency !== "low");
}
