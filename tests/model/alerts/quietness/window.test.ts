import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normalAbove, poisson } from "../../../../model/alerts/quietness/counts.ts";
import {
  type Condition,
  chanceOf,
  count,
  excess,
  type Flow,
  percentile,
} from "../../../../model/alerts/quietness/window.ts";
import { randomFrom } from "../../../support/random.ts";
import { simulated, weekMinutes } from "./simulation.ts";

const traffics = [5, 15, 60, 300, 3000];
/** p95 at 80 % of a target, of which the limit is one and a half times. */
const slow = normalAbove(Math.log(1.5 / 0.8) / 0.6 + 1.6449);

interface Case {
  readonly condition: Condition;
  readonly flow: (perMinute: number) => Flow;
  readonly window: number;
}

const failing = (percent: number, together = 1): Case["flow"] => {
  return (perMinute) => ({
    bad: (perMinute * percent) / 100,
    good: perMinute * (1 - percent / 100),
    together,
  });
};
const waiting: Case["flow"] = (perMinute) => ({ bad: perMinute * slow, good: perMinute * (1 - slow) });

const cases: Readonly<Record<string, Case>> = {
  "a share that ends lower": {
    condition: { goodBelow: excess(0.5), overBelow: excess(0.1) },
    flow: failing(0.1),
    window: 10,
  },
  "a share and some more": {
    condition: { goodBelow: excess(0.5, 1), overBelow: excess(0.5) },
    flow: failing(0.1),
    window: 60,
  },
  "a share of what fails in runs": {
    condition: { goodBelow: excess(1, 3), overBelow: excess(1) },
    flow: failing(0.1, 3),
    window: 10,
  },
  "a share of most, over two minutes": { condition: { goodBelow: excess(50) }, flow: failing(2), window: 2 },
  "a percentile": { condition: { goodBelow: percentile(0.95) }, flow: waiting, window: 10 },
  "a count": { condition: { goodBelow: count(6) }, flow: failing(1), window: 5 },
  "a share of which most is bad already": {
    condition: { goodBelow: excess(2), overBelow: excess(1) },
    flow: failing(1.5),
    window: 10,
  },
};

describe("the sum agrees with the simulation of whole weeks", () => {
  for (const [name, { condition, flow, window }] of Object.entries(cases)) {
    for (const perMinute of traffics) {
      test(`${name}, ${perMinute} requests a minute`, () => {
        const weeks = 30;
        const fired = simulated(condition, flow(perMinute), window, weeks, randomFrom(7));
        const { firings } = chanceOf(condition, flow(perMinute), window);
        // Of fewer than 25 firings a simulation tells nothing but that they are few.
        if (fired * weeks < 25) expect(firings * weekMinutes * weeks).toBeLessThan(50);
        else {
          expect((firings * weekMinutes) / fired).toBeGreaterThan(1 / 1.5);
          expect((firings * weekMinutes) / fired).toBeLessThan(1.5);
        }
      });
    }
  }
});

const traffic = fc.double({ min: 0.5, max: 600, noNaN: true });

test("more that has to come on top never fires more often", () => {
  fc.assert(
    fc.property(traffic, fc.integer({ min: 0, max: 8 }), (perMinute, more) => {
      const at = (least: number) => chanceOf({ goodBelow: excess(1, least) }, failing(0.1)(perMinute), 10);
      expect(at(more + 1).share).toBeLessThanOrEqual(at(more).share * (1 + 1e-9));
    }),
    { numRuns: 50 },
  );
});

test("a higher share never fires more often", () => {
  fc.assert(
    fc.property(traffic, fc.double({ min: 0.2, max: 40, noNaN: true }), (perMinute, percent) => {
      const at = (limit: number) => chanceOf({ goodBelow: excess(limit) }, failing(0.1)(perMinute), 10);
      expect(at(percent * 1.5).share).toBeLessThanOrEqual(at(percent).share * (1 + 1e-9));
    }),
    { numRuns: 50 },
  );
});

test("more traffic never makes a count fire less", () => {
  fc.assert(
    fc.property(traffic, (perMinute) => {
      const at = (rate: number) => chanceOf({ goodBelow: count(20) }, failing(0.1)(rate), 15).share;
      expect(at(perMinute * 2)).toBeGreaterThanOrEqual(at(perMinute) - 1e-15);
    }),
    { numRuns: 50 },
  );
});

test("never more than all", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...traffics.slice(0, 4)),
      fc.double({ min: 0, max: 60, noNaN: true }),
      (perMinute, percent) => {
        const { firings, share } = chanceOf({ goodBelow: excess(1) }, failing(percent)(perMinute), 10);
        expect(share).toBeLessThanOrEqual(1 + 1e-9);
        expect(firings).toBeLessThanOrEqual(share + 1e-9);
      },
    ),
    { numRuns: 20 },
  );
});

test("a percentile is beyond its limit where the value at its rank is", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(0.75, 0.95, 0.99),
      fc.integer({ min: 0, max: 400 }),
      fc.integer({ min: 0, max: 40 }),
      (rank, good, bad) => {
        const values = [...Array(good).fill(0), ...Array(bad).fill(1)];
        const value = values[Math.floor(rank * (values.length - 1) + 1e-9)] ?? 0;
        expect(good < percentile(rank)(bad)).toBe(value === 1);
      },
    ),
  );
});

test("tails keep their digits", () => {
  const factorial20 = 2_432_902_008_176_640_000;
  // The first of the terms is nearly all: the next is a twenty-first of it.
  expect((poisson(1).of(20) * factorial20) / Math.exp(-1)).toBeCloseTo(1, 9);
  expect(poisson(1).atLeast(20) / poisson(1).of(20)).toBeCloseTo(1.0499, 3);
  expect(poisson(1e4).below(9500)).toBeLessThan(normalAbove(4.9));
  expect(poisson(1e4).below(9500)).toBeGreaterThan(normalAbove(5.2));
  expect(normalAbove(6)).toBeCloseTo(9.865876450376946e-10, 18);
  expect(normalAbove(1.6448536269514722)).toBeCloseTo(0.05, 9);
  expect(normalAbove(-1)).toBeCloseTo(0.8413447460685429, 9);
});
