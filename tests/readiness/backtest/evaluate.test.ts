import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Alert } from "../../../model/alerts/alert.ts";
import { alertsOf } from "../../../model/alerts/catalogue.ts";
import type { MetricSignal, MissingData } from "../../../model/alerts/signal.ts";
import { measureOf } from "../../../readiness/backtest/measure.ts";
import { alertOf, evaluated, type MadeTrace, made, prod, start, watching } from "./support.ts";

const spec = prod();
const onRequests = alertsOf(spec).filter((alert) => {
  const source = { ...requests(30, () => 0), spec };
  return !("reason" in measureOf(alert, source));
});

/** Minute by minute, an even flow of 1000 requests, of which some fail. */
function requests(rows: number, errors: (minute: number) => number, begin = start): MadeTrace {
  const columns = { "portal.requests": () => 1000, "portal.errors": (s: number) => errors(s / 60) };
  return made(rows, 60, columns, begin);
}

/** An alert on a column of its own. */
function gauge(over: Partial<MetricSignal> = {}): Alert {
  return watching(spec, {
    kind: "metric",
    expression: { series: { aggregate: "avg", metric: "made.up", filter: {} } },
    over: "avg",
    windowMinutes: 5,
    comparator: ">",
    thresholds: { critical: 90, warning: 80, recovery: 70 },
    unit: "%",
    onMissingData: "show_no_data",
    evaluationDelaySeconds: 0,
    ...over,
  });
}

/** Minutes from the start at which an alert on these values, one a minute, fired and recovered. */
function minutes(alert: Alert, values: readonly number[]) {
  const on = made(values.length, 60, { "portal-made-up": (s) => values[s / 60] ?? Number.NaN });
  return evaluated(alert, on, spec).episodes.map(({ firedAt, recoveredAt, cause }) => ({
    fired: (firedAt - start) / 60,
    recovered: recoveredAt === null ? null : (recoveredAt - start) / 60,
    cause,
  }));
}

const calm = (n: number) => new Array<number>(n).fill(50);
const busy = (n: number) => new Array<number>(n).fill(100);
const nothing = (n: number) => new Array<number>(n).fill(Number.NaN);

describe("every alert on requests", () => {
  it("is one of several", () => {
    expect(onRequests.map((a) => a.id)).toEqual(
      expect.arrayContaining(["error-rate", "service-outage", "availability-fast-burn", "traffic-drop"]),
    );
  });

  it("stays quiet while nothing fails", () => {
    const on = requests(3000, () => 0);
    for (const alert of onRequests) expect(evaluated(alert, on, spec)).toEqual({ episodes: [], warnings: 0 });
  });

  it("fires no later when more fails, and moves with its trace", () => {
    const failures = fc.array(
      fc.record({ at: fc.nat(300), length: fc.nat(120), errors: fc.nat(1000), more: fc.nat(1000) }),
      { minLength: 1, maxLength: 3 },
    );
    const errorsAt = (some: readonly { at: number; length: number; errors: number }[], minute: number) =>
      Math.max(0, ...some.filter((f) => minute >= f.at && minute < f.at + f.length).map((f) => f.errors));
    fc.assert(
      fc.property(failures, fc.integer({ min: -1e6, max: 1e6 }), (some, shift) => {
        const worse = some.map((f) => ({ ...f, errors: Math.min(1000, f.errors + f.more) }));
        const on = requests(500, (minute) => errorsAt(some, minute));
        const onWorse = requests(500, (minute) => errorsAt(worse, minute));
        const onShifted = requests(500, (minute) => errorsAt(some, minute), start + shift);
        for (const alert of onRequests) {
          const { episodes } = evaluated(alert, on, spec);
          const [first] = evaluated(alert, onWorse, spec).episodes;
          if (episodes[0]) expect(first?.firedAt).toBeLessThanOrEqual(episodes[0].firedAt);
          expect(evaluated(alert, onShifted, spec).episodes).toEqual(
            episodes.map((e) => ({
              ...e,
              firedAt: e.firedAt + shift,
              recoveredAt: e.recoveredAt === null ? null : e.recoveredAt + shift,
              badSince: e.badSince === null ? null : e.badSince + shift,
            })),
          );
        }
      }),
      { numRuns: 40 },
    );
  });

  it("reads a minute without errors in the file as one without errors, and one without requests as no news", () => {
    const alert = alertOf(spec, "portal-error-rate-high");
    const sparse = made(60, 60, {
      "portal.requests": (s) => (s < 1800 ? 100 : 0),
      "portal.errors": (s) => (s === 600 ? 100 : Number.NaN),
    });
    const [episode, ...others] = evaluated(alert, sparse, spec).episodes;
    expect(others).toEqual([]);
    // It waits for two minutes, so that SEV1 is first.
    expect(episode).toMatchObject({ firedAt: start + 780, badSince: start + 600, recoveredAt: start + 1380 });
  });
});

