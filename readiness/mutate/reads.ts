/** What a rule reads of a stack: where nothing of that has changed, its findings have not either. */
import type { Resource, ResourceType } from "../../policies/resource.ts";
import { Stack } from "../../policies/resource.ts";
import type { Registration } from "../engine/registration.ts";
import type { Mutant } from "./mutant.ts";
import { isFields } from "./places.ts";

/** Keys of what was read: a URN with a part of the resource, or a type whose members were listed. */
export type Reads = ReadonlySet<string>;

const everything = "*";
const part = (urn: string, name: string, key = everything) => `${urn} ${name} ${key}`;
const members = (type: string) => `members ${type}`;

/** A stack like another, which notes what is read of it. */
export function recording(stack: Stack): { readonly stack: Stack; readonly reads: Reads } {
  const reads = new Set<string>();
  const recorders = new Map<string, Resource>();
  const recorder = (r: Resource): Resource => recorders.get(r.urn) ?? r;
  for (const r of stack.resources) recorders.set(r.urn, recordingResource(r, reads, recorder));
  const all = new Proxy([...recorders.values()], {
    get: (target, key, receiver) => {
      reads.add(members(everything));
      return Reflect.get(target, key, receiver);
    },
  });
  const recorded = new RecordingStack(stack, all, reads);
  // The stack has looked at its resources itself.
  reads.clear();
  return { stack: recorded, reads };
}

class RecordingStack extends Stack {
  readonly #reads: Set<string>;

  constructor({ name, flaws, declared }: Stack, resources: readonly Resource[], reads: Set<string>) {
    super(name, resources, flaws, declared);
    this.#reads = reads;
  }

  override ofType<Props>(type: ResourceType<Props>): readonly Resource<Props>[] {
    this.#reads.add(members(type.token));
    return super.ofType(type);
  }

  override attached<Props>(
    type: ResourceType<Props>,
    property: string,
    owner: Resource<unknown>,
  ): readonly Resource<Props>[] {
    this.#reads.add(members(type.token));
    return super.attached(type, property, owner);
  }
}

function recordingResource(r: Resource, reads: Set<string>, of: (r: Resource) => Resource): Resource {
  const { urn } = r;
  const read = (name: string, key?: string) => {
    reads.add(urn);
    reads.add(part(urn, name, key));
  };
  return {
    urn,
    type: r.type,
    name: r.name,
    props: recordingFields(r.props, (key) => read("props", key)),
    get parent() {
      read("parent");
      return r.parent && of(r.parent);
    },
    get protect() {
      read("protect");
      return r.protect;
    },
    get retainOnDelete() {
      read("retainOnDelete");
      return r.retainOnDelete;
    },
    get ignoreChanges() {
      read("ignoreChanges");
      return r.ignoreChanges;
    },
    get deletedWith() {
      read("deletedWith");
      return r.deletedWith;
    },
    get additionalSecretOutputs() {
      read("additionalSecretOutputs");
      return r.additionalSecretOutputs;
    },
    get provider() {
      read("provider");
      return r.provider && of(r.provider as Resource);
    },
    get dependencies() {
      read("dependencies");
      return r.dependencies.map(of);
    },
    propertyDependencies: recordingFields(
      r.propertyDependencies,
      (key) => read("propertyDependencies", key),
      (owners) => owners?.map(of),
    ),
    source: r.source,
  };
}

/** Notes each key that is asked for; `*` where it is asked which keys there are. */
function recordingFields<T extends object>(
  fields: T,
  note: (key: string) => void,
  give = (value: T[keyof T]): unknown => value,
): T {
  return new Proxy(fields, {
    get: (target, key) => {
      if (typeof key === "string") note(key);
      return give(Reflect.get(target, key));
    },
    has: (target, key) => {
      note(String(key));
      return Reflect.has(target, key);
    },
    ownKeys: (target) => {
      note(everything);
      return Reflect.ownKeys(target);
    },
  });
}

/** What of a stack is another in the mutant, as `Reads` has it. */
export function changedBy(
  { before, after }: Change,
  registrations: readonly Registration[],
): readonly string[] {
  const { type, urn } = (before ?? after) as Registration;
  if (before && after) return changedParts(before, after);
  const listed = [members(type), members(everything)];
  return before ? [...listed, urn, ...registrations.flatMap((r) => linksTo(urn, r))] : listed;
}

type Change = Pick<Mutant, "before" | "after">;

function changedParts(before: Registration, after: Registration): readonly string[] {
  const names = Object.keys(after) as (keyof Registration)[];
  return names
    .filter((name) => before[name] !== after[name])
    .flatMap((name) => [
      part(after.urn, name),
      ...changedKeys(before[name], after[name]).map((key) => part(after.urn, name, key)),
    ]);
}

function changedKeys(before: unknown, after: unknown): readonly string[] {
  if (!isFields(before) || !isFields(after)) return [];
  return Object.keys({ ...before, ...after }).filter((key) => before[key] !== after[key]);
}

function linksTo(urn: string, r: Registration): readonly string[] {
  const properties = Object.keys(r.propertyDependencies).filter((key) =>
    r.propertyDependencies[key]?.includes(urn),
  );
  return [
    ...(r.parent === urn ? [part(r.urn, "parent")] : []),
    ...(r.provider === urn ? [part(r.urn, "provider")] : []),
    ...(r.dependencies.includes(urn) ? [part(r.urn, "dependencies")] : []),
    ...properties.flatMap((key) => [
      part(r.urn, "propertyDependencies", key),
      part(r.urn, "propertyDependencies"),
    ]),
  ];
}
