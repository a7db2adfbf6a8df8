/** Who signs which item of the checklist, and for what. */
import type { Role } from "../on-call/escalation.ts";
import { processItems } from "./process.ts";

type Rows = typeof processItems;
/** Ids of the items that a person's sign-off proves. */
export type SignOffItem = {
  [Id in keyof Rows]: Rows[Id]["proof"] extends "sign-off" ? Id : never;
}[keyof Rows];

export interface SignOffRow {
  readonly role: Role;
  /**
   * `release`: it holds for one release. `stack`: for whatever the stack runs, for a year (FedRAMP CP-3 and IR-2 ask for
   * training once a year).
   */
  readonly of: "release" | "stack";
  /** Whether it also holds for one state of the checklist's other proofs: who says go says so knowing them. */
  readonly report?: true;
}

/** Days that a sign-off for a stack holds. */
export const stackSignOffDays = 365;

/** GO-04 to GO-06 are about what the release itself says: window, rollback and communication. */
export const signOffs: Readonly<Record<SignOffItem, SignOffRow>> = {
  "PRE-16": { role: "tech-lead", of: "release" },
  "PRE-17": { role: "product-lead", of: "release" },
  "MON-47": { role: "devops-lead", of: "stack" },
  "DB-13": { role: "devops-lead", of: "stack" },
  "DB-14": { role: "devops-lead", of: "stack" },
  "INC-04": { role: "devops-lead", of: "stack" },
  "INC-05": { role: "devops-lead", of: "stack" },
  "INC-06": { role: "product-lead", of: "stack" },
  "INC-07": { role: "devops-lead", of: "stack" },
  "INC-08": { role: "devops-lead", of: "stack" },
  "INC-09": { role: "devops-lead", of: "stack" },
  "POST-05": { role: "product-lead", of: "release" },
  "POST-06": { role: "tech-lead", of: "release" },
  "GO-01": { role: "tech-lead", of: "release", report: true },
  "GO-02": { role: "product-lead", of: "release", report: true },
  "GO-03": { role: "cto", of: "release", report: true },
  "GO-04": { role: "devops-lead", of: "release" },
  "GO-05": { role: "tech-lead", of: "release" },
  "GO-06": { role: "product-lead", of: "release" },
};

export const signOffItems = Object.keys(signOffs) as readonly SignOffItem[];

/** Who say go, each by their role. */
export const decisionItems: readonly SignOffItem[] = ["GO-01", "GO-02", "GO-03"];
/** How many people they are at least: one may hold every role (NIST SP 800-53, AC-3 (2): two authorize). */
export const decisionPeople = 2;

/** Whether it can be signed only once the release is deployed. */
export function isSignedAfter(item: SignOffItem): boolean {
  return "phase" in processItems[item];
}
