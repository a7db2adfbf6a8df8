import { describe, expect, test } from "vitest";
import { burnChance } from "../../../../model/alerts/quietness/burn.ts";
import { binomial, inRuns } from "../../../../model/alerts/quietness/counts.ts";
import { checkFirings, missedRuns } from "../../../../model/alerts/quietness/runs.ts";
import { randomFrom } from "../../../support/random.ts";
import { arrivalsInRuns } from "./simulation.ts";

const looks = 600_000;

interface Burn {
  readonly long: number;
  readonly short: number;
  readonly leastLong: number;
  readonly leastShort: number;
}

function simulatedBurn({ long, short, leastLong, leastShort }: Burn, draw: () => number): number {
  const bad = new Int32Array(long);
  let [longSum, shortSum, fired, firing] = [0, 0, 0, true];
  for (let look = 0; look < looks; look++) {
    const came = draw();
    shortSum += came - (bad[(look + long - short) % long] ?? 0);
    longSum += came - (bad[look % long] ?? 0);
    bad[look % long] = came;
    if (look < long) continue;
    const fires = longSum >= leastLong && shortSum >= leastShort;
    if (fires && !firing) fired++;
    firing = fires;
  }
  return fired / looks;
}

describe("burn rates agree with their simulation", () => {
  const windows: readonly (readonly [Burn, mean: number])[] = [
    [{ long: 12, short: 1, leastLong: 2, leastShort: 1 }, 0.1],
    [{ long: 60, short: 5, leastLong: 3, leastShort: 2 }, 0.01],
    [{ long: 60, short: 5, leastLong: 6, leastShort: 3 }, 0.05],
    [{ long: 72, short: 6, leastLong: 5, leastShort: 1 }, 0.02],
  ];
  for (const [burn, mean] of windows) {
    const of = `${burn.leastLong} of ${burn.long}, ${mean} a look`;
    test(`${of}, one by one and in runs`, () => {
      for (const together of [1, 3]) {
        const random = randomFrom(11);
        const fired = simulatedBurn(burn, () => arrivalsInRuns(mean, together, random));
        const { firings } = burnChance(burn, (n) => inRuns(mean * n, together));
        expect(firings / fired).toBeGreaterThan(1 / 1.2);
        expect(firings / fired).toBeLessThan(1.2);
      }
    });
    test(`${of}, slices`, () => {
      const random = randomFrom(13);
      const fired = simulatedBurn(burn, () => Number(random() < mean));
      const { firings } = burnChance(burn, (n) => binomial(n, mean));
      expect(firings / fired).toBeGreaterThan(1 / 1.2);
      expect(firings / fired).toBeLessThan(1.2);
    });
  }
});

test("a budget that even no failure keeps is always overspent", () => {
  const never = { long: 60, short: 5, leastLong: 0, leastShort: 0 };
  expect(burnChance(never, (n) => inRuns(n, 1)).share).toBe(1);
});

test.each([
  { locations: 3, needed: 1, failing: 0.01 },
  { locations: 3, needed: 2, failing: 0.03 },
  { locations: 5, needed: 3, failing: 0.1 },
])("$needed of $locations locations agree with their simulation", (runs) => {
  const random = randomFrom(17);
  const failed = new Array<boolean>(runs.locations).fill(false);
  const intervals = 200_000;
  let [fired, firing] = [0, false];
  for (let run = 0; run < intervals * runs.locations; run++) {
    failed[run % runs.locations] = random() < runs.failing;
    const fires = failed.filter(Boolean).length >= runs.needed;
    if (fires && !firing) fired++;
    firing = fires;
  }
  const ratio = (checkFirings(runs) * intervals) / fired;
  expect(ratio).toBeGreaterThan(1 / 1.2);
  expect(ratio).toBeLessThan(1.2);
});

test("more locations than there are never fail together", () => {
  expect(checkFirings({ locations: 2, needed: 3, failing: 0.5 })).toBe(0);
});

test.each([
  [1.5, 0.1, 1],
  [2.5, 0.1, 2],
  [3.5, 0.2, 3],
])("a window of %f runs agrees with its simulation", (windowRuns, failing, lost) => {
  const random = randomFrom(19);
  const runs = 300_000;
  let [fired, missing] = [0, 0];
  for (let run = 0; run < runs; run++) {
    missing = random() < failing ? missing + 1 : 0;
    if (missing === lost) fired++;
  }
  const ratio = (missedRuns(windowRuns, failing) * runs) / fired;
  expect(ratio).toBeGreaterThan(1 / 1.1);
  expect(ratio).toBeLessThan(1.1);
});
