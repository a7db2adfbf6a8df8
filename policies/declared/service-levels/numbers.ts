/** The numbers that declared resources say of a level, and whether they are the same everywhere. */
import type { Resource } from "../../resource.ts";
import type { Violation } from "../../rule.ts";

/** What a resource says; without a value where it should say one and does not. */
export interface StatedValue {
  readonly value: number | undefined;
  readonly resource: Resource;
}

/** A number of a level: place to what is said there. */
export interface StatedNumber {
  readonly name: string;
  readonly unit: string;
  readonly places: Readonly<Record<string, readonly StatedValue[]>>;
}

/** Six digits, which is what messages show, are more than any level has. */
export function reading(
  resource: Resource<unknown>,
  value: string | number | undefined,
  factor = 1,
): StatedValue {
  const number = Number((Number(value ?? Number.NaN) * factor).toPrecision(6));
  return { value: Number.isNaN(number) ? undefined : number, resource: resource as Resource };
}

/**
 * What the messages of monitors or checks say.
 * @param pattern with N for the number
 */
export function said(
  resources: readonly Resource<{ readonly message?: string | undefined }>[],
  pattern: string,
): readonly StatedValue[] {
  const expression = new RegExp(pattern.replace("N", "(-?\\d+(?:\\.\\d+)?)"));
  return resources.map((resource) => reading(resource, expression.exec(resource.props.message ?? "")?.[1]));
}

/** The places of a number that differ, or in which it is missing. */
export function disagreement(title: string, { name, unit, places }: StatedNumber): Violation | undefined {
  const groups = Map.groupBy(Object.entries(places), ([, readings]) => shown(readings, unit));
  const all = Object.values(places).flat();
  if (groups.size === 1 && all.length > 0 && all.every(({ value }) => value !== undefined)) return undefined;
  const told = [...groups].map(([values, of]) => `${values} in ${of.map(([place]) => place).join(", ")}`);
  const odd = oddOne(Object.values(places));
  return {
    ...(odd && { resource: odd }),
    observed: `${title}: ${name} is ${told.join("; ")}`,
    wanted: "the same in all of them",
  };
}

/** `0.5 and 1 %`: the values of one place in their order. */
function shown(readings: readonly StatedValue[], unit: string): string {
  const values = new Set(readings.map(({ value }) => value));
  const numbers = [...values].filter((value) => value !== undefined).toSorted((a, b) => a - b);
  return [
    ...(numbers.length > 0 ? [`${numbers.join(" and ")} ${unit}`] : []),
    ...(values.has(undefined) || numbers.length === 0 ? ["nothing"] : []),
  ].join(" and ");
}

/** The resource to look at first: of the values that not all places have, it says the one that is said least often. */
function oddOne(places: readonly (readonly StatedValue[])[]): Resource | undefined {
  // Where a place says nothing at all, every value would be odd.
  if (places.some((readings) => readings.length === 0)) return undefined;
  const odd = [...Map.groupBy(places.flat(), ({ value }) => value)].filter(
    ([value]) => value === undefined || !places.every((place) => place.some((said) => said.value === value)),
  );
  const [, least = []] = odd.toSorted(([, a], [, b]) => a.length - b.length)[0] ?? [];
  // By name: the order in which resources are declared is not the same in every run.
  return least.map(({ resource }) => resource).toSorted((a, b) => (a.urn < b.urn ? -1 : 1))[0];
}
