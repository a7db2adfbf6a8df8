/** How often the watch is wrong, by seeded simulation. */
import { expect, it } from "vitest";
import { dispersionOf, judgeSlower, judgeWatch, type Minute } from "../../../model/sampling/watch.ts";
import { failuresOf, randomFrom } from "../../support/random.ts";

/** Shares of runs that end so. */
function simulated(minutes: number, perMinute: number, share: number, runs: number, seed = 7) {
  const random = randomFrom(seed);
  const ends = { fail: 0, pass: 0, unknown: 0 };
  for (let run = 0; run < runs; run++) {
    const seen = Array.from({ length: minutes }, () => ({
      requests: perMinute,
      errors: failuresOf(perMinute, share, random),
    }));
    ends[judgeWatch(seen, 1, minutes).outcome] += 1 / runs;
  }
  return ends;
}

it("a release that keeps its target is stopped in two of a thousand cases at most", () => {
  expect(simulated(10, 60, 0.001, 5_000).fail).toBeLessThan(0.002);
  expect(simulated(10, 15, 0.001, 5_000).fail).toBeLessThan(0.002);
  expect(simulated(60, 60, 0.001, 500).fail).toBeLessThan(0.005);
  expect(simulated(1_440, 60, 0.001, 20).fail).toBe(0);
});

it("even at twice its target it is stopped by chance once in fifty at most", () => {
  expect(simulated(10, 60, 0.002, 5_000).fail).toBeLessThan(0.01);
  expect(simulated(60, 60, 0.002, 500).fail).toBeLessThan(0.02);
});

it.each([
  [60, 0.01, 0.5],
  [60, 0.02, 0.95],
  [60, 0.05, 0.999],
  [15, 0.05, 0.9],
])("in ten minutes at %i requests a minute a share of %d failing is caught", (perMinute, share, least) => {
  const { fail, pass } = simulated(10, perMinute, share, 2_000);
  expect(fail).toBeGreaterThan(least);
  // The bound is one of 95 %.
  expect(pass).toBeLessThan(0.05);
});

it("too little traffic passes nothing", () => {
  expect(simulated(10, 15, 0, 1)).toEqual({ fail: 0, pass: 0, unknown: 1 });
  expect(simulated(10, 60, 0, 1)).toEqual({ fail: 0, pass: 1, unknown: 0 });
  expect(judgeWatch([], 1, 10).outcome).toBe("unknown");
});

it("what breaks in the evening is caught after a whole day that was well", () => {
  const well = Array.from({ length: 1_200 }, () => ({ requests: 60, errors: 0 }));
  const random = randomFrom(3);
  const broken = Array.from({ length: 30 }, () => ({ requests: 60, errors: failuresOf(60, 0.05, random) }));
  expect(judgeWatch([...well, ...broken], 1, 1_440).outcome).toBe("fail");
});

it("a single minute, however bad, is one visitor's", () => {
  const minutes: Minute[] = Array.from({ length: 10 }, () => ({ requests: 60, errors: 0 }));
  minutes[4] = { requests: 60, errors: 20 };
  expect(judgeWatch(minutes, 1, 10).outcome).toBe("unknown");
});

it("errors that always came in clusters count for less", () => {
  const random = randomFrom(5);
  const clustered = (share: number) =>
    Array.from({ length: 200 }, () => ({ requests: 60, errors: random() < share ? 6 : 0 }));
  const dispersion = dispersionOf(clustered(0.02));
  expect(dispersion).toBeGreaterThan(4);
  const stopped = (by: number) =>
    Array.from({ length: 500 }, () => judgeWatch(clustered(0.02).slice(0, 10), by, 10).outcome).filter(
      (outcome) => outcome === "fail",
    ).length;
  expect(stopped(dispersion)).toBeLessThan(stopped(1));
  expect(stopped(dispersion) / 500).toBeLessThan(0.01);
  expect(dispersionOf([])).toBe(1);
  expect(dispersionOf([{ requests: 60, errors: 1 }])).toBe(1);
});

it("more slow answers than before are told from chance", () => {
  expect(judgeSlower(15, 300)).toBe("pass");
  expect(judgeSlower(60, 600)).toBe("fail");
  // Above the share, and still chance.
  expect(judgeSlower(23, 300)).toBe("unknown");
  expect(judgeSlower(0, 100)).toBe("unknown");
});
