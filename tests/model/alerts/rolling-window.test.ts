import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Fold, RollingWindow } from "../../../model/alerts/rolling-window.ts";

const folds = ["sum", "avg", "min", "max"] as const;

/** The values of a window, as one would write it down. */
const naive: Readonly<Record<Fold, (values: readonly number[]) => number>> = {
  sum: (values) => values.reduce((total, value) => total + value, 0),
  avg: (values) => values.reduce((total, value) => total + value, 0) / values.length,
  min: (values) => Math.min(...values),
  max: (values) => Math.max(...values),
};

function samples(points: readonly (readonly [time: number, value: number])[]) {
  return {
    times: Float64Array.from(points, ([time]) => time),
    values: Float64Array.from(points, ([, value]) => value),
  };
}

describe("rolling window", () => {
  it.each(folds)("gives the %s of the samples that began in it, wherever it is moved", (fold) => {
    const points = fc
      .array(fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: -1000, max: 1000 })), {
        maxLength: 80,
      })
      .map((all) => [...new Map(all)].sort(([a], [b]) => a - b));
    const moments = fc
      .array(fc.integer({ min: 0, max: 400 }), { maxLength: 60 })
      .map((all) => all.sort((a, b) => a - b));
    fc.assert(
      fc.property(points, moments, fc.integer({ min: 1, max: 120 }), (all, untils, seconds) => {
        const window = new RollingWindow(samples(all), seconds, fold);
        for (const until of untils) {
          const held = all.filter(([time]) => time >= until - seconds && time < until).map(([, v]) => v);
          const value = window.at(until);
          if (held.length === 0) expect(value).toBeUndefined();
          else expect(value).toBeCloseTo(naive[fold](held), 9);
        }
      }),
    );
  });

  it("forgets a huge value without a trace", () => {
    const window = new RollingWindow(
      samples([
        [0, 1e300],
        [60, 0.1],
        [120, 0.2],
      ]),
      120,
      "sum",
    );
    expect(window.at(120)).toBe(1e300);
    expect(window.at(180)).toBe(0.1 + 0.2);
  });

  it("takes a sample in when it has begun and drops it when it is as old as the window", () => {
    const window = new RollingWindow(samples([[100, 7]]), 60, "max");
    expect(window.at(100)).toBeUndefined();
    expect(window.at(101)).toBe(7);
    expect(window.at(160)).toBe(7);
    expect(window.at(161)).toBeUndefined();
  });
});
