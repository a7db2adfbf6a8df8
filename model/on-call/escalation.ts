/** Who is told next when nobody acknowledges: three levels for each severity. */
import type { Severity } from "./severities.ts";

/** Roles that people of a stack hold: requirements, "Severities and escalation". */
export const roles = ["on-call-engineer", "tech-lead", "product-lead", "devops-lead", "cto"] as const;
export type Role = (typeof roles)[number];

/** Either a rotation's schedule, or every person who holds a role. */
export type EscalationTarget = { readonly schedule: "primary" | "backup" } | { readonly role: Role };

/** One level of an escalation policy; the next level is told after `waitMinutes` without an answer. */
export interface EscalationLevel {
  readonly targets: readonly EscalationTarget[];
  readonly waitMinutes: number;
}

const primary: EscalationTarget = { schedule: "primary" };
const backup: EscalationTarget = { schedule: "backup" };
const techLead: EscalationTarget = { role: "tech-lead" };
const devopsLead: EscalationTarget = { role: "devops-lead" };
const cto: EscalationTarget = { role: "cto" };

/**
 * Three levels by severity. The waits before the last level leave enough of the severity's response time to
 * notice the fault and to send the page, so that somebody of every level has been told within it. PagerDuty
 * waits at least a minute after one target and at least five after several ("Escalation Policy Basics").
 *
 * SEV1 has 300 s from the first failed request. The check of the homepage takes 102 of them to the first phone, in the
 * slowest of ways; two minutes for the primary, in which the phone rings twice, and one for the backup make 282. SEV2 has
 * 900: a page that is checked every five minutes takes 462 of them, which leaves 438 for two levels.
 */
export const escalationLevels: Readonly<
  Record<Severity, readonly [EscalationLevel, EscalationLevel, EscalationLevel]>
> = {
  SEV1: [
    { targets: [primary], waitMinutes: 2 },
    { targets: [backup], waitMinutes: 1 },
    { targets: [cto, techLead, devopsLead], waitMinutes: 5 },
  ],
  SEV2: [
    { targets: [primary], waitMinutes: 2 },
    { targets: [backup, techLead], waitMinutes: 5 },
    { targets: [devopsLead], waitMinutes: 5 },
  ],
  SEV3: [
    { targets: [primary], waitMinutes: 20 },
    { targets: [backup], waitMinutes: 20 },
    { targets: [techLead], waitMinutes: 20 },
  ],
  SEV4: [
    { targets: [primary], waitMinutes: 240 },
    { targets: [backup], waitMinutes: 120 },
    { targets: [techLead], waitMinutes: 120 },
  ],
};

/** A turn in which both rotations put the same person on call, so that nobody is left to escalate to. */
export interface Clash {
  /** Counted from 0 at the rotations' start. */
  readonly turn: number;
  readonly person: string;
}

/**
 * The first turn in which primary and backup are the same person, if there is one. Both rotations change at
 * the same time, so the pattern repeats after the least common multiple of their lengths.
 */
export function firstClash(primary: readonly string[], backup: readonly string[]): Clash | undefined {
  // The product is a multiple of both lengths; what it repeats cannot be a first clash.
  for (let turn = 0; turn < primary.length * backup.length; turn++) {
    const person = primary[turn % primary.length];
    if (person !== undefined && person === backup[turn % backup.length]) return { turn, person };
  }
  return undefined;
}
