import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { severityLevels } from "../../../model/on-call/severities.ts";
import {
  budgetSpent,
  burnRateAlert,
  burnRateProblem,
  burnSpeeds,
  detectionMinutes,
  maxBurnRate,
  sloPeriods,
} from "../../../model/service-levels/burn-rate.ts";
import { errorBudget } from "../../../model/service-levels/error-budget.ts";
import { defaultServiceLevels } from "../../../model/service-levels/targets.ts";

const targets = fc.integer({ min: 95_000, max: 99_999 }).map((thousandths) => thousandths / 1000);
const alerts = fc.record({ period: fc.constantFrom(...sloPeriods), speed: fc.constantFrom(...burnSpeeds) });

describe("burn-rate alerts", () => {
  it.each([
    [7, "fast", 0.1],
    [7, "medium", 0.2],
    [7, "slow", 0.4],
    [30, "fast", 0.02],
    [30, "medium", 0.05],
    [30, "slow", 0.1],
    [90, "fast", 0.01],
    [90, "medium", 0.03],
    [90, "slow", 0.05],
  ] as const)("over %d days, %s: fire when %d of the budget is spent", (period, speed, share) => {
    expect(budgetSpent(burnRateAlert(period, speed), period)).toBe(share);
  });

  it("have long windows that Datadog allows, and short ones of a twelfth", () => {
    for (const speed of burnSpeeds) {
      const { longWindowHours, shortWindowMinutes } = burnRateAlert(30, speed);
      expect(longWindowHours).toBeGreaterThanOrEqual(1);
      expect(longWindowHours).toBeLessThanOrEqual(48);
      expect(shortWindowMinutes).toBe((longWindowHours * 60) / 12);
    }
  });

  it("are faster to fire the more budget they would let burn in an hour", () => {
    for (const period of sloPeriods) {
      const [fast = 0, medium = 0, slow = 0] = burnSpeeds.map((s) => burnRateAlert(period, s).rate);
      expect(fast).toBeGreaterThan(medium);
      expect(medium).toBeGreaterThan(slow);
    }
  });
});

describe("the highest burn rate", () => {
  it("is 200 at 99.5 % and 1000 at 99.9 %", () => {
    expect(maxBurnRate(99.5)).toBe(200);
    expect(maxBurnRate(99.9)).toBe(1000);
  });

  it("rejects 14.4 below a target of 93.06 % and says why", () => {
    expect(burnRateProblem(14.4, 93.06)).toBeUndefined();
    expect(burnRateProblem(14.4, 93.05)).toContain("14.4");
    expect(burnRateProblem(14.4, 90)).toBe(
      "a burn rate of 14.4 can never be reached at a target of 90 %: with everything failing it is " +
        "1 / (1 − 0.9) = 10; the target must be ≥ 93.06 %",
    );
  });

  it("names a target that it then accepts", () => {
    fc.assert(
      fc.property(fc.integer({ min: 11, max: 5000 }), fc.integer({ min: 1, max: 90 }), (tenths, target) => {
        const problem = burnRateProblem(tenths / 10, target);
        const enough = /must be ≥ ([\d.]+) %$/.exec(problem ?? "")?.[1];
        fc.pre(enough !== undefined);
        expect(burnRateProblem(tenths / 10, Number(enough))).toBeUndefined();
      }),
    );
  });
});

describe("detection time", () => {
  it("keeps SEV1's promise in a complete outage, at the default target", () => {
    const minutes = detectionMinutes(
      burnRateAlert(30, "fast"),
      defaultServiceLevels.availability.targetPercent,
      1,
    );
    expect(minutes).toBe(4.32);
    expect(minutes).toBeLessThan(severityLevels.SEV1.responseMinutes);
  });

  it("is nothing for a failure that burns slower than the alert's rate", () => {
    expect(detectionMinutes(burnRateAlert(30, "fast"), 99.5, 0.07)).toBeUndefined();
    expect(detectionMinutes(burnRateAlert(30, "fast"), 99.5, 0.072)).toBe(60);
  });

  it("is when the failure has spent the share that the alert stands for", () => {
    fc.assert(
      fc.property(
        alerts,
        targets,
        fc.double({ min: 0.001, max: 1, noNaN: true }),
        (of, target, errorRate) => {
          const alert = burnRateAlert(of.period, of.speed);
          const minutes = detectionMinutes(alert, target, errorRate);
          fc.pre(minutes !== undefined);
          const spent = (errorRate * minutes) / (of.period * 24 * 60) / errorBudget(target);
          expect(spent).toBeCloseTo(budgetSpent(alert, of.period), 9);
        },
      ),
    );
  });

  it("never exceeds the long window", () => {
    fc.assert(
      fc.property(
        alerts,
        targets,
        fc.double({ min: 0.001, max: 1, noNaN: true }),
        (of, target, errorRate) => {
          const alert = burnRateAlert(of.period, of.speed);
          expect(detectionMinutes(alert, target, errorRate) ?? 0).toBeLessThanOrEqual(
            alert.longWindowHours * 60,
          );
        },
      ),
    );
  });
});
