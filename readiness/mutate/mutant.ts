/** A weakening of a stack: one resource changed, added or removed. */
import type { Registration } from "../engine/registration.ts";

/** In the order of the report. */
export const kinds = {
  property: "properties changed",
  addition: "properties added",
  option: "resource options changed",
  removed: "resources removed",
  another: "one more resource of a type in use",
  attachment: "attachments of other types added",
  stranger: "resources of other types added",
} as const;

export type Kind = keyof typeof kinds;

export interface Mutant {
  readonly kind: Kind;
  readonly type: string;
  /** Into the inputs, `[]` for any element of a list; empty where the resource as a whole is meant. */
  readonly path: string;
  /** What was done, as a participle: `deleted`. */
  readonly operator: string;
  /** The resource's name. */
  readonly resource: string;
  /** The path with its indexes. */
  readonly at: string;
  /** Absent where the resource is added. */
  readonly before?: Registration;
  /** Absent where it is removed. */
  readonly after?: Registration;
}

/** The registrations with the mutant's in place; what is added comes last. */
export function mutated(
  registrations: readonly Registration[],
  { before, after }: Pick<Mutant, "before" | "after">,
): readonly Registration[] {
  const changed = after ? [after] : [];
  if (!before) return [...registrations, ...changed];
  return registrations.flatMap((r) => (r === before ? changed : [r]));
}
