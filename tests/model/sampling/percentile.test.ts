import fc from "fast-check";
import { expect, it } from "vitest";
import { upperBound } from "../../../model/sampling/bounds.ts";
import { allowedAbove, fewestForP95, judgeP95, percentileOf } from "../../../model/sampling/percentile.ts";
import { randomFrom } from "../../support/random.ts";

it.each([
  [58, undefined, 7],
  [59, 0, 7],
  [93, 1, 9],
  [124, 2, 11],
  [208, 5, 17],
  [300, 8, 22],
])("of %i requests p95 is told by those above the limit", (samples, passUpTo, failFrom) => {
  expect(allowedAbove(samples)).toEqual({ passUpTo, failFrom });
  expect(judgeP95(0, samples)).toBe(samples < fewestForP95 ? "unknown" : "pass");
  expect(judgeP95(failFrom, samples)).toBe("fail");
  expect(judgeP95(failFrom - 1, samples)).toBe("unknown");
});

it("a class at its limit passes in one sample of twenty at most, one well below it nearly always", () => {
  const random = randomFrom(11);
  const passes = (share: number) => {
    const runs = Array.from({ length: 4_000 }, () => {
      let above = 0;
      for (let i = 0; i < 300; i++) if (random() < share) above++;
      return judgeP95(above, 300);
    });
    return runs.filter((outcome) => outcome === "pass").length / runs.length;
  };
  expect(passes(0.05)).toBeLessThan(0.05);
  expect(passes(0.01)).toBeGreaterThan(0.99);
});

it("the nearest rank is one of the values", () => {
  expect(percentileOf([], 95)).toBeUndefined();
  expect(percentileOf([5, 1, 3], 50)).toBe(3);
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 1 }), (values) => {
      const p95 = percentileOf(values, 95) ?? Number.NaN;
      expect(values).toContain(p95);
      expect(values.filter((value) => value > p95).length).toBeLessThanOrEqual(values.length * 0.05);
    }),
  );
});

it.each([
  [0, 299, 0.01],
  [0, 59, 0.0495],
  [5, 100, 0.1023],
])("%i of %i is a share below %d", (count, trials, bound) => {
  expect(upperBound(count, trials)).toBeCloseTo(bound, 3);
});

it("of nothing asked everything may be wrong", () => {
  expect(upperBound(0, 0)).toBe(1);
  expect(upperBound(3, 3)).toBe(1);
});