describe("a window of five minutes", () => {
  it("is evaluated every minute, full or not", () => {
    expect(minutes(gauge(), [...calm(10), ...busy(10), ...calm(10)])).toEqual([
      { fired: 15, recovered: 23, cause: "threshold" },
    ]);
    expect(minutes(gauge(), [...busy(1), ...calm(9)])).toEqual([
      { fired: 1, recovered: 3, cause: "threshold" },
    ]);
  });

  it("fires on its maximum at once and on its minimum when all of it is bad", () => {
    const values = [...calm(10), ...busy(10), ...calm(10)];
    expect(minutes(gauge({ over: "max" }), values)).toEqual([
      { fired: 11, recovered: 25, cause: "threshold" },
    ]);
    expect(minutes(gauge({ over: "min" }), values)).toEqual([
      { fired: 15, recovered: 21, cause: "threshold" },
    ]);
  });

  it("counts how often it warned without an alert", () => {
    const values = [...calm(5), ...new Array<number>(5).fill(85), ...calm(5), 85, 85, 85, 85, 85];
    const on = made(values.length, 60, { "portal-made-up": (s) => values[s / 60] ?? 0 });
    expect(evaluated(gauge(), on, spec)).toEqual({ episodes: [], warnings: 2 });
  });

  it("is looked at later where the metric arrives late", () => {
    const late = gauge({ evaluationDelaySeconds: 900 });
    expect(minutes(late, [...calm(10), ...busy(10), ...calm(10)])).toEqual([
      { fired: 30, recovered: 38, cause: "threshold" },
    ]);
  });

  it("is open at the end of the trace where the trace ends before the incident", () => {
    expect(minutes(gauge(), [...calm(5), ...busy(5)])).toEqual([
      { fired: 10, recovered: null, cause: "threshold" },
    ]);
  });

  it("finds when it began among what it holds, not in a blip of yesterday", () => {
    const values = [...calm(5), ...busy(1), ...calm(100), ...busy(5)];
    const on = made(values.length, 60, { "portal-made-up": (s) => values[s / 60] ?? 0 });
    expect(evaluated(gauge(), on, spec).episodes).toMatchObject([{ badSince: start + 106 * 60 }]);
  });

  it("finds when a second incident began after the first was over, not in what is left of the first", () => {
    const values = [...calm(5), ...busy(5), 0, 0, 300];
    const on = made(values.length, 60, { "portal-made-up": (s) => values[s / 60] ?? 0 });
    expect(evaluated(gauge(), on, spec).episodes).toMatchObject([
      { firedAt: start + 10 * 60, recoveredAt: start + 12 * 60 },
      { firedAt: start + 13 * 60, badSince: start + 12 * 60 },
    ]);
  });

  it("does not look at a row before its interval is over", () => {
    const on = made(8, 300, { "portal-made-up": (s) => (s >= 600 ? 100 : 50) });
    const [first] = evaluated(gauge({ windowMinutes: 10 }), on, spec).episodes;
    expect(first?.firedAt).toBe(start + 1200);
  });

  it("cannot be evaluated on rows of ten", () => {
    const on = made(10, 600, { "portal-made-up": () => 1 });
    expect(measureOf(gauge(), { ...on, spec })).toEqual({ reason: "with a window shorter than a row" });
  });
});

