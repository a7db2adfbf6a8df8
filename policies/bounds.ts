/**
 * Which values of a resource's properties take nothing from what it is for, as a table: path to bound. A rule that
 * asks a table looks at every optional property that could weaken the resource, whoever sets it.
 */
import { show } from "./expect.ts";
import type { Violation } from "./rule.ts";

/** What a property may be. Absence is the vendor's default: a bound says whether that is good enough. */
export interface Bound {
  readonly holds: (value: unknown) => boolean;
  readonly wanted: string;
  readonly unit?: string;
  /** Values of it may be secret, or too long for a message. */
  readonly hidden?: true;
}

/** Paths such as `optionsList.retry.count`, or `exclusionFilters.*.isEnabled` for each of a list. */
export type Bounds = Readonly<Record<string, Bound>>;

/** Weakens wherever it is set. */
export const unset: Bound = {
  holds: (value) => value === undefined || value === null || (Array.isArray(value) && value.length === 0),
  wanted: "not set",
  hidden: true,
};

/** A switch that weakens. */
export const off: Bound = { holds: (value) => value === undefined || value === false, wanted: "false" };

/** A switch whose default is on, and that protects. */
export const on: Bound = { holds: (value) => value === undefined || value === true, wanted: "true" };

/** It has no part in what the resource is for. */
export const free: Bound = { holds: () => true, wanted: "anything" };

/** One of these, or not set. */
export function among(...values: readonly (string | number)[]): Bound {
  return {
    holds: (value) => value === undefined || values.includes(value as string),
    wanted: `not set or ${values.join(" or ")}`,
  };
}

/** A number of at most so much, or not set. */
export function upTo(most: number, unit = ""): Bound {
  return {
    holds: (value) => value === undefined || (typeof value === "number" && value <= most),
    wanted: `≤ ${most}`,
    unit,
  };
}

/** A number within a range, or not set. */
export function between(least: number, most: number, unit = ""): Bound {
  return {
    holds: (value) => value === undefined || (typeof value === "number" && value >= least && value <= most),
    wanted: `${least} to ${most}`,
    unit,
  };
}

/** Not only where it is set: it must be. */
export function required(bound: Bound): Bound {
  return { ...bound, holds: (value) => value !== undefined && bound.holds(value) };
}

/** The properties that are beyond their bounds. */
export function outOfBounds(props: object, bounds: Bounds): readonly Violation[] {
  return Object.entries(bounds).flatMap(([path, { holds, wanted, hidden, unit }]) =>
    valuesAt(props, path.split(".")).flatMap(([at, value]) => {
      if (holds(value)) return [];
      return [{ observed: `${at} is ${hidden && value !== undefined ? "set" : show(value, unit)}`, wanted }];
    }),
  );
}

type At = readonly [path: string, value: unknown];

/** The values at a path: of a list that is not there, none. */
function valuesAt(props: object, keys: readonly string[]): readonly At[] {
  return keys.reduce<readonly At[]>((found, key) => found.flatMap((at) => into(at, key)), [["", props]]);
}

function into([path, value]: At, key: string): readonly At[] {
  const under = (name: string) => (path === "" ? name : `${path}.${name}`);
  if (key === "*") return Array.isArray(value) ? value.map((item, i): At => [under(`${i}`), item]) : [];
  return [[under(key), (value as Readonly<Record<string, unknown>> | undefined | null)?.[key]]];
}
