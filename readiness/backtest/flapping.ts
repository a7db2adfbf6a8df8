/** Alerts that fire and recover over and over: one fault, and a page for every time. */

/** Times in seconds since 1970. */
export interface Flap {
  readonly from: number;
  /** When it recovered last; null where the trace ends before. */
  readonly to: number | null;
  readonly firings: number;
}

interface Firing {
  readonly firedAt: number;
  readonly recoveredAt: number | null;
}

/** Whoever was called within the last hour is still at it. */
const longestPauseSeconds = 3600;
const fewestFirings = 3;

/** Runs of three or more firings, each of which began within an hour of the end of the one before. */
export function flapsOf(firings: readonly Firing[]): readonly Flap[] {
  const runs: Firing[][] = [];
  for (const firing of firings) {
    const run = runs.at(-1);
    const ended = run?.at(-1)?.recoveredAt ?? Number.NEGATIVE_INFINITY;
    if (run && firing.firedAt - ended <= longestPauseSeconds) run.push(firing);
    else runs.push([firing]);
  }
  return runs.flatMap((run) => {
    const [first, last] = [run[0], run.at(-1)];
    return first && last && run.length >= fewestFirings
      ? [{ from: first.firedAt, to: last.recoveredAt, firings: run.length }]
      : [];
  });
}
