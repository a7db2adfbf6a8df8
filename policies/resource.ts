/** What a rule sees of a stack: the same under CrossGuard, the embedded engine and a state file. */
import type { Unwrap } from "@pulumi/pulumi";
import type { SourcePosition } from "../model/finding.ts";

/**
 * A declared or deployed resource. Reading a property whose value is not known yet throws
 * `UnknownValueError`; secrets are opened, so a rule never puts a value into a message that may be one.
 */
export interface Resource<Props = Readonly<Record<string, unknown>>> {
  readonly urn: string;
  /** Type token, such as `aws:rds/instance:Instance`. */
  readonly type: string;
  readonly name: string;
  readonly props: Props;
  readonly parent: Resource | undefined;
  /** The engine refuses to delete it. */
  readonly protect: boolean;
  /** Deleting it from the stack leaves it where it is; undefined where the engine does not tell. */
  readonly retainOnDelete: boolean | undefined;
  /** Properties whose changes the engine passes over: what is declared there need not be what is deployed. */
  readonly ignoreChanges: readonly string[];
  /** URN of the resource with which the engine takes it for deleted, where the engine tells. */
  readonly deletedWith: string | undefined;
  /** Outputs that are encrypted in state although their provider does not say so. */
  readonly additionalSecretOutputs: readonly string[];
  /** The explicit or default provider, where known. */
  readonly provider: { readonly name: string; readonly props: Readonly<Record<string, unknown>> } | undefined;
  readonly dependencies: readonly Resource[];
  /** The resources whose outputs flow into each property. */
  readonly propertyDependencies: Readonly<Record<string, readonly Resource[]>>;
  readonly source: SourcePosition | undefined;
}

/** All resources of a stack, indexed once. */
export class Stack {
  readonly name: string;
  readonly resources: readonly Resource[];
  readonly #byType: ReadonlyMap<string, readonly Resource[]>;
  /** By type and property, then by the URN of what flows into it; made when first asked for. */
  readonly #attached = new Map<string, ReadonlyMap<string, readonly Resource[]>>();

  constructor(name: string, resources: readonly Resource[]) {
    this.name = name;
    this.resources = resources;
    this.#byType = Map.groupBy(resources, (r) => r.type);
  }

  /** The resources of one type, in the order of their declaration. */
  ofType<Props>(type: ResourceType<Props>): readonly Resource<Props>[] {
    return (this.#byType.get(type.token) ?? []) as readonly Resource<Props>[];
  }

  /** The resources of a type whose `property` takes an output of `owner`. */
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
      for (const owner of new Set(resource.propertyDependencies[property])) {
        const attached = index.get(owner.urn);
        if (attached) attached.push(resource);
        else index.set(owner.urn, [resource]);
      }
    }
    return index;
  }
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

/** The resources that flow into `property`, of one type. */
export function linked<Props>(
  resource: Resource,
  property: string,
  type: ResourceType<Props>,
): readonly Resource<Props>[] {
  return (resource.propertyDependencies[property] ?? []).filter(
    (r) => r.type === type.token,
  ) as readonly Resource<Props>[];
}
