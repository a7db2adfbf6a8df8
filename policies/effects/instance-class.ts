/** Classes of machines of RDS and ElastiCache: RDS User Guide, "Hardware specifications for DB instance classes". */

const form =
  /^(?<store>db|cache)\.(?<kind>[a-z])(?<generation>\d+)(?<more>[a-z-]*)\.(?<size>[a-z]+|\d+xlarge)$/;

/** By kind, the first generation that RDS still sells for versions in support; ElastiCache sells one before. */
const oldest: Readonly<Record<string, number>> = { t: 3, m: 5, r: 5, c: 6, x: 2, z: 1 };
/** By kind, GiB of memory of the size `large`. */
const gibOfLarge: Readonly<Record<string, number>> = { t: 8, m: 8, r: 16, c: 4, x: 32, z: 16 };
const sizes: Readonly<Record<string, number>> = {
  micro: 1 / 8,
  small: 1 / 4,
  medium: 1 / 2,
  large: 1,
  xlarge: 2,
};

export interface InstanceClass {
  /** Whether AWS still makes machines of it. */
  readonly sold: boolean;
  readonly memoryGiB: number;
}

/** Undefined for a class whose name does not tell. */
export function instanceClass(name: string): InstanceClass | undefined {
  const { store, kind = "", generation, size = "" } = form.exec(name)?.groups ?? {};
  const memory = gibOfLarge[kind];
  const times = sizes[size] ?? 2 * Number.parseInt(size, 10);
  if (memory === undefined || Number.isNaN(times)) return undefined;
  return {
    sold: Number(generation) >= (oldest[kind] ?? 0) - (store === "cache" ? 1 : 0),
    memoryGiB: memory * times,
  };
}
