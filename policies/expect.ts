/**
 * The comparisons that rules are made of. Each gives a violation, or nothing where the value is as wanted, and
 * throws where the value is not known yet, which makes the rule's outcome `unknown`.
 */
import type { Violation } from "./rule.ts";

type Props = object;

/** Reads `a.b.0.c`; anything missing on the way gives undefined. */
function read(props: Props, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined | null)?.[key], props);
}

function violation(path: string, value: unknown, wanted: string, unit = ""): Violation {
  return { observed: `${path} is ${show(value, unit)}`, wanted };
}

/** A value as it stands in a message; absence is named. */
export function show(value: unknown, unit = ""): string {
  if (value === undefined || value === null) return "not set";
  if (Array.isArray(value)) return value.length === 0 ? "empty" : value.map((v) => show(v)).join(", ");
  if (typeof value === "object") return "an object";
  return unit ? `${value} ${value === 1 ? unit.replace(/s$/, "") : unit}` : String(value);
}

/** The value equals `wanted`. Not for properties that may be secret. */
export function equals(props: Props, path: string, wanted: string | number | boolean): Violation | undefined {
  const value = read(props, path);
  return value === wanted ? undefined : violation(path, value, String(wanted));
}

/** The value, where it is said, equals `wanted`: what the vendor does by itself is as good. */
export function unlessSaid(
  props: Props,
  path: string,
  wanted: string | number | boolean,
): Violation | undefined {
  const value = read(props, path);
  return value === undefined || value === null ? undefined : equals(props, path, wanted);
}

/** The value is one of `wanted`. Not for properties that may be secret. */
export function oneOf(
  props: Props,
  path: string,
  wanted: readonly (string | number)[],
): Violation | undefined {
  const value = read(props, path);
  return wanted.includes(value as string) ? undefined : violation(path, value, wanted.join(" or "));
}

/** The value is a number of at least `floor`. */
export function atLeast(props: Props, path: string, floor: number, unit = ""): Violation | undefined {
  const value = read(props, path);
  return typeof value === "number" && value >= floor ? undefined : violation(path, value, `≥ ${floor}`, unit);
}

/** The value is a number of at most `ceiling`. */
export function atMost(props: Props, path: string, ceiling: number, unit = ""): Violation | undefined {
  const value = read(props, path);
  return typeof value === "number" && value <= ceiling
    ? undefined
    : violation(path, value, `≤ ${ceiling}`, unit);
}

/**
 * The value is there and not empty; the message never shows it. Where another resource's output is wanted,
 * whose value is not known yet, ask `linked` for that resource instead.
 */
export function present(props: Props, path: string): Violation | undefined {
  return isEmpty(read(props, path)) ? { observed: `${path} is not set`, wanted: "set" } : undefined;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === "string") return value.trim() === "";
  return typeof value === "object" && Object.keys(value).length === 0;
}

/** All violations of several comparisons. */
export function all(
  ...results: readonly (Violation | readonly Violation[] | undefined)[]
): readonly Violation[] {
  return results.flatMap((r) => (r === undefined ? [] : Array.isArray(r) ? r : [r as Violation]));
}
