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
  const known = steps.get(path) ?? new Map<string, string>();
  steps.set(path, known);
  const name = Array.isArray(container) ? "*" : key;
  const below = known.get(name) ?? stepFrom(path, name);
  known.set(name, below);
  return below;
}

/** Of the same few paths over and over: by path and key. */
const steps = new Map<string, Map<string, string>>();

function stepFrom(path: string, key: string): string {
  const last = path.slice(path.lastIndexOf(".") + 1);
  const chosen = maps.has(last) || (last === "*" && path.endsWith("Condition.*"));
  const name = chosen ? "*" : key;
  return path === "" ? name : `${path}.${name}`;
}

/** Where a list or map stands; few are ever told of. */
class Place {
  readonly above: Place | undefined;
  readonly key: string;

  constructor(above: Place | undefined, key: string) {
    this.above = above;
    this.key = key;
  }

  get at(): string {
    return this.above ? `${this.above.at}.${this.key}` : this.key;
  }
}

class FoundLeaf extends Place implements Leaf {
  readonly path: string;
  readonly value: unknown;

  constructor(above: Place | undefined, key: string, path: string, value: unknown) {
    super(above, key);
    this.path = path;
    this.value = value;
  }
}

/** Every leaf that a resource declares; nothing is declared where the value is null. */
export function leavesOf(
  props: object,
  where: (path: string, value: unknown) => boolean = () => true,
): readonly Leaf[] {
  const found: Leaf[] = [];
  const visit = (container: object, path: string, place: Place | undefined) => {
    for (const key of Object.keys(container)) {
      const value = valueAt(container, key);
      if (value === null) continue;
      const below = step(container, path, key);
      if (typeof value === "object") visit(value, below, new Place(place, key));
      else if (where(below, value)) found.push(new FoundLeaf(place, key, below, value));
    }
  };
  visit(props, "", undefined);
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
