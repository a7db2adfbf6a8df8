/** The wording of schema errors: what was found, what is allowed, and how to mend it, in one line. */
import { z } from "zod";
import { exact } from "../exact.ts";
import { sameClock } from "../on-call/time-zones.ts";
import { didYouMean } from "../suggest.ts";
import type { Keys } from "./error.ts";
import { isMap, kindsOf, under, written } from "./schema-walk.ts";
import { convert, unitOfKey } from "./units.ts";

type Schema = z.core.$ZodType;

/**
 * Says what is wrong with a value that its schema refused. The text depends on the schema and the value
 * alone: whichever check refused the value, the user is told all that is allowed.
 * @param root schema of the whole config
 * @param config the whole config
 */
export function wordingOf(root: Schema, config: unknown, issue: z.core.$ZodIssue): string {
  const keys = keysOf(issue);
  const key = String(keys.findLast((k) => typeof k === "string") ?? "");
  if (issue.code === "invalid_key") return explainKey(root, keys, key);
  const { schema, value } = at(root, config, keys);
  // Every path of an issue leads to a schema; zod's own words are for the one that one day does not.
  if (!schema) return issue.message;
  return `${found(value)}, must be ${allowed(schema, key)}${remedy(schema, value, key)}`;
}

/** What stands at a place, and the schema that it is held against. */
function at(root: Schema, config: unknown, keys: Keys): { schema: Schema | undefined; value: unknown } {
  let place: { schema: Schema | undefined; value: unknown } = { schema: root, value: config };
  for (const key of keys) {
    place = { schema: under(place.schema, key, place.value), value: Object(place.value)[key] };
  }
  return place;
}

/** Where a schema error is; data that came from JSON has no symbols for keys. */
export function keysOf(issue: z.core.$ZodIssue): Keys {
  return issue.path.filter((key) => typeof key !== "symbol");
}

function explainKey(root: Schema, keys: Keys, key: string): string {
  const record = at(root, undefined, keys.slice(0, -1)).schema;
  const outer = record && written(record);
  const wanted = outer instanceof z.ZodRecord ? allowed(outer.keyType, key) : "another name";
  return `found the key ${JSON.stringify(key)}, must be ${wanted}`;
}

function found(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null || value === "") return "found nothing";
  if (Array.isArray(value)) return value.length ? `found a list of ${value.length}` : "found an empty list";
  if (isMap(value)) return "found a map";
  if (typeof value !== "string") return `found ${value}`;
  return `found ${JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value)}`;
}

/** What the schema takes: its description, or what its type, range and choices say. */
function allowed(schema: Schema, key: string): string {
  const expected = written(schema);
  if (!(expected instanceof z.ZodType)) return "something else";
  if (expected.description !== undefined) return expected.description;
  if (expected instanceof z.ZodNumber) return numberRange(expected, key);
  if (expected instanceof z.ZodBoolean) return "true or false";
  if (expected instanceof z.ZodEnum) return oneOf(expected.options);
  if (expected instanceof z.ZodLiteral) return oneOf([...expected.values], unitOfKey(key));
  if (expected instanceof z.ZodArray) return `a list of one or more, each ${allowed(expected.element, key)}`;
  if (expected instanceof z.ZodDiscriminatedUnion) return `a map with kind: ${kindsOf(expected).join(" | ")}`;
  if (expected instanceof z.ZodObject) return `a map with ${Object.keys(expected.shape).join(", ")}`;
  if (expected instanceof z.ZodRecord) return `a map of names, each ${allowed(expected.valueType, key)}`;
  return "a text that is not empty";
}

function oneOf(choices: readonly unknown[], unit = ""): string {
  return `one of ${choices.map((choice) => JSON.stringify(choice)).join(", ")} ${unit}`.trimEnd();
}

function numberRange(schema: z.ZodNumber, key: string): string {
  const unit = unitOfKey(key);
  const kind = schema instanceof z.ZodNumberFormat ? "a whole number" : "a number";
  const what = unit === "percent" ? "a percentage" : unit ? `${kind} of ${unit}` : kind;
  return `${what} from ${schema.minValue} to ${schema.maxValue}`;
}

/** What to write instead, where that can be told. */
function remedy(schema: Schema, value: unknown, key: string): string {
  const expected = written(schema);
  const accepts = (other: unknown) => z.safeParse(expected, other).success;
  const unit = unitOfKey(key);
  if (typeof value === "number") {
    if (expected instanceof z.ZodString) return "; write it in quotes: YAML reads 17.10 as the number 17.1";
    const percent = exact(value * 100);
    return unit === "percent" && accepts(percent) ? `; write ${percent}` : "";
  }
  if (typeof value !== "string") return "";
  if (expected instanceof z.ZodEnum) {
    const zone = key === "timeZone" ? sameClock(value) : undefined;
    return zone ? `; ${zone} has the same clock` : didYouMean(value, expected.options.map(String));
  }
  const converted = convert(value, key);
  if (converted !== undefined) {
    return accepts(converted)
      ? `; write ${converted}: the key is in ${unit}`
      : `; ${value} is ${Number(converted.toFixed(2))} ${unit}`;
  }
  const plain = plainValue(value);
  return accepts(plain) ? `; write ${plain}, without quotes` : "";
}

/** The boolean or number that a text looks like. */
function plainValue(text: string): boolean | number | undefined {
  if (/^(true|yes|on)$/i.test(text)) return true;
  if (/^(false|no|off)$/i.test(text)) return false;
  return /\d/.test(text) ? Number(text) : undefined;
}
