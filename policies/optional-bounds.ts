/** Tables of what properties may be, for those that are sound where nothing is said. */
import { show } from "./expect.ts";
import type { Doubt, Violation } from "./rule.ts";

export interface Bound {
  readonly holds: (value: unknown) => boolean;
  /** Such as `false`. */
  readonly wanted: string;
}

/** One of some values. */
export function among(...values: readonly (string | number | boolean)[]): Bound {
  return { holds: (value) => values.includes(value as string), wanted: values.join(" or ") };
}

/** A number, also one that is written as text, from `least` to `most`. */
export function from(least: number, most = Number.POSITIVE_INFINITY): Bound {
  return {
    holds: (value) => value !== "" && Number(value) >= least && Number(value) <= most,
    wanted: most === Number.POSITIVE_INFINITY ? `≥ ${least}` : `${least} to ${most}`,
  };
}

/** The properties that are set to what their bounds do not allow. Not for properties that may be secret. */
export function outside(props: object, bounds: Readonly<Record<string, Bound>>): readonly Violation[] {
  return Object.entries(bounds).flatMap(([name, { holds, wanted }]) => {
    const value = (props as Record<string, unknown>)[name];
    return value === undefined || value === null || holds(value)
      ? []
      : [{ observed: `${name} is ${show(value)}`, wanted }];
  });
}

/** The properties that are set although nobody has looked at what they lead to. */
export function unlooked(props: object, names: readonly string[]): readonly Doubt[] {
  return names
    .filter((name) => (props as Record<string, unknown>)[name] !== undefined)
    .map((name) => ({ doubt: `nobody has looked at what its ${name} leads to` }));
}
