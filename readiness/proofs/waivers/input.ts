/** What waivers are judged by: all of it is handed in. */
import type { ItemId } from "../../../model/checklist/checklist.ts";
import type { StackSpec } from "../../../model/config/stack-spec.ts";
import type { Finding } from "../../../model/finding.ts";
import type { Signers } from "../signers.ts";

export interface WaiverInput {
  /** Of `waivers.yaml` at the commit that is deployed; nothing where it has none. */
  readonly text: string | undefined;
  readonly stack: string;
  /** Every stack of the project. */
  readonly stacks: readonly string[];
  /** Of the stack's config. */
  readonly people: StackSpec["people"];
  readonly signers: Signers;
  readonly rules: readonly { readonly id: string; readonly item: ItemId }[];
  /** Names of the stack's resources. */
  readonly resources: readonly string[];
  /** What every other proof found. */
  readonly findings: readonly Finding[];
  readonly now: Date;
}
