/** Rows that share a place in time, made into one: shards of a service, exports that overlap, uneven scrapes. */

/** What becomes of rows of the same moment: counts are added up and other values averaged, or the last row holds. */
export const merges = ["add", "last"] as const;
export type Merge = (typeof merges)[number];

/** How a trace is taken whose rows stand on no grid; without it, such a trace is refused. */
export interface Way {
  /** Seconds between the lines of a grid, for rows at uneven times. */
  readonly every?: number;
  readonly merge?: Merge;
  /** Whether a column counts something, so that values of two rows add up. */
  readonly adds: (column: string) => boolean;
}

export interface Rows {
  readonly times: readonly number[];
  /** Where each stands in its file. */
  readonly places: readonly number[];
  /** By column; NaN where a row has none. */
  readonly values: readonly (readonly number[])[];
}

interface Gathering {
  /** By column. */
  readonly adds: readonly boolean[];
  readonly merge?: Merge;
  /** The time that a row gets: its own where absent. Never less for a later one. */
  readonly cell?: (time: number) => number;
}

export function sorted({ times, places, values }: Rows): Rows {
  const order = [...times.keys()].sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0));
  const inOrder = (some: readonly number[]) => order.map((row) => some[row] ?? Number.NaN);
  return { times: inOrder(times), places: inOrder(places), values: values.map(inOrder) };
}

/** Makes one of all rows that get the same time. */
export function gathered({ times, places, values }: Rows, { adds, merge, cell }: Gathering): Rows {
  const cells = cell ? times.map(cell) : times;
  const firsts = [...cells.keys()].filter((row) => row === 0 || cells[row] !== cells[row - 1]);
  const at = (some: readonly number[]) => firsts.map((row) => some[row] ?? Number.NaN);
  const combined = (column: readonly number[], i: number) =>
    // The column of times has no values.
    column.length === 0
      ? column
      : firsts.map((row, n) => one(column.slice(row, firsts[n + 1]), adds[i] ?? false, merge));
  return { times: at(cells), places: at(places), values: values.map(combined) };
}

/** NaN where none has a value. */
function one(values: readonly number[], adds: boolean, merge: Merge = "add"): number {
  const there = values.filter((value) => !Number.isNaN(value));
  if (there.length === 0 || merge === "last") return there.at(-1) ?? Number.NaN;
  const sum = there.reduce((total, value) => total + value, 0);
  return adds ? sum : sum / there.length;
}

/** The line of a grid of so many seconds that a moment follows. */
export function gridOf(every: number): (time: number) => number {
  return (time) => Math.floor(time / every) * every;
}

/** Seconds from each row to the next, to milliseconds: times with fractions are binary fractions. */
export function distancesOf(times: readonly number[]): readonly number[] {
  return times.slice(1).map((time, i) => rounded(time - (times[i] ?? 0)));
}

/** The most frequent distance of two rows. */
export function usualStep(distances: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const distance of distances) counts.set(distance, (counts.get(distance) ?? 0) + 1);
  const [[step] = [0]] = [...counts].sort(([a, n], [b, m]) => m - n || a - b);
  return step;
}

/** Rows may be missing. */
export function isMultiple(distance: number, step: number): boolean {
  return rounded(distance / step) % 1 === 0;
}

function rounded(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
