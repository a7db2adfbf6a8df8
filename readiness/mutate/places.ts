/** Places in a resource's inputs: found, named and changed, also within text that is JSON. */

export type Path = readonly (string | number)[];

export interface Place {
  readonly path: Path;
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

/** Every place below `value`, whole before parts; a statement is one place. */
export function placesIn(value: unknown, path: Path = []): Place[] {
  const here = path.length > 0 ? [{ path, value }] : [];
  const inner = opened(value);
  if (isStatement(inner)) return here;
  if (Array.isArray(inner)) return [...here, ...inner.flatMap((v, i) => placesIn(v, [...path, i]))];
  if (!isFields(inner)) return here;
  return [...here, ...Object.entries(inner).flatMap(([key, v]) => placesIn(v, [...path, key]))];
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

/** Any element of a list is `*`, so that a path names one place of every resource of the type. */
export function normalised(path: Path): string {
  return path.map((step) => (typeof step === "number" ? "*" : step)).join(".");
}

/** With its indexes. */
export function written(path: Path): string {
  return path.join(".");
}

/** Stands for no value at all: a key that is deleted, an element that is dropped. */
export const nothing = Symbol("nothing");

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
