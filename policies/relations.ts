/**
 * What a resource's properties mean of the other resources of its stack. Where values are known they are compared with
 * what each resource is known by: a refresh keeps the dependencies that the program once declared, and a literal has
 * none. Where they are not known yet, the dependencies count.
 */
import { isIdentified, isPeculiar, isSaid, leavesOf, namesOf, partsOf } from "./identity.ts";
import type { Resource } from "./resource-data.ts";

type Names = ReadonlyMap<string, readonly Resource[]>;

/** Who is meant by what in one stack; nothing is looked up before it is asked for. */
class Relations {
  readonly #resources: readonly Resource[];
  readonly #found = new Map<Resource, Map<string, readonly Resource[]>>();
  #names: Names | undefined;

  constructor(resources: readonly Resource[]) {
    this.#resources = resources;
  }

  of(resource: Resource, property: string): readonly Resource[] {
    const known = this.#found.get(resource) ?? new Map<string, readonly Resource[]>();
    this.#found.set(resource, known);
    const found = known.get(property) ?? this.#find(resource, property);
    known.set(property, found);
    return found;
  }

  #find(resource: Resource, property: string): readonly Resource[] {
    const declared = declaredFor(resource, property);
    const { texts, open } = leavesOf(() => resource.props[property]);
    const meant = new Set(texts.flatMap((text) => this.meant(text, declared, resource)));
    meant.delete(resource);
    if (declared.length === 0) return [...meant];
    const said = () => ({ whole: new Set(texts), parts: new Set(texts.flatMap(partsOf)) });
    const counting = declared.filter(
      (r) => open || !isIdentified(r) || meant.has(r) || isSaid(r, said(), { alone: true }),
    );
    return [...new Set([...counting, ...meant])];
  }

  /** Whom a text names, or mentions by a name that means the same wherever it stands. */
  meant(text: string, declared: readonly Resource[] = [], by?: Resource): readonly Resource[] {
    this.#names ??= indexed(this.#resources);
    const names = this.#names;
    const whole = names.get(text);
    if (whole) return unambiguous(whole, declared, by);
    return partsOf(text)
      .filter((part) => names.has(part) && isPeculiar(part))
      .flatMap((part) => unambiguous(names.get(part) ?? [], declared, by));
  }
}

function indexed(resources: readonly Resource[]): Names {
  const names = new Map<string, Resource[]>();
  for (const resource of resources) {
    for (const name of new Set(namesOf(resource))) {
      const others = names.get(name);
      if (others) others.push(resource);
      else names.set(name, [resource]);
    }
  }
  return names;
}

/** A name may stand for one resource in each region: what is declared is meant, or what has the same provider. */
function unambiguous(
  named: readonly Resource[],
  declared: readonly Resource[],
  by: Resource | undefined,
): readonly Resource[] {
  if (named.length < 2) return named;
  return [...Map.groupBy(named, (r) => r.type).values()].flatMap((alike) => {
    if (alike.length < 2) return alike;
    const better = [
      alike.filter((r) => declared.includes(r)),
      alike.filter((r) => r.provider?.name === by?.provider?.name),
    ];
    return better.find((some) => some.length > 0) ?? alike;
  });
}

const relations = new WeakMap<Resource, Relations>();

/** Lets the resources of a stack be found by what each other's properties say. */
export function relate(resources: readonly Resource[]): void {
  const all = new Relations(resources);
  for (const resource of resources) relations.set(resource, all);
}

/** What the program says that flows into a property, each once. */
function declaredFor(resource: Resource, property: string): readonly Resource[] {
  return [...new Set(resource.propertyDependencies[property])];
}

/** The resources that a property means: those whose ids, ARNs, names or addresses stand in it, or will. */
export function related(resource: Resource, property: string): readonly Resource[] {
  const all = relations.get(resource);
  return all ? all.of(resource, property) : declaredFor(resource, property);
}

/**
 * The resource of the stack that explains a literal: it is, or holds, what stands for that resource and nothing else.
 * @param declared what flows into the property by the program's word; any known output of theirs explains a literal
 */
export function explains(
  stack: { readonly resources: readonly Resource[] },
  value: unknown,
  declared: readonly Resource[] = [],
): Resource | undefined {
  const { texts } = leavesOf(() => value);
  const [first] = stack.resources;
  const all = first && relations.get(first);
  const meant = texts.filter(isPeculiar).flatMap((text) => all?.meant(text, declared) ?? []);
  if (meant[0] || declared.length === 0) return meant[0];
  const said = { whole: new Set(texts), parts: new Set(texts.flatMap(partsOf)) };
  return declared.find((r) => isSaid(r, said, { alone: false }));
}
