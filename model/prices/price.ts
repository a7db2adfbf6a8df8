/** What a vendor charges for one unit, and how sure that is. */

/** Units that make up a month's bill, with how many of them one thing takes in an average month of 730 hours. */
export const unitsAMonth = {
  hour: 730,
  month: 1,
  "GB-month": 1,
  "10,000 runs": 1 / 10_000,
  "million requests": 1 / 1_000_000,
} as const;
export type Unit = keyof typeof unitsAMonth;

export interface Price {
  /** US dollars for a unit: a range where sources differ; null where none was found. */
  readonly usd: number | readonly [from: number, to: number] | null;
  readonly unit: Unit;
  /** For AWS the one in which it was seen; elsewhere see `regionFactors`. */
  readonly region: "us-east-1" | "all";
  /** Where it was read, and as of when; of none, why. */
  readonly source: string;
}

/** Dollars a month, from and to; the same twice where it is certain. */
export type Dollars = readonly [from: number, to: number];

export const nothing: Dollars = [0, 0];

export function plus(a: Dollars, b: Dollars): Dollars {
  return [a[0] + b[0], a[1] + b[1]];
}

/**
 * What so many units cost a month in a region.
 * @returns nothing where the price or the region's level is not known
 */
export function costOf(
  { usd, unit, region }: Price,
  quantity: number,
  inRegion: string,
): Dollars | undefined {
  const factor = region === "all" ? [1, 1] : regionFactors[inRegion];
  if (usd === null || !factor) return undefined;
  const [from, to] = typeof usd === "number" ? [usd, usd] : usd;
  const units = quantity * unitsAMonth[unit];
  return [from * units * factor[0], to * units * factor[1]];
}

/**
 * How much more AWS charges than in us-east-1, from and to. Of eu-central-1 three pairs were seen side by side (db.t4g.micro,
 * db.t4g.small, gp3): 1.12 to 1.19. Of other regions none was.
 */
const regionFactors: Readonly<Record<string, readonly [number, number]>> = {
  "us-east-1": [1, 1],
  "eu-central-1": [1.12, 1.19],
};
