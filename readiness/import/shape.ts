/** From what a vendor's interface answers to what its Pulumi provider takes: names, and nothing that is not there. */
import type { Entry } from "./read.ts";

/** Something that is in the account. */
export interface Imported {
  /** Pulumi's type. */
  readonly type: string;
  readonly id: string;
  /** For people; ids tell one from another. */
  readonly name: string;
  readonly inputs: Entry;
}

/** Without what the vendor says nothing of. */
export function said(values: Entry): Entry {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== null),
  );
}

/** `renotify_interval` to `renotifyInterval`, at every depth; keys of maps that are data stay. */
export function camel(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camel);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null)
      .map(([key, inner]) => [camelKey(key), camel(inner)]),
  );
}

export function camelKey(key: string): string {
  return key.replaceAll(/_+(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** Some values of an entry, with the provider's names. */
export function pick(entry: Entry, ...keys: readonly string[]): Entry {
  return said(Object.fromEntries(keys.map((key) => [camelKey(key), camel(entry[key])])));
}

export function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

export function entries(value: unknown): readonly Entry[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "object" && one !== null) : [];
}

/** `phone_contact_method_reference` points to a `phone_contact_method`. */
export function kindOf(type: unknown): string {
  return text(type).replace(/_reference$/, "");
}
