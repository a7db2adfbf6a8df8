import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { day, hour, minute, yearFrom, Zone } from "../../../../model/on-call/calendar/zone.ts";

const period = yearFrom(new Date("2026-11-23T00:00:00Z"));

it("a year from now has 365 days", () => {
  expect(period.to - period.from).toBe(365 * day);
});

describe("clocks", () => {
  it.each([
    ["Europe/Zagreb", "2027-03-28T01:00:00Z", 1],
    ["Europe/Zagreb", "2027-10-31T01:00:00Z", -1],
    ["America/New_York", "2027-03-14T07:00:00Z", 1],
    ["Australia/Lord_Howe", "2027-04-03T15:00:00Z", -0.5],
  ])("of %s change at %s, and not a moment sooner", (name, change, hours) => {
    const zone = new Zone(name, period);
    const at = Date.parse(change);
    expect(zone.local(at) - zone.local(at - 1)).toBe(hours * hour + 1);
    expect(zone.local(at - 1) - zone.local(at - hour)).toBe(hour - 1);
    expect(zone.local(at + hour) - zone.local(at)).toBe(hour);
  });

  it("change at the same moment, whenever the period begins", () => {
    const at = Date.parse("2027-03-28T01:00:00Z");
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 * 24 * 60 }), (minutes) => {
        const zone = new Zone("Europe/Zagreb", { from: at - minutes * minute, to: at + 30 * day });
        expect(zone.local(at) - zone.local(at - minute)).toBe(hour + minute);
      }),
    );
  });

  it.each(["1999-07-01T12:00:00Z", "2026-11-20T23:59:00Z", "2027-11-25T00:00:00Z", "2035-07-01T12:00:00Z"])(
    "are right far from the period too: %s",
    (text) => {
      const there = Temporal.Instant.from(text).toZonedDateTimeISO("Europe/Zagreb");
      const at = there.epochMilliseconds;
      const zone = new Zone("Europe/Zagreb", period);
      expect(zone.local(at)).toBe(at + there.offsetNanoseconds / 1e6);
      expect(zone.instant(zone.local(at))).toBe(at);
    },
  );
});
