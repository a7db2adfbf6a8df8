/** Parameters of a data store's engine: a list of names and values, of which an unknown name may do anything. */
import type { Review } from "../closed-world/review.ts";
import type { Doubt, Violation } from "../rule.ts";
import { type Sound, type SoundProperties, unsound, whereSet } from "./sound.ts";

export type ParameterValues = Readonly<Record<string, string | undefined>>;

/** By the name of a parameter, as the vendor writes it. */
export type SoundParameters = Readonly<Record<string, Sound>>;

/** What is not as it has to be, and which parameters nobody has looked at: neither a table nor the team. */
export function unsoundParameters(
  values: ParameterValues,
  table: SoundParameters,
  { type, review }: { readonly type: string; readonly review: Review },
): readonly (Violation | Doubt)[] {
  const strangers = Object.keys(values)
    .filter((name) => !(name in table) && !review.hasPath(type, `parameter.${name}`))
    .map((name) => ({
      doubt: `no rule knows what ${name} does (in reviewed.yaml: path parameter.${name})`,
      unlooked: true as const,
    }));
  return [...unsound({ props: values }, whereSet(byPath(table))), ...strangers];
}

/** Names of parameters have dots of their own. */
function byPath(table: SoundParameters): SoundProperties {
  return Object.fromEntries(
    Object.entries(table).map(([name, sound]) => [name.replaceAll(".", "\\."), sound]),
  );
}

/** A limit that is off at one value, and within both bounds otherwise. */
export function limit(least: number, most: number, off: number, unit = ""): Sound {
  return {
    wanted: `${off}, or ${least} to ${most} ${unit}`.trim(),
    holds: (value) =>
      value !== "" && (Number(value) === off || (Number(value) >= least && Number(value) <= most)),
  };
}
