/** One line of the readiness checklist. */
import type { PartNeeds } from "../parts.ts";

export const sections = [
  "Application",
  "Network",
  "Database",
  "Cache",
  "Backups",
  "Edge",
  "Monitoring",
  "Alert routing",
  "On-call",
  "Paging",
  "Governance",
  "Cost",
  "Before deployment",
  "Incident response",
  "After deployment",
  "Go/no-go",
] as const;
export type Section = (typeof sections)[number];

/**
 * What can prove an item: `policy`, rules over the declared resources; `evidence`, a file bound to the
 * commit; `probe`, a look at the running site; `sign-off`, a named person's word.
 */
export type ProofKind = "policy" | "evidence" | "probe" | "sign-off";

export interface ChecklistRow {
  readonly section: Section;
  /** What is true when the item passes. */
  readonly statement: string;
  readonly proof: ProofKind;
  /** What goes wrong without it. */
  readonly why: string;
  /** What to change; `{stackFile}` stands for the stack's config file. */
  readonly remedy: string;
  /** The kinds of parts with which it is asked; whatever they are where absent. */
  readonly needs?: PartNeeds;
  /** Each the kinds of parts with which it is about what another program made: what nobody has read of that is not known. */
  readonly read?: readonly PartNeeds[];
  /**
   * When it can be proven; `before` the deployment where absent. No decision to go waits for what can only
   * be proven `after` it: such an item stays open in the report.
   */
  readonly phase?: "before" | "after";
}

export type ChecklistRows = Readonly<Record<string, ChecklistRow>>;
