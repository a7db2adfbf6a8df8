/** Why a mutant weakens nothing that readiness hangs on, where somebody has said so. */
import { exceptions } from "../../policies/closed-world/exceptions.ts";
import { leavesOf } from "../../policies/closed-world/paths.ts";
import type { Mutant } from "./mutant.ts";
import { withoutBearing } from "./without-bearing.ts";

const reviewed = Map.groupBy(exceptions, ({ type }) => type);
const mutants = Map.groupBy(withoutBearing, ({ type }) => type);

/** The reason; undefined where the mutant counts. */
export function reasonOf({ type, path, at, operator, before, after }: Mutant): string | undefined {
  const row = mutants.get(type)?.find((w) => w.path === path && w.operators.includes(operator));
  if (row) return row.reason;
  const rows = reviewed.get(type) ?? [];
  const reason = (below: string) =>
    rows.find((r) => r.path === below || below.startsWith(`${r.path}.`))?.reason;
  // A list gets one more of what it holds; a whole has no bearing where none of its parts has.
  const own = reason(path) ?? (operator === "widened" ? reason(`${path}.*`) : undefined);
  if (own !== undefined) return own;
  const resource = before ?? after;
  const parts = leavesOf(resource?.props ?? {}).filter((leaf) => at === "" || leaf.at.startsWith(`${at}.`));
  const reasons = parts.map((leaf) => reason(leaf.path));
  return reasons.every((r) => r !== undefined) ? reasons[0] : undefined;
}
