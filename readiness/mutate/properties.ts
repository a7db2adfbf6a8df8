/** Weakenings of what a resource declares: each property changed in every way, and those that it does not declare. */
import type { Registration } from "../engine/registration.ts";
import { unknownValue } from "../engine/wire.ts";
import { additions } from "./inputs.ts";
import type { Mutant } from "./mutant.ts";
import { changesOf } from "./operators.ts";
import {
  count,
  type Fields,
  isFields,
  isStatement,
  type Path,
  placesIn,
  withValue,
  written,
} from "./places.ts";
import { representatives, type Spot } from "./representatives.ts";
import type { Field, Fields as SdkFields } from "./sdk/fields.ts";

/**
 * @param resources of one type
 * @param fields its inputs, where an SDK declares them
 */
export function propertyMutants(resources: readonly Registration[], fields: SdkFields | undefined): Mutant[] {
  const spots = resources.flatMap((resource) => {
    const whole: Spot = { resource, path: [], name: "", value: resource.props };
    return [whole, ...placesIn(resource.props).map((place) => ({ ...place, resource }))];
  });
  return [...Map.groupBy(spots, ({ name }) => name).values()].flatMap((all) => {
    const [first] = all;
    if (!first) return [];
    const field = fields?.at(first.path);
    return [
      ...(first.name === "" ? [] : representatives(all).flatMap((spot) => changesAt(spot, field, fields))),
      ...(fields && isFields(first.value) && !isStatement(first.value)
        ? additionsAt(first, first.value, field, fields)
        : []),
    ];
  });
}

function changesAt(spot: Spot, field: Field | undefined, fields: SdkFields | undefined): Mutant[] {
  const key = String(spot.path.findLast((step) => typeof step === "string"));
  const element = typeof spot.path.at(-1) === "number";
  const { required = false, standard } = field ?? {};
  const filled = fields?.of(field?.shape).some((part) => part.required) ?? false;
  return changesOf(spot.value, { key, element, required, filled, standard }).map(([operator, value]) =>
    mutant("property", spot, operator, value),
  );
}

/** Inputs that the SDK knows and nobody has declared. */
function additionsAt(spot: Spot, declared: Fields, field: Field | undefined, fields: SdkFields): Mutant[] {
  const known = spot.name === "" ? fields.top : fields.of(field?.shape);
  return known
    .filter(({ name }) => !(name in declared))
    .flatMap((added) =>
      additions(added, fields).map(([operator, value]) =>
        mutant("addition", below(spot, added.name), operator, value),
      ),
    );
}

function below({ resource, path, name }: Spot, key: string): Spot {
  return { resource, path: [...path, key], name: name === "" ? key : `${name}.${key}`, value: undefined };
}

function mutant(
  kind: Mutant["kind"],
  { resource, path, name }: Spot,
  operator: string,
  value: unknown,
): Mutant {
  return {
    kind,
    type: resource.type,
    path: name,
    operator,
    resource: resource.name,
    at: written(path),
    before: resource,
    after: changed(resource, path, value),
  };
}

/** With another value in one place, and without the relations that the old one brought. */
function changed(resource: Registration, at: Path, value: unknown): Registration {
  const property = String(at[0]);
  const props = withValue(resource.props, at, value) as Fields;
  const owners = resource.propertyDependencies[property] ?? [];
  const before = count(resource.props[property], unknownValue);
  const after = count(props[property], unknownValue);
  if (owners.length === 0 || before === after) return { ...resource, props };
  // One of several unknown values does not tell whose it was, save where all are gone.
  const left = after === 0 ? [] : owners;
  const propertyDependencies = { ...resource.propertyDependencies, [property]: left };
  const still = new Set(Object.values(propertyDependencies).flat());
  const dependencies = resource.dependencies.filter((urn) => still.has(urn) || !owners.includes(urn));
  return { ...resource, props, propertyDependencies, dependencies };
}