describe("no data for a whole window", () => {
  const values = [...calm(5), ...busy(5), ...nothing(10), ...calm(5)];

  it.each<[MissingData, readonly object[]]>([
    ["resolve", [{ fired: 10, recovered: 15, cause: "threshold" }]],
    ["default", [{ fired: 10, recovered: 21, cause: "threshold" }]],
    ["show_no_data", [{ fired: 10, recovered: 21, cause: "threshold" }]],
    ["show_and_notify_no_data", [{ fired: 10, recovered: 21, cause: "threshold" }]],
  ])("with %s, during an alert", (onMissingData, expected) => {
    expect(minutes(gauge({ onMissingData }), values)).toEqual(expected);
  });

  it.each<[MissingData, readonly object[]]>([
    ["resolve", []],
    ["default", []],
    ["show_no_data", []],
    ["show_and_notify_no_data", [{ fired: 10, recovered: 16, cause: "no data" }]],
  ])("with %s, while all is well", (onMissingData, expected) => {
    const quiet = [...calm(5), ...nothing(10), ...calm(5)];
    expect(minutes(gauge({ onMissingData }), quiet)).toEqual(expected);
  });

  it("is zero events for a count with default", () => {
    const count = gauge({
      expression: { series: { aggregate: "sum", metric: "made.up", filter: {}, as: "count" } },
      over: "sum",
      comparator: "<",
      thresholds: { critical: 100 },
      onMissingData: "default",
    });
    expect(minutes(count, [...calm(5), ...nothing(10), ...calm(5)])).toEqual([
      { fired: 9, recovered: 17, cause: "threshold" },
    ]);
  });
});

describe("until the first window is full, for what came before nobody knows", () => {
  const few = gauge({
    expression: { series: { aggregate: "sum", metric: "made.up", filter: {}, as: "count" } },
    over: "sum",
    comparator: "<",
    thresholds: { critical: 100 },
    onMissingData: "show_and_notify_no_data",
  });

  it("nothing is too little, and then it is", () => {
    expect(minutes(few, calm(20))).toEqual([]);
    expect(minutes(few, new Array<number>(10).fill(15))).toEqual([
      { fired: 5, recovered: null, cause: "threshold" },
    ]);
  });

  it("nothing is missing, and then it is", () => {
    expect(minutes(few, [...nothing(3), ...calm(20)])).toEqual([]);
    expect(minutes(few, [...nothing(8), ...calm(20)])).toEqual([
      { fired: 5, recovered: 10, cause: "no data" },
    ]);
  });

  it("too much is too much, and a low value is low", () => {
    expect(minutes(gauge(), busy(2))).toMatchObject([{ fired: 1 }]);
    const low = gauge({ comparator: "<", thresholds: { critical: 60 } });
    expect(minutes(low, calm(2))).toMatchObject([{ fired: 1 }]);
  });

  it("and a trace that is shorter says nothing of it", () => {
    const on = made(4, 60, { "portal-made-up": () => 0 });
    expect(measureOf(few, { ...on, spec })).toEqual({ reason: "with a window longer than the trace" });
  });

  it("no alert of the stack fires at the start of a trace on which all is well", () => {
    const on = made(120, 60, {
      "portal.requests": () => 1000,
      "portal.errors": () => 0,
      "portal-logs-silent": () => 500,
      "portal-request-metrics-silent": () => 500,
      "platform-backup-missing": (s) => Number(s === 3600),
      "platform-aws-metrics-silent": (s) => (s % 300 === 0 ? 2 : Number.NaN),
    });
    for (const alert of alertsOf(spec)) {
      const measure = measureOf(alert, { ...on, spec });
      if (!("reason" in measure)) expect(evaluated(alert, on, spec).episodes, alert.key).toEqual([]);
    }
  });
});

describe("a latency objective", () => {
  it("burns by the share of requests that are too slow", () => {
    const fast = alertsOf(spec).find(
      ({ signal }) => signal.kind === "burn-rate" && signal.objective === "latency-list",
    );
    if (!fast) throw new Error("no burn-rate alert on latency");
    const on = made(300, 60, { "portal-latency-list": (s) => (s >= 7200 ? 1000e6 : 100e6) });
    // At a p95 of a second 85 % are slower than 200 ms, and 14.4 × (1 − 0.95) of an hour's may be: 51 minutes of these.
    expect(evaluated(fast, on, spec).episodes).toMatchObject([{ firedAt: start + 7200 + 51 * 60 }]);
  });
});
