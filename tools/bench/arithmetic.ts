/** What the figures are made of. */

/** The middle of some numbers; the mean of the two in the middle where their count is even. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  if (low === undefined || high === undefined) throw new Error("there is no median of nothing");
  return (low + high) / 2;
}

/** What a run gave, by name. */
export type Figures = Readonly<Record<string, number>>;

/**
 * Takes turns, A B A B …, so that whatever else the machine does meets all sides alike.
 * @returns for each side the median of each of its figures
 */
export async function sideBySide<Side extends string, F extends Figures>(
  rounds: number,
  sides: Readonly<Record<Side, () => Promise<F>>>,
): Promise<Readonly<Record<Side, F>>> {
  const entries = Object.entries<() => Promise<F>>(sides).map(([name, run]) => ({
    name,
    run,
    taken: [] as F[],
  }));
  for (let round = 0; round < rounds; round += 1) {
    for (const { run, taken } of entries) taken.push(await run());
  }
  return Object.fromEntries(entries.map(({ name, taken }) => [name, medians(taken)])) as Record<Side, F>;
}

function medians<F extends Figures>(runs: readonly F[]): F {
  const names = Object.keys(runs[0] ?? {});
  return Object.fromEntries(names.map((name) => [name, median(runs.map((run) => run[name] ?? 0))])) as F;
}
