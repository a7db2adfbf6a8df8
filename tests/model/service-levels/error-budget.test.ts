import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  errorBudget,
  errorBudgetHours,
  errorBudgetMinutes,
} from "../../../model/service-levels/error-budget.ts";

const targets = fc.integer({ min: 50_000, max: 99_999 }).map((thousandths) => thousandths / 1000);
const hours = fc.integer({ min: 1, max: 24 * 366 });

describe("error budget", () => {
  it("allows 3.65 h, 219 minutes, in a month at 99.5 %", () => {
    expect(errorBudgetHours(99.5)).toBe(3.65);
    expect(errorBudgetMinutes(99.5)).toBe(219);
  });

  it.each([
    [99, 7.3],
    [99.9, 0.73],
    [99.95, 0.365],
    [99.99, 0.073],
  ])("at %d %% allows %d h in a month", (target, allowed) => {
    expect(errorBudgetHours(target)).toBe(allowed);
  });

  it("and the target make up the whole", () => {
    fc.assert(
      fc.property(targets, (target) => {
        expect(errorBudget(target) + target / 100).toBeCloseTo(1, 12);
      }),
    );
  });

  it("shrinks as the target grows and grows with the period", () => {
    fc.assert(
      fc.property(targets, targets, hours, hours, (target, other, short, more) => {
        fc.pre(target < other);
        expect(errorBudgetHours(other, short)).toBeLessThan(errorBudgetHours(target, short));
        expect(errorBudgetHours(target, short + more)).toBeGreaterThan(errorBudgetHours(target, short));
      }),
    );
  });
});
