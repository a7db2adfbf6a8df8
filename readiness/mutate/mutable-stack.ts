/** The stack that mutants are made of. Of one changed resource the others are not made anew: that took most of the time. */
import type { Declaration } from "../../model/declaration.ts";
import { type Resource, Stack } from "../../policies/resource.ts";
import { type Registration, toStack } from "../engine/registration.ts";
import { type Mutant, mutated } from "./mutant.ts";

export class MutableStack {
  readonly #name: string;
  readonly #declared: Declaration | undefined;
  readonly #registrations: ReadonlyMap<string, Registration>;
  readonly #resources: ReadonlyMap<string, Resource>;

  constructor(name: string, registrations: readonly Registration[], declared?: Declaration) {
    this.#name = name;
    this.#declared = declared;
    this.#registrations = new Map(registrations.map((r) => [r.urn, r]));
    this.#resources = new Map(toStack(name, registrations).resources.map((r) => [r.urn, r]));
  }

  /** What `look` sees in the mutant's stack, which is there until it returns. */
  mutated<T>(mutant: Mutant, look: (stack: Stack) => T): T {
    const { before, after } = mutant;
    const resource = after && this.#resources.get(after.urn);
    if (!before || !after || !resource) {
      return look(
        toStack(this.#name, mutated([...this.#registrations.values()], mutant), undefined, this.#declared),
      );
    }
    const original = ownParts(resource);
    try {
      Object.assign(resource, this.#changed(after));
      // A stack of its own: what rules have worked out of one is not true of another.
      return look(new Stack(this.#name, [...this.#resources.values()], undefined, this.#declared));
    } finally {
      Object.assign(resource, original);
    }
  }

  /** What a registration makes of its resource, linked to the resources that are there. */
  #changed(after: Registration): Parts {
    const { dependencies, propertyDependencies } = after;
    const links = new Set([...dependencies, ...Object.values(propertyDependencies).flat()]);
    const linked = [...links].flatMap((urn) => this.#registrations.get(urn) ?? []);
    const { resources } = toStack(this.#name, [...linked, after]);
    const own = ownParts(resources.find(({ urn }) => urn === after.urn) as Resource);
    const there = (r: Resource) => this.#resources.get(r.urn) ?? r;
    return {
      ...own,
      dependencies: own.dependencies.map(there),
      propertyDependencies: Object.fromEntries(
        Object.entries(own.propertyDependencies).map(([key, owners]) => [key, owners.map(there)]),
      ),
    };
  }
}

/** What a mutant may change of a resource. */
type Parts = Pick<Resource, keyof ReturnType<typeof ownParts>>;

function ownParts(resource: Resource) {
  const { props, protect, retainOnDelete, ignoreChanges, deletedWith, dependencies, propertyDependencies } =
    resource;
  return { props, protect, retainOnDelete, ignoreChanges, deletedWith, dependencies, propertyDependencies };
}
