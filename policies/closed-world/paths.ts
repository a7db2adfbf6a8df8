/** The paths of what a resource declares: the same for the stack that is judged and for the table of what rules read. */
import { isUnknownValue } from "../unknown-value.ts";

/** Properties that are maps whose keys people choose, not the provider; in a path each key of theirs is `*`. */
const maps: ReadonlySet<string> = new Set(["tags", "defaultTags", "Condition", "requestHeaders"]);

/** A declared value that is neither a list nor a map. */
export interface Leaf {
  /** Where it stands, for people: `rules.0.targets.1.id`. */
  readonly at: string;
  /** The same for every element and every resource of the type: `rules.*.targets.*.id`. */
  readonly path: string;
  /** Undefined where it is only known during the deployment, or closed. */
  readonly value: unknown;
}

/** One step further down: the key as it stands in a path. */
export function step(container: object, path: string, key: string): string {
  const last = path.slice(path.lastIndexOf(".") + 1);
  const chosen = Array.isArray(container) || maps.has(last) || (last === "*" && path.endsWith("Condition.*"));
  const name = chosen ? "*" : key;
  return path === "" ? name : `${path}.${name}`;
}

/** Every leaf that a resource declares; nothing is declared where the value is null. */
export function leavesOf(props: object): readonly Leaf[] {
  const found: Leaf[] = [];
  const visit = (container: object, path: string, at: string) => {
    for (const key of Object.keys(container)) {
      const [below, place] = [step(container, path, key), at === "" ? key : `${at}.${key}`];
      const value = valueAt(container, key);
      if (value === null) continue;
      if (typeof value === "object") visit(value, below, place);
      else found.push({ path: below, at: place, value });
    }
  };
  visit(props, "", "");
  return found;
}

function valueAt(container: object, key: string): unknown {
  try {
    return Reflect.get(container, key) ?? null;
  } catch (error) {
    if (isUnknownValue(error)) return undefined;
    throw error;
  }
}
