/** Who is told next when nobody acknowledges: three levels for each severity. */
import type { Severity } from "./severities.ts";

/** Roles that people of a stack hold: requirements, section 2. */
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
 * Three levels by severity. The waits before the last level add up to less than the severity's response
 * time, so that somebody of every level has been told within it.
 */
export const escalationLevels: Readonly<
  Record<Severity, readonly [EscalationLevel, EscalationLevel, EscalationLevel]>
> = {
  SEV1: [
    { targets: [primary, backup], waitMinutes: 1 },
    { targets: [techLead, devopsLead], waitMinutes: 1 },
    { targets: [cto], waitMinutes: 1 },
  ],
  SEV2: [
    { targets: [primary], waitMinutes: 5 },
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
