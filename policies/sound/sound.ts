/**
 * What a property may be, as data: for properties of which one value is as good as another within bounds, and that need
 * no model of what the vendor makes of them. Those that do have rules of their own.
 */
import { show } from "../expect.ts";
import type { Doubt, Violation } from "../rule.ts";
import { whenKnown } from "../unknown-value.ts";

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
  return rowsOf(properties).flatMap(({ keys, sound }) => judge(props, keys, 0, "", sound));
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

const nothing: readonly never[] = [];
const notKnown = Symbol("not known");

/** @param depth of the container in `keys`; @param above where it stands */
function judge(
  container: unknown,
  keys: readonly string[],
  depth: number,
  above: string,
  sound: Sound,
): readonly (Violation | Doubt)[] {
  const key = keys[depth];
  if (typeof container !== "object" || container === null || key === undefined) return nothing;
  if (key !== "*") return judgeAt(key, container, keys, depth, above, sound);
  const places = Array.isArray(container) ? [...container.keys()].map(String) : Object.keys(container);
  return places.flatMap((place) => judgeAt(place, container, keys, depth, above, sound));
}

function judgeAt(
  key: string,
  container: object,
  keys: readonly string[],
  depth: number,
  above: string,
  sound: Sound,
): readonly (Violation | Doubt)[] {
  const isLast = depth === keys.length - 1;
  const value = valueAt(container, key);
  const at = above + key;
  if (value === notKnown) return sound.reference || !isLast ? nothing : [{ doubt: `${at} is not known yet` }];
  if (!isLast) return judge(value, keys, depth + 1, `${at}.`, sound);
  if (value === undefined || value === null) {
    return sound.optional ? nothing : [{ observed: `${at} is not set`, wanted: sound.wanted }];
  }
  if (sound.doubtful) return [{ doubt: `nobody has looked at what its ${at} leads to` }];
  return sound.holds(value) ? nothing : [{ observed: `${at} is ${show(value)}`, wanted: sound.wanted }];
}

function valueAt(container: object, key: string): unknown {
  const found = whenKnown((): { readonly value: unknown } => ({ value: Reflect.get(container, key) }));
  return found ? found.value : notKnown;
}
