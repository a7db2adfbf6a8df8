/** What a rule sees of a stack: the same under CrossGuard, the embedded engine and a state file. */
import type { Unwrap } from "@pulumi/pulumi";
import { type Declaration, undeclared } from "../model/declaration.ts";
import { relate, related } from "./relations.ts";
import type { Flaw, Resource } from "./resource-data.ts";
import { UnreadError } from "./unknown-value.ts";

export type { Flaw, Resource } from "./resource-data.ts";

/** Who may what by another program's roles is for that program; of those that are read it counts what they lead to. */
const othersOwn = "aws:iam/role:Role";

/** All resources of a stack, indexed once. */
export class Stack {
  readonly name: string;
  readonly resources: readonly Resource[];
  /** What another program made, and this one reads. */
  readonly read: readonly Resource[];
  /** What is wrong, or not known, of its deployment beside these resources; absent before one. */
  readonly flaws: readonly Flaw[] | undefined;
  /** What its config says of its tier and its parts. */
  readonly declared: Declaration;
  readonly #byType: ReadonlyMap<string, readonly Resource[]>;
  /** By type and property, then by the URN of what it means; made when first asked for. */
  readonly #attached = new Map<string, ReadonlyMap<string, readonly Resource[]>>();

  constructor(
    name: string,
    resources: readonly Resource[],
    flaws?: readonly Flaw[],
    declared: Declaration = undeclared,
  ) {
    this.name = name;
    this.read = resources.filter(({ read }) => read);
    this.resources = this.read.length > 0 ? resources.filter(({ read }) => !read) : resources;
    this.flaws = flaws;
    this.declared = declared;
    this.#byType = Map.groupBy(
      resources.filter(({ read, type }) => !(read && type === othersOwn)),
      (r) => presentType(r.type),
    );
    relate(resources);
  }

  /** The resources of one type, in the order of their declaration. */
  ofType<Props>(type: ResourceType<Props>): readonly Resource<Props>[] {
    return (this.#byType.get(type.token) ?? []) as readonly Resource<Props>[];
  }

  /** The resources of a type whose `property` means `owner`. */
  attached<Props>(
    type: ResourceType<Props>,
    property: string,
    owner: Resource<unknown>,
  ): readonly Resource<Props>[] {
    const key = `${type.token}.${property}`;
    const index = this.#attached.get(key) ?? this.#indexAttached(type, property);
    this.#attached.set(key, index);
    return (index.get(owner.urn) ?? []) as readonly Resource<Props>[];
  }

  #indexAttached(type: ResourceType<unknown>, property: string): ReadonlyMap<string, readonly Resource[]> {
    const index = new Map<string, Resource[]>();
    for (const resource of this.#byType.get(type.token) ?? []) {
      for (const owner of related(resource, property)) {
        const attached = index.get(owner.urn);
        if (attached) attached.push(resource);
        else index.set(owner.urn, [resource]);
      }
    }
    return index;
  }
}

/** Whether it is a component of this project's, declared in its own language or, through the provider, in another. */
export function isComponent({ type }: { readonly type: string }): boolean {
  return /^(production-)?readiness:/.test(type);
}

/** What a provider of before called V2: the same resource, with the same properties. */
export function presentType(type: string): string {
  return type.endsWith("V2") ? type.replace(/^(aws:s3\/\w+)V2:(\w+)V2$/, "$1:$2") : type;
}

/** A type token that carries the shape of the resource's inputs. */
export interface ResourceType<Props> {
  readonly token: string;
  /** Never set; it makes the type parameter count. */
  readonly props?: Props;
}

/** Names a resource type together with the shape of its inputs: `resourceType<aws.rds.InstanceArgs>("aws:rds/instance:Instance")`. */
export function resourceType<Args>(token: string): ResourceType<Unwrap<Args>> {
  return { token };
}

/** The resources of one type that `property` means: by value where it is known, by dependency where it is not. */
export function linked<Props>(
  resource: Resource,
  property: string,
  type: ResourceType<Props>,
): readonly Resource<Props>[] {
  const found = related(resource, property).filter((r) => presentType(r.type) === type.token);
  // What another program's resource means is that program's as well.
  if (resource.read && found.length < leastMeant(resource.props[property])) throw new UnreadError(property);
  return found as readonly Resource<Props>[];
}

/** How many a property of what is read means at least: none where it is not set, and each that a list names. */
function leastMeant(value: unknown): number {
  if (value === undefined || value === null) return 0;
  if (!Array.isArray(value)) return 1;
  return value.every((one) => typeof one === "string") ? new Set(value).size : Math.min(value.length, 1);
}

/** What a provider has told of a resource, without the empty texts that it tells of what is not set. */
export function toldOf<T extends object>(answer: T): T {
  const told = Array.isArray(answer) ? [] : {};
  for (const [key, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(answer))) {
    const { value } = descriptor;
    if (value === "" && !Array.isArray(answer)) continue;
    const whole =
      typeof value === "object" && value !== null ? { ...descriptor, value: toldOf(value) } : descriptor;
    if (key !== "length") Object.defineProperty(told, key, whole);
  }
  return told as T;
}
