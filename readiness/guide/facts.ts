/** What a stack's config and the model say, as Markdown for the pages of the guide; by name. */
import type { StackSpec } from "../../model/config/stack-spec.ts";
import { commandFacts } from "./facts/commands.ts";
import { levelFacts } from "./facts/levels.ts";
import { peopleFacts } from "./facts/people.ts";
import { proofFacts } from "./facts/proofs.ts";
import type { Facts } from "./fill.ts";

export interface Subject {
  readonly spec: StackSpec;
  /** The stack of tier staging that is tried on; nothing where the project has none. */
  readonly rehearsal: string | undefined;
}

export function factsOf({ spec, rehearsal }: Subject): Facts {
  return new Map(
    Object.entries({
      ...levelFacts(spec),
      ...peopleFacts(spec),
      ...proofFacts(spec),
      ...commandFacts(spec, rehearsal),
    }),
  );
}
