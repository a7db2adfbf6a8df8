/** Makes the weakenings of a stack from its resources, without regard to any rule; always the same, in the same order. */
import type { Registration } from "../engine/registration.ts";
import { unknownValue } from "../engine/wire.ts";
import { another, strangers } from "./additions.ts";
import type { Mutant } from "./mutant.ts";
import { changesOf } from "./operators.ts";
import {
  count,
  type Fields,
  isFields,
  normalised,
  type Path,
  type Place,
  placesIn,
  withValue,
  written,
} from "./places.ts";
import type { Field, Fields as SdkFields } from "./sdk/fields.ts";
import { additions } from "./sdk/inputs.ts";
import type { Sdk } from "./sdk/sdk.ts";

/** Places that stand for all of the same type and path. */
const placesPerPath = 8;

interface Spot extends Place {
  readonly resource: Registration;
}

/** @param registrations of the stack as it is */
export function generate(registrations: readonly Registration[], sdk: Sdk): Mutant[] {
  const byType = Map.groupBy(
    registrations.filter((r) => r.custom),
    (r) => r.type,
  );
  const own = [...byType].flatMap(([type, resources]) => {
    const changes = [
      ...propertyMutants(type, resources, sdk.fieldsOf(type)),
      ...resources.flatMap(optionMutants),
    ];
    // The engine makes a provider that is missing; one that nobody uses does nothing.
    if (type.startsWith("pulumi:providers:")) return changes;
    return [
      ...changes,
      ...resources.map((before) => mutant("removed", "", "removed", "", { before })),
      ...resources.slice(0, 1).flatMap(another),
    ];
  });
  return [...own, ...strangers(registrations, sdk)];
}

function propertyMutants(
  type: string,
  resources: readonly Registration[],
  fields: SdkFields | undefined,
): Mutant[] {
  const spots = resources.flatMap((resource) =>
    placesIn(resource.props).map((place): Spot => ({ ...place, resource })),
  );
  return [...Map.groupBy(spots, ({ path }) => normalised(path)).values()]
    .flatMap((all) => {
      const [first] = all;
      const field = first && fields?.at(first.path);
      return [
        ...representatives(all).flatMap((spot) => changesAt(type, spot, field)),
        ...(first && fields ? additionsAt(type, first, field, fields) : []),
      ];
    })
    .concat(
      fields && resources[0]
        ? additionsTo(type, resources[0], [], resources[0].props, fields.top, fields)
        : [],
    );
}

function changesAt(type: string, { resource, path, value }: Spot, field: Field | undefined): Mutant[] {
  const key = String(path.findLast((step) => typeof step === "string"));
  const element = typeof path.at(-1) === "number";
  const { required = false, standard } = field ?? {};
  return changesOf(value, { key, element, required, standard }).map(([operator, other]) =>
    change("property", type, resource, path, operator, other),
  );
}

/** Inputs that the SDK knows and nobody has declared. */
function additionsAt(
  type: string,
  { resource, path, value }: Spot,
  field: Field | undefined,
  fields: SdkFields,
): Mutant[] {
  return isFields(value) ? additionsTo(type, resource, path, value, fields.of(field?.shape), fields) : [];
}

function additionsTo(
  type: string,
  resource: Registration,
  path: Path,
  declared: Fields,
  known: readonly Field[],
  fields: SdkFields,
): Mutant[] {
  return known
    .filter(({ name }) => !(name in declared))
    .flatMap((field) =>
      additions(field, fields).map(([operator, value]) =>
        change("addition", type, resource, [...path, field.name], operator, value),
      ),
    );
}

function change(
  kind: "property" | "addition",
  type: string,
  before: Registration,
  path: Path,
  operator: string,
  value: unknown,
): Mutant {
  const after = changed(before, path, value);
  return {
    kind,
    type,
    path: normalised(path),
    operator,
    resource: before.name,
    at: written(path),
    before,
    after,
  };
}

/** Of places of one path those that differ most: each kind of owner in turn, each value once while there are others. */
function representatives(spots: readonly Spot[]): readonly Spot[] {
  if (spots.length <= placesPerPath) return spots;
  const seen = new Set<string>();
  const groups = Map.groupBy(spots, ({ resource }) => resource.urn.split("::")[2]);
  const queues = [...groups].map(([owner, all]) => {
    const isNew = (spot: Spot) => {
      const key = `${owner} ${JSON.stringify(spot.value)}`;
      return !seen.has(key) && seen.add(key);
    };
    const { fresh = [], known = [] } = Object.groupBy(all, (s) => (isNew(s) ? "fresh" : "known"));
    return [...spread(fresh), ...known];
  });
  const rounds = Array.from({ length: placesPerPath }, (_, i) => queues.flatMap((queue) => queue[i] ?? []));
  return rounds.flat().slice(0, Math.max(placesPerPath, queues.length));
}

/** As many as are looked at, evenly over all. */
function spread<T>(all: readonly T[]): readonly T[] {
  if (all.length <= placesPerPath) return all;
  return Array.from(
    { length: placesPerPath },
    (_, i) => all[Math.floor((i * all.length) / placesPerPath)] as T,
  );
}

function optionMutants(before: Registration): Mutant[] {
  return before.protect
    ? [mutant("option", "protect", "off", "protect", { before, after: { ...before, protect: false } })]
    : [];
}

function mutant(
  kind: Mutant["kind"],
  path: string,
  operator: string,
  at: string,
  change: Pick<Mutant, "before" | "after">,
): Mutant {
  const { type, name } = (change.before ?? change.after) as Registration;
  return { kind, type, path, operator, resource: name, at, ...change };
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
