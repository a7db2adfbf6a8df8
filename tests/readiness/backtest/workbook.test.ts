/**
 * The cases of The Site Reliability Workbook, chapter 5, "Alerting on SLOs": an objective of 99.9 % over 30
 * days, and a service with an even flow of requests that fails at a moment.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Alert } from "../../../model/alerts/alert.ts";
import type { BurnRateSignal, MetricSignal } from "../../../model/alerts/signal.ts";
import {
  type BurnRateAlert,
  budgetSpent,
  detectionMinutes,
} from "../../../model/service-levels/burn-rate.ts";
import { budgetOf } from "../../../readiness/backtest/budget.ts";
import { alertOf, evaluated, type MadeTrace, made, prod, start, watching } from "./support.ts";

const target = 99.9;
const budget = 0.001;
const spec = prod(target);
const perSecond = 1000;

/** "Recommended parameters for an SLO-based alerting configuration": long and short window, rate. */
const recommended = {
  "2 % in 1 h": { longWindowHours: 1, shortWindowMinutes: 5, rate: 14.4 },
  "5 % in 6 h": { longWindowHours: 6, shortWindowMinutes: 30, rate: 6 },
  "10 % in 3 d": { longWindowHours: 72, shortWindowMinutes: 360, rate: 1 },
} as const satisfies Record<string, BurnRateAlert>;

function burnRate(pair: BurnRateAlert): Alert {
  const signal: BurnRateSignal = { kind: "burn-rate", objective: "availability", ...pair };
  return watching(spec, signal);
}

/** An alert on the error ratio over one window: the workbook's first attempts. */
function errorRatio(windowMinutes: number, percent: number): Alert {
  const { signal } = alertOf(spec, "portal-error-rate");
  if (signal.kind !== "metric") throw new Error("error-rate is no metric alert");
  return watching(spec, {
    ...signal,
    windowMinutes,
    evaluationDelaySeconds: 0,
    thresholds: { critical: percent },
  } satisfies MetricSignal);
}

/** Second by second: nothing fails for `quiet`, then a share of requests for `bad`, then nothing for `after`. */
function outage(quiet: number, bad: number, after: number, share: number): MadeTrace {
  return made(quiet + bad + after, 1, {
    "portal.requests": () => perSecond,
    "portal.errors": (second) => (second >= quiet && second < quiet + bad ? share * perSecond : 0),
  });
}

/** Seconds from the start of the outage to the alert, and from its end to the recovery. */
function times(alert: Alert, on: MadeTrace, quiet: number, bad: number) {
  const { episodes } = evaluated(alert, on, spec, 1);
  const [first] = episodes;
  return {
    episodes: episodes.length,
    detection: first && first.firedAt - start - quiet,
    reset: first?.recoveredAt ? first.recoveredAt - start - quiet - bad : undefined,
  };
}

describe("one window", () => {
  it("of 10 min above the objective: 0.6 s for a total outage", () => {
    const on = outage(600, 60, 0, 1);
    expect(600 * budget).toBeCloseTo(0.6, 12);
    expect(times(errorRatio(10, 0.1), on, 600, 60).detection).toBe(1);
  });

  it("of 36 h above the objective: 2 min 10 s, and then it fires for 36 h", () => {
    const window = 36 * 3600;
    const found = times(errorRatio(36 * 60, 0.1), outage(window, 130, window, 1), window, 130);
    expect(found).toEqual({ episodes: 1, detection: 2 * 60 + 10, reset: window - 129 });
  });

  it("of 1 h above a burn rate of 36: 2 min 10 s, and a reset after 58 min", () => {
    const { detection, reset } = times(errorRatio(60, 3.6), outage(3600, 130, 3600, 1), 3600, 130);
    expect(detection).toBe(2 * 60 + 10);
    expect(Math.round((reset ?? 0) / 60)).toBe(58);
  });

  it("of 1 h above a burn rate of 36 never sees a burn rate of 35, which spends everything in 20.5 h", () => {
    const { trace, data } = outage(3600, 7200, 0, 0.035);
    expect(times(errorRatio(60, 3.6), { trace, data }, 3600, 7200).episodes).toBe(0);
    const burnt = budgetOf("portal", target, data, trace);
    const percentPerHour = burnt?.(start + 3600, start + 7200) ?? 0;
    expect(100 / percentPerHour).toBeCloseTo(20.5, 0);
  });
});

