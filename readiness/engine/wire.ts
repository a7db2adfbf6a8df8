/** Property values as Pulumi's protocol carries them. */
import type { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import { deserializeProperties, runtime as rpc, Struct as StructMessage } from "./sdk.ts";

/** Stands for a value that is not known before deployment. */
export const unknownValue: string = rpc.unknownValue;

export type WireValue = null | boolean | number | string | WireValue[] | WireObject;
export interface WireObject {
  [key: string]: WireValue;
}

/** The properties of a message; an absent struct has none. */
export function fromStruct(struct: Struct | undefined): WireObject {
  return (struct?.toJavaScript() ?? {}) as WireObject;
}

export function toStruct(properties: WireObject): Struct {
  return StructMessage.fromJavaScript(properties);
}

export function secret(value: WireValue): WireValue {
  return { [rpc.specialSigKey]: rpc.specialSecretSig, value };
}

export interface PlainProperties {
  readonly props: Record<string, unknown>;
  /** Paths such as `tags.token`, in the order of the properties. */
  readonly secretPaths: readonly string[];
}

/** Properties as CrossGuard hands them to a policy: secrets opened, resources by their ids, unknowns as sentinels. */
export function plainProperties(properties: WireObject): PlainProperties {
  const secretPaths: string[] = [];
  const plain = openEach(properties, [], secretPaths);
  return { props: deserializeProperties({ toJavaScript: () => plain }, false), secretPaths };
}

function open(value: WireValue, path: readonly string[], secretPaths: string[]): WireValue {
  if (Array.isArray(value)) return value.map((v, i) => open(v, [...path, String(i)], secretPaths));
  if (typeof value !== "object" || value === null) return value;
  switch (value[rpc.specialSigKey]) {
    case rpc.specialSecretSig:
      secretPaths.push(path.join("."));
      return open(value["value"] ?? null, path, secretPaths);
    case rpc.specialOutputValueSig:
      if (value["secret"] === true) secretPaths.push(path.join("."));
      return open(value["value"] ?? unknownValue, path, secretPaths);
    case rpc.specialResourceSig:
      // A component has no id; the id of a resource that does not exist yet is not known.
      return "id" in value ? value["id"] || unknownValue : (value["urn"] ?? null);
    default:
      return openEach(value, path, secretPaths);
  }
}

function openEach(properties: WireObject, path: readonly string[], secretPaths: string[]): WireObject {
  return Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [key, open(value, [...path, key], secretPaths)]),
  );
}
