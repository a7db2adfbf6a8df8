/** A resource as rules see it. */
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
  /** Whether the program reads it and does not make it: another's, whose settings count and whose tags do not. */
  readonly read?: true;
  /** What its deployment has told of it, the `id` among it; absent, or without values, where it is yet to come. */
  readonly outputs?: Readonly<Record<string, unknown>> | undefined;
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
  /** The resources whose outputs flow into each property by the program's word; a rule asks `linked`. */
  readonly propertyDependencies: Readonly<Record<string, readonly Resource[]>>;
  readonly source: SourcePosition | undefined;
  /** What is wrong, or not known, of its deployment; absent before one. */
  readonly flaws?: readonly Flaw[] | undefined;
}

/** What keeps a deployment from being what its state says: a fault, or a doubt. */
export type Flaw = { readonly observed: string; readonly wanted: string } | { readonly doubt: string };

/** The components of this product that read what others made: neither an engine's requests to a pack nor a URN tell. */
const reading = ["Cache", "Database", "Zone"].map((kind) => `readiness:index:Existing${kind}`);

/** @param component the type of what a resource is a child of */
export function isReading(component: string | undefined): boolean {
  return component !== undefined && reading.includes(component);
}
