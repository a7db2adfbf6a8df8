/** Places in a resource's inputs: found, named and changed, also within text that is JSON. */
import { step } from "../../policies/closed-world/paths.ts";

export type Path = readonly (string | number)[];

export interface Place {
  readonly path: Path;
  /** The same for every element and every resource of the type: `rules.*.ports.*`. */
  readonly name: string;
  readonly value: unknown;
}

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A statement of a policy document; its operators know what its parts mean. */
export function isStatement(value: unknown): value is Fields {
  return isFields(value) && (value["Effect"] === "Allow" || value["Effect"] === "Deny");
}

/** Every place in a resource's inputs, whole before parts; a statement is one place. */
export function placesIn(props: object): readonly Place[] {
  return partsOf(props, [], "");
}

function partsOf(value: unknown, path: Path, name: string): Place[] {
  const container = opened(value);
  if (typeof container !== "object" || container === null || isStatement(container)) return [];
  const isList = Array.isArray(container);
  return Object.entries(container).flatMap(([key, part]) => {
    const place = {
      path: [...path, isList ? Number(key) : key],
      name: step(container, name, key),
      value: part,
    };
    return [place, ...partsOf(part, place.path, place.name)];
  });
}

/** What text that is JSON holds; anything else as it is. */
export function opened(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** With its indexes. */
export function written(path: Path): string {
  return path.join(".");
}

/** Stands for no value at all: a key that is deleted, an element that is dropped. */
export const nothing = Symbol("nothing");

/** The operator, a participle, and what comes into the value's place. */
export type Change = readonly [operator: string, value: unknown];

/** A copy with another value, or `nothing`, in one place. */
export function withValue(root: unknown, [step, ...rest]: Path, value: unknown): unknown {
  if (step === undefined) return value;
  const inner = opened(root);
  const changed = change(inner, step, (part) => withValue(part, rest, value));
  return typeof root === "string" ? JSON.stringify(changed) : changed;
}

function change(whole: unknown, step: string | number, edit: (part: unknown) => unknown): unknown {
  if (Array.isArray(whole)) {
    return whole.flatMap((part, i) => {
      if (i !== step) return [part];
      const edited = edit(part);
      return edited === nothing ? [] : [edited];
    });
  }
  const fields = whole as Fields;
  const edited = edit(fields[step]);
  if (edited !== nothing) return { ...fields, [step]: edited };
  const { [step]: _, ...others } = fields;
  return others;
}

/** How often text occurs as a value. */
export function count(value: unknown, text: string): number {
  if (value === text) return 1;
  if (typeof value !== "object" || value === null) return 0;
  return Object.values(value).reduce<number>((sum, part) => sum + count(part, text), 0);
}