describe("budget burnt", () => {
  it.each([
    [1, 30 * 24],
    [2, 15 * 24],
    [10, 3 * 24],
    [1000, 43.2 / 60],
  ])("at a rate of %d is all of it after %d h", (rate, hours) => {
    const { trace, data } = outage(0, 3600, 0, rate * budget);
    const percentPerHour = budgetOf("portal", target, data, trace)?.(start, start + 3600) ?? 0;
    expect(100 / percentPerHour).toBeCloseTo(hours, 6);
  });

  it.each(Object.entries(recommended))("is %s when that alert fires, however much fails", (_, pair) => {
    const hours = pair.longWindowHours;
    for (const share of [1, 0.1]) {
      const quiet = hours * 3600;
      const detection = Math.floor(60 * (detectionMinutes(pair, target, share) ?? 0)) + 1;
      const on = outage(quiet, detection, 0, share);
      const burnt = budgetOf("portal", target, on.data, on.trace)?.(start, start + quiet + detection) ?? 0;
      expect(burnt / 100).toBeGreaterThanOrEqual(budgetSpent(pair, 30) * 0.999);
      // A second more than needed, of at most 260.
      expect(burnt / 100).toBeLessThan(budgetSpent(pair, 30) * 1.03);
    }
  });
});

describe("two windows", () => {
  it("15 % for 10 min: fires after 5 min 46 s and is over 4 min 32 s after the errors, not an hour", () => {
    const found = times(burnRate(recommended["2 % in 1 h"]), outage(3600, 600, 4000, 0.15), 3600, 600);
    expect(found).toEqual({ episodes: 1, detection: 346, reset: 272 });
  });

  const cases = Object.entries(recommended).flatMap(([name, pair]) =>
    [1, 0.1, 0.01, 0.002].map((share) => ({ name, pair, share })),
  );
  it.each(cases)(
    "$name: a share of $share is found when the formula says, to the second",
    ({ pair, share }) => {
      const quiet = pair.longWindowHours * 3600;
      const minutes = detectionMinutes(pair, target, share);
      // The alert fires above its rate: at the first evaluation after the formula's moment.
      const detection = minutes === undefined ? undefined : Math.floor(minutes * 60) + 1;
      const bad = detection === undefined ? quiet : detection + pair.shortWindowMinutes * 60;
      const after = pair.shortWindowMinutes * 60 + 10;
      const found = times(burnRate(pair), outage(quiet, bad, after, share), quiet, bad);
      const reset = Math.ceil(pair.shortWindowMinutes * 60 * (1 - (pair.rate * budget) / share) - 1e-6);
      expect(found).toEqual(
        detection === undefined
          ? { episodes: 0, detection: undefined, reset: undefined }
          : { episodes: 1, detection, reset },
      );
    },
  );

  it.each(cases)("$name, $share: the same without history, which counts as healthy", ({ pair, share }) => {
    const minutes = detectionMinutes(pair, target, share);
    const bad = pair.longWindowHours * 3600;
    const { detection } = times(burnRate(pair), outage(0, bad, 0, share), 0, bad);
    expect(detection).toBe(minutes === undefined ? undefined : Math.floor(minutes * 60) + 1);
  });

  it("on a trace of minutes, at the first minute after the formula's moment", () => {
    const pair = recommended["2 % in 1 h"];
    fc.assert(
      fc.property(fc.integer({ min: 15, max: 1000 }), (perMille) => {
        const share = perMille / 1000;
        const on = made(240, 60, {
          "portal.requests": () => perSecond,
          "portal.errors": (second) => (second >= 7200 ? perMille : 0),
        });
        const [first] = evaluated(burnRate(pair), on, spec).episodes;
        const formula = detectionMinutes(pair, target, share) ?? 0;
        // Where it falls on a minute, rounding must not put it before.
        expect((first?.firedAt ?? 0) - start - 7200).toBe(60 * (Math.floor(formula + 1e-9) + 1));
      }),
    );
  });
});
