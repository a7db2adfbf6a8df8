import fc from "fast-check";
import { expect, it } from "vitest";
import { durationSeconds, secondsAWeek } from "../../../policies/effects/recurrence.ts";

it.each([
  ["FREQ=WEEKLY;INTERVAL=1;BYDAY=SU", 3600, 3600],
  ["FREQ=WEEKLY", 3600, 3600],
  ["FREQ=WEEKLY;BYDAY=MO,TU,WE", 3600, 10_800],
  ["FREQ=WEEKLY;BYDAY=SU;BYHOUR=1,2", 3600, 7200],
  ["FREQ=WEEKLY;INTERVAL=4;BYDAY=SU", 3600, 3600],
  ["FREQ=DAILY;BYDAY=MO,TU", 3600, 7200],
  ["FREQ=DAILY", 3600, 25_200],
  ["FREQ=HOURLY", 3600, 604_800],
  ["FREQ=HOURLY;INTERVAL=24", 3600, 25_200],
  ["FREQ=WEEKLY", Number.POSITIVE_INFINITY, 604_800],
  ["FREQ=MONTHLY;BYSETPOS=1", 3600, undefined],
  ["FREQ=SECONDLY", 1, undefined],
  ["", 1, undefined],
])("%j of %i s takes %s s of a week", (rule, duration, expected) => {
  expect(secondsAWeek(rule, duration)).toBe(expected);
});

it("is never more than a week, and never less than once", () => {
  const rule = fc.record({
    freq: fc.constantFrom("HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"),
    interval: fc.integer({ min: 1, max: 60 }),
    days: fc.subarray(["MO", "TU", "SA"], { minLength: 1 }),
  });
  fc.assert(
    fc.property(rule, fc.integer({ min: 1, max: 604_800 }), ({ freq, interval, days }, duration) => {
      const seconds = secondsAWeek(`FREQ=${freq};INTERVAL=${interval};BYDAY=${days.join()}`, duration) ?? 0;
      expect(seconds).toBeGreaterThanOrEqual(duration);
      expect(seconds).toBeLessThanOrEqual(604_800);
    }),
  );
});

it.each([
  ["30m", 1800],
  ["1h", 3600],
  ["2d", 172_800],
  ["soon", Number.POSITIVE_INFINITY],
])("%s: %s s", (text, expected) => {
  expect(durationSeconds(text)).toBe(expected);
});
