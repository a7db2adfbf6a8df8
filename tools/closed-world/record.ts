/** A stack that remembers what rules read of it. */
import { step } from "../../policies/closed-world/paths.ts";
import { type Resource, type ResourceType, Stack } from "../../policies/resource.ts";

/** What was read of each type: paths of properties, and the properties whose relations were followed. */
export class Reads {
  readonly byType = new Map<string, Set<string>>();
  /** Counts the rules: what a rule does by listing says nothing of the next one. */
  turn = 0;

  note(type: string, path?: string): void {
    const paths = this.byType.get(type) ?? new Set();
    this.byType.set(type, paths);
    if (path !== undefined) paths.add(path);
  }
}

export class RecordedStack extends Stack {
  readonly #reads: Reads;

  constructor(stack: Stack, reads: Reads) {
    super(stack.name, recorded(stack.resources, reads));
    this.#reads = reads;
  }

  override ofType<Props>(type: ResourceType<Props>): readonly Resource<Props>[] {
    this.#reads.note(type.token);
    return super.ofType(type);
  }
}

function recorded(resources: readonly Resource[], reads: Reads): readonly Resource[] {
  const copies = new Map<Resource, Resource>();
  const copiesOf = (linked: readonly Resource[]) => linked.flatMap((r) => copies.get(r) ?? []);
  for (const r of resources) {
    copies.set(r, {
      ...r,
      props: reading(r.props, "", reads, (path) => reads.note(r.type, path)),
      get parent() {
        return r.parent && copies.get(r.parent);
      },
      get provider() {
        return r.provider && copies.get(r.provider as Resource);
      },
      get dependencies() {
        return copiesOf(r.dependencies);
      },
      propertyDependencies: relations(r, copiesOf, (property) => reads.note(r.type, property)),
    });
  }
  return [...copies.values()];
}

function relations(
  { propertyDependencies }: Resource,
  copiesOf: (linked: readonly Resource[]) => readonly Resource[],
  note: (property: string) => void,
): Resource["propertyDependencies"] {
  const properties = Object.entries(propertyDependencies).map(([property, linked]) => [
    property,
    {
      enumerable: true,
      get() {
        note(property);
        return copiesOf(linked);
      },
    },
  ]);
  return Object.defineProperties({}, Object.fromEntries(properties));
}

/**
 * Values that note which of them are read. What a rule reaches by listing all properties of a resource is not noted:
 * who looks at everything looks at nothing in particular.
 */
function reading<T extends object>(values: T, path: string, reads: Reads, note: (path: string) => void): T {
  let listed = -1;
  const told = (below: string) => {
    if (listed !== reads.turn) note(below);
  };
  return new Proxy(values, {
    ownKeys(target) {
      if (path === "") listed = reads.turn;
      return Reflect.ownKeys(target);
    },
    get(target, key) {
      if (typeof key === "symbol" || (Array.isArray(target) && !/^\d+$/.test(key))) {
        return Reflect.get(target, key);
      }
      const below = step(target, path, key);
      let value: unknown;
      try {
        value = Reflect.get(target, key);
      } catch (error) {
        told(below);
        throw error;
      }
      if (typeof value === "object" && value !== null) return reading(value, below, reads, told);
      told(below);
      return value;
    },
  });
}
