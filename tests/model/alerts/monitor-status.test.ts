import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Condition,
  evaluationSeconds,
  type MonitorStatus,
  nextStatus,
} from "../../../model/alerts/monitor-status.ts";
import type { MissingData } from "../../../model/alerts/signal.ts";

const high: Condition = {
  comparator: ">",
  thresholds: { critical: 90, warning: 80, recovery: 70 },
  onMissingData: "resolve",
  counts: false,
};
const low: Condition = { ...high, comparator: "<", thresholds: { critical: 10, warning: 20, recovery: 30 } };
const statuses = fc.constantFrom<MonitorStatus>("ok", "warning", "alert", "no-data");

/** Statuses of one evaluation after the other. */
function run(condition: Condition, values: readonly (number | undefined)[]): readonly MonitorStatus[] {
  let status: MonitorStatus = "ok";
  return values.map((value) => {
    status = nextStatus(status, value, condition);
    return status;
  });
}

describe("thresholds", () => {
  it("fires beyond critical, and a value on the threshold is not beyond it", () => {
    expect(run(high, [90, 90.1])).toEqual(["warning", "alert"]);
    expect(run(low, [10, 9.9])).toEqual(["warning", "alert"]);
  });

  it("keeps an alert and a warning until the value is back at the recovery threshold", () => {
    expect(run(high, [95, 85, 71, 70, 85, 75, 70])).toEqual([
      "alert",
      "alert",
      "alert",
      "ok",
      "warning",
      "warning",
      "ok",
    ]);
    expect(run(low, [5, 25, 30, 15, 29, 31])).toEqual(["alert", "alert", "ok", "warning", "warning", "ok"]);
  });

  it("ends an alert at its own threshold where there is no recovery threshold", () => {
    const bare: Condition = { ...high, thresholds: { critical: 90 } };
    expect(run(bare, [91, 90, 91])).toEqual(["alert", "ok", "alert"]);
  });

  it("never flaps while the value stays between recovery and critical", () => {
    const between = fc.array(fc.double({ min: 70.01, max: 90, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(between, (values) => {
        expect(new Set(run(high, [95, ...values]))).toEqual(new Set(["alert"]));
      }),
    );
  });
});

describe("missing data", () => {
  const missing = (onMissingData: MissingData, counts: boolean, before: MonitorStatus) =>
    nextStatus(before, undefined, { ...low, onMissingData, counts });

  it("is the end of an alert with resolve", () => {
    fc.assert(
      fc.property(statuses, (before) => {
        expect(missing("resolve", true, before)).toBe("ok");
      }),
    );
  });

  it("is a count of zero with default, and for anything but a count no news", () => {
    fc.assert(
      fc.property(statuses, (before) => {
        expect(missing("default", true, before)).toBe("alert");
        expect(missing("default", false, before)).toBe(before);
      }),
    );
    expect(nextStatus("alert", undefined, { ...high, onMissingData: "default", counts: true })).toBe("ok");
  });

  it("is below one, where a single event is awaited, and not above none", () => {
    const counted = (comparator: Condition["comparator"], critical: number) =>
      nextStatus("ok", undefined, {
        comparator,
        thresholds: { critical },
        onMissingData: "default",
        counts: true,
      });
    expect(counted("<", 1)).toBe("alert");
    expect(counted(">", 0)).toBe("ok");
  });

  it("is a status of its own otherwise", () => {
    expect(missing("show_no_data", true, "alert")).toBe("no-data");
    expect(missing("show_and_notify_no_data", false, "ok")).toBe("no-data");
  });
});

it("evaluates every minute, and more rarely over windows of a day and of two", () => {
  const hours = (n: number) => evaluationSeconds(n * 3600);
  expect([hours(0.1), hours(23.9), hours(24), hours(47), hours(48), hours(720)]).toEqual([
    60, 60, 600, 600, 1800, 1800,
  ]);
});
