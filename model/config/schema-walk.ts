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

/** The schema of what stands under a key; nothing where the schema does not know the key. */
export function under(schema: Schema | undefined, key: string | number): Schema | undefined {
  const outer = schema && written(schema);
  if (outer instanceof z.ZodObject) return Object.hasOwn(outer.shape, key) ? outer.shape[key] : undefined;
  if (outer instanceof z.ZodArray) return outer.element;
  return outer instanceof z.ZodRecord ? outer.valueType : undefined;
}

export function isMap(value: unknown): value is Readonly<Record<PropertyKey, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
