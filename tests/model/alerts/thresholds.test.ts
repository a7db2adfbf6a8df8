import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { databaseMemoryBytes } from "../../../model/alerts/instance-memory.ts";
import { between, budgetSpentAt } from "../../../model/alerts/thresholds.ts";

const level = fc.integer({ min: 1, max: 100_000 });

describe("between", () => {
  it("fires at the alert level, is over at the target, warns strictly between, in either direction", () => {
    fc.assert(
      fc.property(level, level, fc.constantFrom(1, 0.001, 1e6), (target, alert, unit) => {
        fc.pre(target !== alert);
        const { critical, warning = Number.NaN, recovery = Number.NaN } = between(target, alert, unit);
        expect(critical).toBeCloseTo(alert * unit, 6);
        expect(recovery).toBeCloseTo(target * unit, 6);
        expect(warning).toBeGreaterThan(Math.min(critical, recovery));
        expect(warning).toBeLessThan(Math.max(critical, recovery));
      }),
    );
  });

  it("writes no binary noise", () => {
    expect(between(0.1, 0.5)).toEqual({ critical: 0.5, warning: 0.3, recovery: 0.1 });
    expect(between(100, 201, 0.001)).toEqual({ critical: 0.201, warning: 0.1505, recovery: 0.1 });
  });
});

describe("budgetSpentAt", () => {
  it("fires when the target is missed, where people are told later still", () => {
    expect(budgetSpentAt({ targetPercent: 99.5, alertPercent: 99 })).toEqual({ critical: 100, warning: 75 });
  });

  it("fires sooner where people are told before the target is missed", () => {
    expect(budgetSpentAt({ targetPercent: 99.5, alertPercent: 99.75 })).toEqual({
      critical: 50,
      warning: 37.5,
    });
  });

  it("stays within what Datadog takes, warning first", () => {
    const percent = fc.double({ min: 1, max: 99.9, noNaN: true });
    fc.assert(
      fc.property(percent, percent, (targetPercent, alertPercent) => {
        const { critical, warning = Number.NaN } = budgetSpentAt({ targetPercent, alertPercent });
        expect(critical).toBeGreaterThan(0);
        expect(critical).toBeLessThanOrEqual(100);
        expect(warning).toBeLessThan(critical);
      }),
    );
  });
});

describe("databaseMemoryBytes", () => {
  it.each([
    ["db.t4g.micro", 1],
    ["db.t4g.medium", 4],
    ["db.m7g.large", 8],
    ["db.m7g.xlarge", 16],
    ["db.r6i.2xlarge", 64],
    ["db.r6i.16xlarge", 512],
  ])("%s has %i GiB", (instanceClass, gib) => {
    expect(databaseMemoryBytes(instanceClass)).toBe(gib * 2 ** 30);
  });
});
