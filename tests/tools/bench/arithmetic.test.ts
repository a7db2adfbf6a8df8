import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { median, sideBySide } from "../../../tools/bench/arithmetic.ts";

const figures = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1 });

describe("median", () => {
  it.each([
    [[7], 7],
    [[9, 1, 5], 5],
    [[4, 1, 3, 2], 2.5],
  ])("of %j is %d", (numbers, expected) => {
    expect(median(numbers)).toBe(expected);
  });

  it("has as many figures at or above it as at or below it", () => {
    fc.assert(
      fc.property(figures, (numbers) => {
        const middle = median(numbers);
        const half = numbers.length / 2;
        expect(numbers.filter((n) => n <= middle).length).toBeGreaterThanOrEqual(half);
        expect(numbers.filter((n) => n >= middle).length).toBeGreaterThanOrEqual(half);
      }),
    );
  });

  it("refuses to speak of nothing", () => {
    expect(() => median([])).toThrow("no median");
  });
});

describe("sideBySide", () => {
  it("takes turns, and gives each side's median by figure", async () => {
    const order: string[] = [];
    const side =
      (name: string, ...values: number[]) =>
      async () => {
        order.push(name);
        return { ms: values.shift() ?? Number.NaN, mb: values.length };
      };
    const taken = await sideBySide(3, { ours: side("ours", 1, 50, 2), other: side("other", 8, 9, 7) });
    expect(order).toEqual(["ours", "other", "ours", "other", "ours", "other"]);
    expect(taken).toEqual({ ours: { ms: 2, mb: 1 }, other: { ms: 8, mb: 1 } });
  });
});
