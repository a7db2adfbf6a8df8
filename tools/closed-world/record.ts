/** A stack that remembers what rules read of it. */
import { step } from "../../policies/closed-world/paths.ts";
import { explains } from "../../policies/relations.ts";
import { type Resource, type ResourceType, Stack } from "../../policies/resource.ts";

/** What was read of each type: paths of properties, and the properties whose relations were followed. */
export class Reads {
  readonly byType = new Map<string, Set<string>>();
  /** Counts the rules: what a rule does by listing says nothing of the next one. */
  turn = 0;
  /** While it is set, nothing is noted. */
  quiet = false;

  note(type: string, path?: string): void {
    if (this.quiet) return;
    const paths = this.byType.get(type) ?? new Set();
    this.byType.set(type, paths);
    if (path !== undefined) paths.add(path);
  }
}

export class RecordedStack extends Stack {
  readonly #reads: Reads;

  constructor(stack: Stack, reads: Reads) {
    super(stack.name, recorded(stack.resources, reads), stack.flaws, stack.declared);
    this.#reads = reads;
    // Whoever looks for a name goes through the names of all resources, whatever they are.
    reads.quiet = true;
    explains(this, "any-name");
    reads.quiet = false;
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
      get propertyDependencies() {
        return Object.fromEntries(
          Object.entries(r.propertyDependencies).map(([property, to]) => [property, copiesOf(to)]),
        );
      },
    });
  }
  return [...copies.values()];
}

/**
 * Values that note which of them are read. What is reached by listing all properties, or the places of a list, is not
 * noted: who looks at everything looks at nothing in particular. What is not known yet is, below the properties: whoever follows a
 * relation lists what it may be.
 */
function reading<T extends object>(values: T, path: string, reads: Reads, note: Note): T {
  let listed = -1;
  const told: Note = (below, known) => {
    if (listed !== reads.turn || (!known && path !== "")) note(below, known);
  };
  return new Proxy(values, {
    ownKeys(target) {
      if (path === "" || Array.isArray(target)) listed = reads.turn;
      return Reflect.ownKeys(target);
    },
    has(target, key) {
      if (typeof key === "string" && !Array.isArray(target)) told(step(target, path, key), true);
      return Reflect.has(target, key);
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
        told(below, false);
        throw error;
      }
      if (typeof value === "object" && value !== null) return reading(value, below, reads, told);
      // A place beyond the end of a list says nothing of what stands in the list.
      if (value !== undefined || !Array.isArray(target)) told(below, true);
      return value;
    },
  });
}

/** @param known whether the value was known; what is not there is known not to be */
type Note = (path: string, known: boolean) => void;
