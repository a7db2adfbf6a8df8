/** Property values as Pulumi's protocol carries them. */
import "./plain-struct.ts";
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
  const plain = openEach(properties, undefined, secretPaths);
  return { props: deserializeProperties({ toJavaScript: () => plain }, false), secretPaths };
}

/** Where a value stands; a text is made of it for secrets alone. */
interface Place {
  readonly key: string;
  readonly above: Place | undefined;
}

function pathOf(place: Place | undefined): string {
  return place ? [pathOf(place.above), place.key].filter(Boolean).join(".") : "";
}

/** The value itself where nothing in it is special. */
function open(value: WireValue, place: Place | undefined, secretPaths: string[]): WireValue {
  if (Array.isArray(value)) {
    const opened = value.map((v, i) => open(v, { key: String(i), above: place }, secretPaths));
    return opened.every((v, i) => v === value[i]) ? value : opened;
  }
  if (typeof value !== "object" || value === null) return value;
  switch (value[rpc.specialSigKey]) {
    case rpc.specialSecretSig:
      secretPaths.push(pathOf(place));
      return open(value["value"] ?? null, place, secretPaths);
    case rpc.specialOutputValueSig:
      if (value["secret"] === true) secretPaths.push(pathOf(place));
      return open(value["value"] ?? unknownValue, place, secretPaths);
    case rpc.specialResourceSig:
      // A component has no id; the id of a resource that does not exist yet is not known.
      return "id" in value ? value["id"] || unknownValue : (value["urn"] ?? null);
    default:
      return openEach(value, place, secretPaths);
  }
}

function openEach(properties: WireObject, above: Place | undefined, secretPaths: string[]): WireObject {
  let opened: WireObject | undefined;
  for (const [key, value] of Object.entries(properties)) {
    const plain = open(value, { key, above }, secretPaths);
    if (plain === value) continue;
    opened ??= { ...properties };
    opened[key] = plain;
  }
  return opened ?? properties;
}
