/** Makes the weakenings of a stack from its resources, without regard to any rule; always the same, in the same order. */
import type { Registration } from "../engine/registration.ts";
import { unknownValue } from "../engine/wire.ts";
import { permissive } from "./foreign.ts";
import type { Mutant } from "./mutant.ts";
import { changesOf } from "./operators.ts";
import {
  count,
  type Fields,
  normalised,
  type Path,
  type Place,
  placesIn,
  withValue,
  written,
} from "./places.ts";

/** Places that stand for all of the same type and path. */
const placesPerPath = 8;

interface Spot extends Place {
  readonly resource: Registration;
}

/** @param registrations of the stack as it is */
export function generate(registrations: readonly Registration[]): Mutant[] {
  const byType = Map.groupBy(
    registrations.filter((r) => r.custom && r.type !== "pulumi:pulumi:Stack"),
    (r) => r.type,
  );
  return [...byType].flatMap(([type, resources]) => [
    ...propertyMutants(type, resources),
    ...resources.flatMap(optionMutants),
    ...resources.map((before) => mutant("removed", "", "removed", "", { before })),
    ...another(resources),
  ]);
}

function propertyMutants(type: string, resources: readonly Registration[]): Mutant[] {
  const spots = resources.flatMap((resource) =>
    placesIn(resource.props).map((place): Spot => ({ ...place, resource })),
  );
  return [...Map.groupBy(spots, ({ path }) => normalised(path))].flatMap(([path, all]) =>
    representatives(all).flatMap(({ resource, path: at, value }) => {
      const last = at.at(-1);
      const key = String(at.findLast((step) => typeof step === "string"));
      return changesOf(value, key, typeof last === "number").map(([operator, other]): Mutant => {
        const after = changed(resource, at, other);
        return {
          kind: "property",
          type,
          path,
          operator,
          resource: resource.name,
          at: written(at),
          before: resource,
          after,
        };
      });
    }),
  );
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

function another([sample]: readonly Registration[]): Mutant[] {
  if (!sample) return [];
  const after: Registration = {
    ...sample,
    name: `${sample.name}-another`,
    urn: `${sample.urn}-another`,
    protect: false,
    props: permissive(sample.props, "") as Fields,
    propertyDependencies: {},
    dependencies: [],
  };
  return [mutant("another", "", "added", "", { after })];
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
