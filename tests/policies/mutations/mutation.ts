/** A change of a declared resource that must flip exactly one rule of the pack, or exactly those that it names. */
import type { Registration } from "../../../readiness/engine/registration.ts";

export interface Mutation {
  /** Id of the rule that must fail. */
  readonly rule: string;
  /** Ids of rules whose promise the same change breaks as well; none where absent. */
  readonly also?: readonly string[];
  /** What is broken, such as `backups kept for no day`. */
  readonly title: string;
  /** The stack that is broken; `prod` where absent. */
  readonly stack?: "prod" | "staging";
  /** Title of a variant of tools/closed-world/stacks.ts that is broken instead, for rules of parts that the fixtures lack. */
  readonly variant?: string;
  /** Sees every registration of the program; gives another one in its place, or nothing to leave it out. */
  readonly change: Change;
}

export type Change = (registration: Registration) => Registration | undefined;

/** Which registrations: all of a type, or only those of this name (the resource's own, or a pattern). */
export type Selector = string | { readonly type: string; readonly name: string | RegExp };

/** Applies changes, in order, to the selected registrations; the others stay as they are. */
export function on(selector: Selector, ...changes: readonly Change[]): Change {
  return (registration) =>
    selects(selector, registration)
      ? changes.reduce<Registration | undefined>((r, change) => r && change(r), registration)
      : registration;
}

/** Leaves the selected registrations out. */
export function drop(selector: Selector): Change {
  return on(selector, () => undefined);
}

/** Sets an input at a path such as `tags.owner` or `rules.0.priority`. */
export function set(path: string, value: unknown): Change {
  return (r) => ({ ...r, props: write(r.props, path.split("."), value) as Registration["props"] });
}

/** Takes the input at a path away. */
export function unset(path: string): Change {
  return set(path, undefined);
}

function selects(selector: Selector, { type, name }: Registration): boolean {
  if (typeof selector === "string") return type === selector;
  if (type !== selector.type) return false;
  return typeof selector.name === "string" ? name === selector.name : selector.name.test(name);
}

/** A copy of `value` with the leaf at `path` replaced; `undefined` takes it away. */
function write(value: unknown, [key, ...rest]: readonly string[], leaf: unknown): unknown {
  if (key === undefined) return leaf;
  if (Array.isArray(value)) {
    const copy: unknown[] = [...value];
    const written = write(copy[Number(key)], rest, leaf);
    copy.splice(Number(key), 1, ...(written === undefined ? [] : [written]));
    return copy;
  }
  const { [key]: old, ...others } = (value ?? {}) as Record<string, unknown>;
  const written = write(old, rest, leaf);
  return written === undefined ? others : { ...others, [key]: written };
}
