/**
 * What a property may be, as data: for properties of which one value is as good as another within bounds, and that need
 * no model of what the vendor makes of them. Those that do have rules of their own.
 */
import { show } from "../expect.ts";
import type { Doubt, Violation } from "../rule.ts";
import { isUnknownValue } from "../unknown-value.ts";

/** What a value has to be. */
export interface Sound {
  /** Follows "must be". */
  readonly wanted: string;
  readonly holds: (value: unknown) => boolean;
  /** It need not be there. */
  readonly optional?: true;
  /** Another resource's output, which a preview does not know. */
  readonly reference?: true;
  /** Whatever it is, nobody can tell by it alone. */
  readonly doubtful?: true;
}

/**
 * By path of a property, `*` for each element of a list or map: `rules.*.name`. A dot of a key's own is written `\\.`.
 * Not for values that may be secret: messages show them, unless they are `unlooked`.
 */
export type SoundProperties = Readonly<Record<string, Sound>>;

export function is(wanted: string | number | boolean): Sound {
  return { wanted: String(wanted), holds: (value) => value === wanted };
}

export function oneOf(...wanted: readonly (string | number)[]): Sound {
  return { wanted: wanted.join(" or "), holds: (value) => wanted.includes(value as string) };
}

/** A number, or a text that is one, within both bounds. */
export function between(least: number, most: number, unit = ""): Sound {
  return {
    wanted: `${most === Number.POSITIVE_INFINITY ? `≥ ${least}` : `${least} to ${most}`} ${unit}`.trim(),
    holds: (value) => value !== "" && Number(value) >= least && Number(value) <= most,
  };
}

/** A text with this form. */
export function like(form: RegExp, wanted: string): Sound {
  return { wanted, holds: (value) => typeof value === "string" && form.test(value) };
}

/** Either is as good. */
export const flag: Sound = { wanted: "true or false", holds: (value) => typeof value === "boolean" };

/** It weakens wherever it is set. */
export const absent: Sound = {
  wanted: "not set",
  holds: (value) => Array.isArray(value) && value.length === 0,
  optional: true,
};

/** A switch that weakens, and is off by default. */
export const off: Sound = ifSet(is(false));

/** Nobody has looked at what it leads to. */
export const unlooked: Sound = { wanted: "", holds: () => false, optional: true, doubtful: true };

/** It has no part in what the resource is for. */
export const anything: Sound = { wanted: "anything", holds: () => true, optional: true };

/** A text, list or map that is not empty. */
export const filled: Sound = {
  wanted: "set",
  holds: (value) => (typeof value === "string" ? value.trim() !== "" : Object.keys(Object(value)).length > 0),
};

/** An output of a resource of the stack. */
export const reference: Sound = { ...filled, wanted: "a resource of this stack", reference: true };

/** The same, where the property is there. */
export function ifSet(sound: Sound): Sound {
  return { ...sound, optional: true };
}

/** The same of properties that are sound where nothing is said. */
export function whereSet(properties: SoundProperties): SoundProperties {
  return Object.fromEntries(Object.entries(properties).map(([path, sound]) => [path, ifSet(sound)]));
}

/** Several properties of which the same is to be said. */
export function alike(names: readonly string[], sound: Sound): SoundProperties {
  return Object.fromEntries(names.map((name) => [name, sound]));
}

/** What is not as it has to be. A property counts as missing where that which it is a part of is there. */
export function unsound(
  { props }: { readonly props: object },
  properties: SoundProperties,
): readonly (Violation | Doubt)[] {
  const found: (Violation | Doubt)[] = [];
  for (const row of rowsOf(properties)) judge(props, row, 0, "", found);
  return found;
}

interface Row {
  readonly keys: readonly string[];
  readonly sound: Sound;
}

/** Each table is asked about every resource of its type. */
const rows = new WeakMap<SoundProperties, readonly Row[]>();

function rowsOf(properties: SoundProperties): readonly Row[] {
  const known = rows.get(properties);
  if (known) return known;
  const made = Object.entries(properties).map(([path, sound]) => ({ keys: keysOf(path), sound }));
  rows.set(properties, made);
  return made;
}

function keysOf(path: string): readonly string[] {
  return path.split(/(?<!\\)\./).map((key) => key.replaceAll("\\.", "."));
}

const notKnown = Symbol("not known");

/** @param depth of the container in the row's keys; @param above where it stands */
function judge(
  container: unknown,
  row: Row,
  depth: number,
  above: string,
  found: (Violation | Doubt)[],
): void {
  const key = row.keys[depth];
  if (typeof container !== "object" || container === null || key === undefined) return;
  const keys = key === "*" ? placesOf(container) : [key];
  for (const one of keys) judgeAt(one, container, row, depth, above, found);
}

/** Of a list by its length: `npm run closed-world` takes who lists the keys of one for somebody who looks at none. */
function placesOf(container: object): readonly string[] {
  return Array.isArray(container) ? [...container.keys()].map(String) : Object.keys(container);
}

function judgeAt(
  key: string,
  container: object,
  row: Row,
  depth: number,
  above: string,
  found: (Violation | Doubt)[],
): void {
  const { keys, sound } = row;
  const isLast = depth === keys.length - 1;
  const value = valueAt(container, key);
  if (value === notKnown) {
    if (isLast && !sound.reference) found.push({ doubt: `${above}${key} is not known yet` });
  } else if (!isLast) {
    judge(value, row, depth + 1, `${above}${key}.`, found);
  } else if (value === undefined || value === null) {
    if (!sound.optional) found.push({ observed: `${above}${key} is not set`, wanted: sound.wanted });
  } else if (sound.doubtful) {
    if (!leadsNowhere(value) && !sound.holds(value))
      found.push({ doubt: `nobody has looked at what its ${above}${key} leads to`, unlooked: true });
  } else if (!sound.holds(value)) {
    found.push({ observed: `${above}${key} is ${show(value)}`, wanted: sound.wanted });
  }
}

/** As providers tell of what is not set. */
function leadsNowhere(value: unknown): boolean {
  return value === false || value === 0 || (Array.isArray(value) && value.length === 0);
}

function valueAt(container: object, key: string): unknown {
  try {
    return Reflect.get(container, key);
  } catch (error) {
    if (isUnknownValue(error) && error.reason === undefined) return notKnown;
    throw error;
  }
}
