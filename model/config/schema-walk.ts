/** Finding one's way in a zod schema: error messages need the schema that a value was held against. */
import { z } from "zod";

type Schema = z.core.$ZodType;

/** The schema that users write for: without its defaults and its optionality. */
export function written(schema: Schema): Schema {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return written(schema.unwrap());
  }
  return schema;
}

/**
 * The schema of what stands under a key; nothing where the schema does not know the key.
 * @param value what stands where `schema` is, which tells the kind of a part
 */
export function under(schema: Schema | undefined, key: string | number, value: unknown): Schema | undefined {
  const outer = schema && chosen(written(schema), value);
  if (outer instanceof z.ZodDiscriminatedUnion) return key === "kind" ? z.enum(kindsOf(outer)) : undefined;
  if (outer instanceof z.ZodObject) return Object.hasOwn(outer.shape, key) ? outer.shape[key] : undefined;
  if (outer instanceof z.ZodArray) return outer.element;
  return outer instanceof z.ZodRecord ? outer.valueType : undefined;
}

/** Of a part with several kinds the schema of the one that is written; the part's own where none is, or an unknown one. */
export function chosen(schema: Schema, value: unknown): Schema {
  if (!(schema instanceof z.ZodDiscriminatedUnion)) return schema;
  const kind = isMap(value) ? value["kind"] : undefined;
  return schema.options.find((option) => kindOf(option) === kind) ?? schema;
}

/** The kinds of a part. */
export function kindsOf(schema: z.ZodDiscriminatedUnion): string[] {
  return schema.options.map(kindOf);
}

function kindOf(option: Schema): string {
  const kind = option instanceof z.ZodObject ? option.shape["kind"] : undefined;
  return kind instanceof z.ZodLiteral ? String(kind.value) : "";
}

export function isMap(value: unknown): value is Readonly<Record<PropertyKey, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
