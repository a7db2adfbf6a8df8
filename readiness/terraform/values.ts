/** The properties of one resource, as a Terraform plan tells them in four places. */
import { unknownValue } from "../engine/wire.ts";
import { isDocument, isMap, terraformProperty } from "./names.ts";

export interface Planned {
  /** What is known; what is secret is masked. */
  readonly values: Values;
  /** True in the place of each value that an update will find out. */
  readonly unknown: Values;
  /** True in the place of each secret. */
  readonly sensitive: Values;
  /** Where each value comes from. */
  readonly expressions: Values;
}
export type Values = Readonly<Record<string, unknown>>;

/** What a property is made of, all four at once; absent where there is nothing to tell. */
interface Part {
  readonly value?: unknown;
  readonly unknown?: unknown;
  readonly sensitive?: unknown;
  readonly expression?: unknown;
}

interface Source {
  readonly type: string;
  readonly secrets: ReadonlySet<string>;
  /** Addresses of the resources that flow into the property. */
  readonly references: readonly string[];
}

const mask = "(sensitive value)";

/**
 * @param type Terraform's
 * @param referencesOf the addresses that flow into a property
 */
export function planned(
  type: string,
  props: Values,
  secretPaths: readonly string[],
  referencesOf: (property: string) => readonly string[],
): Planned {
  const secrets = new Set(secretPaths);
  const parts = Object.entries(props).map(([name, value]): [string, Part] => [
    terraformProperty(type, name, value),
    partOf(value, name, name, { type, secrets, references: referencesOf(name) }),
  ]);
  return {
    values: collect(parts, "value"),
    unknown: collect(parts, "unknown"),
    sensitive: collect(parts, "sensitive"),
    expressions: collect(parts, "expression"),
  };
}

function collect(parts: readonly (readonly [string, Part])[], kind: keyof Part): Values {
  return Object.fromEntries(parts.flatMap(([name, part]) => (kind in part ? [[name, part[kind]]] : [])));
}

function partOf(value: unknown, name: string, path: string, source: Source): Part {
  if (source.secrets.has(path)) return { value: mask, sensitive: true, expression: {} };
  if (value === unknownValue) return { unknown: true, expression: expressionOf(source.references) };
  if (typeof value !== "object" || value === null) {
    // What flows into a block flows into one of its values, nobody knows which, unless one is unknown.
    const references = path === name ? source.references : [];
    return { value, expression: references.length > 0 ? { references } : { constant_value: value } };
  }
  if (isDocument(value)) return documentOf(value, path, source);
  if (Array.isArray(value)) return listOf(value, name, path, source);
  if (isMap(name)) return mapOf(value as Values, path, source);
  const block = blockOf(value as Values, path, source);
  // Terraform's blocks are lists, also where there may be but one.
  return Object.fromEntries(Object.entries(block).map(([kind, told]) => [kind, [told]]));
}

function expressionOf(references: readonly string[]): Values {
  return references.length > 0 ? { references } : {};
}

function blockOf(value: Values, path: string, source: Source): Required<Part> {
  const parts = Object.entries(value).map(([name, inner]): [string, Part] => [
    terraformProperty(source.type, name, inner),
    partOf(inner, name, `${path}.${name}`, source),
  ]);
  return {
    value: collect(parts, "value"),
    unknown: collect(parts, "unknown"),
    sensitive: collect(parts, "sensitive"),
    expression: collect(parts, "expression"),
  };
}

/** A list of blocks, or of plain values; an unknown one is null in its place. */
function listOf(value: readonly unknown[], name: string, path: string, source: Source): Part {
  if (value.some((v) => typeof v === "object" && v !== null)) {
    const blocks = value.map((v, i) => blockOf((v ?? {}) as Values, `${path}.${i}`, source));
    return {
      value: blocks.map((b) => b.value),
      unknown: blocks.map((b) => b.unknown),
      sensitive: blocks.map((b) => b.sensitive),
      expression: blocks.map((b) => b.expression),
    };
  }
  const parts = value.map((v, i) => partOf(v, name, `${path}.${i}`, source));
  const some = (kind: "unknown" | "sensitive") =>
    parts.some((p) => p[kind] === true) ? { [kind]: parts.map((p) => p[kind] ?? false) } : {};
  const { references } = source;
  return {
    value: parts.map((p) => p.value ?? null),
    ...some("unknown"),
    ...some("sensitive"),
    expression: references.length > 0 ? { references } : { constant_value: parts.map((p) => p.value) },
  };
}

function mapOf(value: Values, path: string, source: Source): Part {
  const parts = Object.entries(value).map(([key, inner]): [string, Part] => [
    key,
    partOf(inner, key, `${path}.${key}`, source),
  ]);
  const told = collect(parts, "value");
  const { references } = source;
  return {
    value: told,
    unknown: collect(parts, "unknown"),
    sensitive: collect(parts, "sensitive"),
    expression: references.length > 0 ? { references } : { constant_value: told },
  };
}

/**
 * A policy as JSON text. Terraform knows nothing of a text that holds something unknown; here what is known of it is
 * told, with a reference in the place of the rest, since a judge of policies has nothing to judge otherwise.
 */
function documentOf(value: object, path: string, { secrets, references }: Source): Part {
  if ([...secrets].some((secret) => secret.startsWith(`${path}.`))) {
    return { value: mask, sensitive: true, expression: {} };
  }
  const reference = references.map((address) => `\${${address}}`).join(" or ");
  const text = JSON.stringify(value, (_, v: unknown) => (v === unknownValue ? reference : v));
  return { value: text, expression: references.length > 0 ? { references } : { constant_value: text } };
}
