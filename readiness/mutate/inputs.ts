/** Inputs that a program might add, as permissive as their SDK's types allow. */
import { foreignReference } from "./foreign.ts";
import type { Change } from "./places.ts";
import type { Field, Fields, Shape } from "./sdk/fields.ts";

/** How far optional parts are filled in: some types nest themselves. */
const depths = 3;

/**
 * What an input that is not declared might be set to, other than what its absence stands for: false and 0, where the
 * SDK documents nothing else.
 */
export function additions(field: Field, fields: Fields): Change[] {
  const { shape, standard, name } = field;
  switch (shape?.kind) {
    case "boolean":
      return standard === "true" ? [["set to false", false]] : [["set to true", true]];
    case "number":
      return [
        ...(standard === undefined || standard === "0" ? [] : [["set to 0", 0] as const]),
        ["set to 1000000000", 1_000_000_000],
      ];
    default: {
      const value = sample(shape, name, fields);
      return value === undefined || value === standard ? [] : [["set", value]];
    }
  }
}

/** The inputs that a resource of the type cannot do without. */
export function requiredInputs(fields: Fields): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    fields.top
      .filter(({ required }) => required)
      .map(({ name, shape }) => [name, sample(shape, name, fields)]),
  );
}

function sample(shape: Shape, name: string, fields: Fields, depth = 0): unknown {
  switch (shape?.kind) {
    case "boolean":
      return true;
    case "number":
      return 1_000_000_000;
    case "string":
      return textual(foreignReference(name));
    case "list":
      return [sample(shape.of, name, fields, depth)];
    case "map":
      return { foreign: sample(shape.of, name, fields, depth) };
    case "fields": {
      const all = fields.of(shape);
      const needed = all.filter(({ required }) => required);
      const chosen = depth >= depths ? needed : needed.length > 0 ? needed : all;
      if (depth > 2 * depths) return {};
      return Object.fromEntries(chosen.map((f) => [f.name, sample(f.shape, f.name, fields, depth + 1)]));
    }
    default:
      return undefined;
  }
}

function textual(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
