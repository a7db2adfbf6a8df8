/** What the embedded engine learns of one resource, and how a stack's rules see it. */
import type { Declaration } from "../../model/declaration.ts";
import type { SourcePosition } from "../../model/finding.ts";
import { readable } from "../../policies/readable.ts";
import { type Flaw, type Resource, Stack, toldOf } from "../../policies/resource.ts";
import { UnreadError } from "../../policies/unknown-value.ts";

type Urn = string;

/** One resource as the program declared it. */
export interface Registration {
  /** Type token, such as `aws:rds/instance:Instance`. */
  readonly type: string;
  readonly name: string;
  readonly urn: Urn;
  readonly parent: Urn | undefined;
  /** Whether a provider manages it; components and the stack itself are not custom. */
  readonly custom: boolean;
  /** Whether the program reads it and does not make it. */
  readonly read?: true;
  /**
   * The declared inputs. Secrets are opened; a value that is not known before deployment is the sentinel string
   * of Pulumi's protocol.
   */
  readonly props: Readonly<Record<string, unknown>>;
  /** What its deployment, or what was asked of it, has told of it, the `id` among it; absent before one. */
  readonly outputs?: Readonly<Record<string, unknown>> | undefined;
  /** Paths into `props` whose values are secret, such as `password` or `tags.token`. */
  readonly secretPaths: readonly string[];
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  /** Properties whose changes the engine passes over. */
  readonly ignoreChanges: readonly string[];
  /** The resource with which the engine takes it for deleted. */
  readonly deletedWith: Urn | undefined;
  readonly additionalSecretOutputs: readonly string[];
  /** The explicit or default provider of a custom resource. */
  readonly provider: Urn | undefined;
  readonly dependencies: readonly Urn[];
  /** The resources whose outputs flow into each property. */
  readonly propertyDependencies: Readonly<Record<string, readonly Urn[]>>;
  /** Where the program declares it; absent for what the engine adds by itself. */
  readonly source: SourcePosition | undefined;
  /** What is wrong, or not known, of its deployment; absent before one. */
  readonly flaws?: readonly Flaw[] | undefined;
}

/**
 * The stack that rules look at. A link to a resource that is not among the registrations is left out.
 * @param flaws of its deployment, beside those of these resources; absent before one
 * @param declared what its config says of its tier and its parts
 */
export function toStack(
  name: string,
  registrations: readonly Registration[],
  flaws?: readonly Flaw[],
  declared?: Declaration,
): Stack {
  const resources = new Map<Urn, Writable<Resource>>();
  for (const r of registrations) {
    resources.set(r.urn, {
      urn: r.urn,
      type: r.type,
      name: r.name,
      // What an account has answered is the whole of a resource.
      props: r.read ? (r.outputs ? readable(toldOf(r.props)) : unreadBut(r.props)) : readable(r.props),
      ...(r.read && { read: true }),
      get outputs() {
        return r.read && r.outputs ? readable(toldOf(r.outputs)) : r.outputs;
      },
      parent: undefined,
      protect: r.protect,
      retainOnDelete: r.retainOnDelete,
      ignoreChanges: r.ignoreChanges,
      deletedWith: r.deletedWith,
      additionalSecretOutputs: r.additionalSecretOutputs,
      provider: undefined,
      dependencies: [],
      propertyDependencies: {},
      source: r.source,
      flaws: r.flaws,
    });
  }
  const known = (urns: readonly Urn[]) => urns.flatMap((urn) => resources.get(urn) ?? []);
  for (const r of registrations) {
    const resource = resources.get(r.urn);
    if (!resource) continue;
    resource.parent = resources.get(r.parent ?? "");
    resource.provider = resources.get(r.provider ?? "");
    resource.dependencies = known(r.dependencies);
    resource.propertyDependencies = Object.fromEntries(
      Object.entries(r.propertyDependencies).map(([property, urns]) => [property, known(urns)]),
    );
  }
  return new Stack(name, [...resources.values()], flaws, declared);
}

/** What the program reads only the cloud knows, but for what is told here. */
function unreadBut(told: Registration["props"]): Registration["props"] {
  return new Proxy(told, {
    get(target, key) {
      if (typeof key === "symbol" || Object.hasOwn(target, key)) return Reflect.get(target, key);
      throw new UnreadError(key);
    },
    has: () => true,
  });
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };
