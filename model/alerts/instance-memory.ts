/** Memory of RDS instances. CloudWatch gives it free in bytes, so a share needs the whole. */

/** GiB of a `large` instance by the family's letter: AWS, "DB instance class hardware specifications". */
const largeGiB: Readonly<Record<string, number>> = { t: 8, m: 8, r: 16, x: 32, c: 4 };

const fractions: Readonly<Record<string, number>> = { micro: 1 / 8, small: 1 / 4, medium: 1 / 2, large: 1 };

/**
 * Bytes of memory of an instance class such as `db.m7g.2xlarge`; sizes double from `large` on. An unknown
 * family counts as `m`, an unknown size as `large`.
 */
export function databaseMemoryBytes(instanceClass: string): number {
  const [, family = "", size = ""] = instanceClass.split(".");
  const multiple = /^(\d*)xlarge$/.exec(size);
  const factor = multiple ? 2 * Number(multiple[1] || 1) : (fractions[size] ?? 1);
  return (largeGiB[family.charAt(0)] ?? 8) * factor * 2 ** 30;
}
