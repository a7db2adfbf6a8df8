import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import {
  gaps,
  type Layer,
  onCallAt,
  type Restriction,
  type Schedule,
  shifts,
} from "../../../../model/on-call/calendar/schedule.ts";
import { Zone } from "../../../../model/on-call/calendar/zone.ts";
import { cpuTime } from "../../../support/cpu-time.ts";

const zones = ["Europe/Zagreb", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"];
const at = (text: string) => Temporal.Instant.from(text).epochMilliseconds;
const year = { from: at("2026-11-23T00:00:00Z"), to: at("2027-11-23T00:00:00Z") };
const week = 604_800;

const always: Layer = {
  start: "2026-01-05T08:00:00Z",
  rotationVirtualStart: "2026-01-05T08:00:00Z",
  rotationTurnLengthSeconds: week,
  people: ["ana", "bela"],
};
const zagreb = (...layers: readonly Layer[]): Schedule => ({ timeZone: "Europe/Zagreb", layers });
const daily = (startTimeOfDay: string, hours: number): Restriction => ({
  type: "daily_restriction",
  startTimeOfDay,
  durationSeconds: hours * 3600,
});

describe("a time zone", () => {
  it("agrees with Temporal at any instant, and on any wall-clock time", () => {
    const instants = fc.integer({ min: year.from / 60_000, max: year.to / 60_000 }).map((m) => m * 60_000);
    fc.assert(
      fc.property(fc.constantFrom(...zones), instants, (name, instant) => {
        const zone = new Zone(name, year);
        const there = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(name);
        expect(zone.local(instant)).toBe(instant + there.offsetNanoseconds / 1e6);
        const wall = Temporal.Instant.fromEpochMilliseconds(instant)
          .toZonedDateTimeISO("UTC")
          .toPlainDateTime();
        expect(zone.instant(instant)).toBe(wall.toZonedDateTime(name).epochMilliseconds);
      }),
    );
  });

  it.each([
    ["skipped in spring", "2027-03-28T02:30:00Z", "2027-03-28T01:30:00Z"],
    ["twice in autumn", "2027-10-31T02:30:00Z", "2027-10-31T00:30:00Z"],
  ])("knows a time that is %s", (_title, local, instant) => {
    expect(new Zone("Europe/Zagreb", year).instant(at(local))).toBe(at(instant));
  });
});

describe("a rotation", () => {
  it("hands over at the same local time all year, so two turns are an hour off", () => {
    const turns = shifts(zagreb(always), year).slice(1, -1);
    const odd = turns.filter(({ from, to }) => to - from !== week * 1000);
    expect(odd.map(({ from, to }) => (to - from) / 3_600_000)).toEqual([167, 169]);
    for (const { from } of turns) {
      const { hour, dayOfWeek } =
        Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO("Europe/Zagreb");
      expect([hour, dayOfWeek]).toEqual([9, 1]);
    }
  });

  it("changes hands exactly on the boundary", () => {
    const handover = at("2026-11-30T08:00:00Z");
    expect(onCallAt(zagreb(always), handover - 1)).not.toBe(onCallAt(zagreb(always), handover));
    expect(onCallAt(zagreb(always), handover)).toBe(onCallAt(zagreb(always), handover + 1));
  });

  it("begins with its layer and ends with it, whatever its virtual start", () => {
    const short = { ...always, start: "2026-12-01T00:00:00Z", end: "2027-01-01T00:00:00Z" };
    expect(gaps(zagreb(short), year)).toMatchObject([
      { from: year.from, to: at(short.start) },
      { from: at(short.end), to: year.to },
    ]);
  });

  it("has nobody without people, and nobody without layers", () => {
    expect(gaps(zagreb({ ...always, people: [] }), year)).toMatchObject([year]);
    expect(gaps(zagreb(), year)).toMatchObject([year]);
  });

  it("is refused where it makes no sense", () => {
    expect(() => shifts(zagreb({ ...always, rotationTurnLengthSeconds: 0 }), year)).toThrow(
      "a minute or more",
    );
    expect(() => shifts(zagreb({ ...always, start: "soon" }), year)).toThrow("soon is no time");
    expect(() => shifts({ timeZone: "Europe/Nowhere", layers: [] }, year)).toThrow(RangeError);
  });
});

describe("layers", () => {
  const night = { ...always, people: ["noor"], restrictions: [daily("22:00:00", 8)] };

  it("override the earlier ones where they have somebody", () => {
    const schedule = zagreb(always, night);
    expect(onCallAt(schedule, at("2026-12-01T22:30:00Z"))).toBe("noor");
    expect(onCallAt(schedule, at("2026-12-01T12:00:00Z"))).not.toBe("noor");
    expect(onCallAt(zagreb(night, always), at("2026-12-01T22:30:00Z"))).not.toBe("noor");
  });

  it("that follow the sun leave no gap through both changes of the clocks", () => {
    const sun = [0, 8, 16].map((hour) => ({
      ...always,
      restrictions: [daily(`${String(hour).padStart(2, "0")}:00:00`, 8)],
    }));
    expect(gaps(zagreb(...sun), year)).toEqual([]);
    expect(gaps({ ...zagreb(...sun), timeZone: "America/New_York" }, year)).toEqual([]);
  });

  it("that miss an hour of one November night show it", () => {
    const before = { ...always, end: "2027-11-14T01:00:00Z" };
    const after = { ...always, start: "2027-11-14T02:00:00Z" };
    expect(gaps(zagreb(before, after), year)).toMatchObject([{ from: at(before.end), to: at(after.start) }]);
  });

  it("restricted to weekends cover exactly those", () => {
    const weekend = {
      ...always,
      restrictions: [
        {
          type: "weekly_restriction",
          startDayOfWeek: 6,
          startTimeOfDay: "00:00:00",
          durationSeconds: 172_800,
        },
      ],
    };
    for (const { from, to } of shifts(zagreb(weekend), year)
      .filter((s) => s.person)
      .slice(1, -1)) {
      const [start, end] = [from, to].map((t) =>
        Temporal.Instant.fromEpochMilliseconds(t).toZonedDateTimeISO("Europe/Zagreb"),
      );
      expect([1, 6]).toContain(start?.dayOfWeek);
      expect([1, 6]).toContain(end?.dayOfWeek);
    }
  });
});

describe("the arithmetic of boundaries", () => {
  const quarter = (min: number, max: number) => fc.integer({ min, max }).map((n) => n * 900);
  const clock = quarter(0, 95).map((s) => Temporal.PlainTime.from("00:00").add({ seconds: s }).toString());
  const restriction: fc.Arbitrary<Restriction> = fc.oneof(
    fc.record({
      type: fc.constant("daily_restriction"),
      startTimeOfDay: clock,
      durationSeconds: quarter(1, 96),
    }),
    fc.record({
      type: fc.constant("weekly_restriction"),
      startDayOfWeek: fc.integer({ min: 1, max: 7 }),
      startTimeOfDay: clock,
      durationSeconds: quarter(1, 672),
    }),
  );
  const instant = fc
    .integer({ min: 0, max: 40 })
    .map((d) => new Date(at("2027-03-01T00:00:00Z") + d * 82_800_000).toISOString());
  const layer: fc.Arbitrary<Layer> = fc.record({
    start: instant,
    end: fc.option(instant, { nil: undefined }),
    rotationVirtualStart: instant,
    rotationTurnLengthSeconds: fc.constantFrom(3600, 28_800, 43_200, 86_400, week),
    people: fc.subarray(["ana", "bela", "cvita"]),
    restrictions: fc.array(restriction, { maxLength: 2 }),
  });

  it("agrees with a look at every quarter of an hour around a change of the clocks", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones.slice(0, 2)),
        fc.array(layer, { maxLength: 3 }),
        (timeZone, layers) => {
          const period = { from: at("2027-03-26T00:00:00Z"), to: at("2027-03-30T00:00:00Z") };
          const own = shifts({ timeZone, layers }, period);
          for (let t = period.from; t < period.to; t += 900_000) {
            const shift = own.find(({ from, to }) => from <= t && t < to);
            expect(shift?.person).toBe(slowly({ timeZone, layers }, t));
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it("covers a period without holes, and never twice the same person in a row", () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.array(layer, { maxLength: 3 }), (timeZone, layers) => {
        const own = shifts({ timeZone, layers }, year);
        expect(own[0]?.from).toBe(year.from);
        expect(own.at(-1)?.to).toBe(year.to);
        for (const [i, { from, person }] of own.entries()) {
          if (i === 0) continue;
          expect(own[i - 1]?.to).toBe(from);
          expect(own[i - 1]?.person).not.toBe(person);
        }
      }),
      { numRuns: 50 },
    );
  });

  it("computes a year of ten schedules", ({ annotate }) => {
    const parts = [0, 8, 16].map((hour) => ({
      ...always,
      restrictions: [daily(`${String(hour).padStart(2, "0")}:00:00`, 8)],
    }));
    const ten = Array.from({ length: 10 }, (_, i) => ({
      timeZone: zones[i % zones.length] ?? "UTC",
      layers: [always, ...parts],
    }));
    // A tenth of a second is the promise; a slow machine gets ten.
    const took = cpuTime(() => {
      for (const schedule of ten) expect(gaps(schedule, year)).toEqual([]);
    });
    void annotate(`a year of ten schedules: ${took.toFixed(1)} ms`);
    expect(took).toBeLessThan(1000);
  });
});

/** The same question asked of one instant, through Temporal, by counting turns one by one. */
function slowly({ timeZone, layers }: Schedule, t: number): string | undefined {
  const here = (instant: number) =>
    Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone);
  let person: string | undefined;
  for (const {
    start,
    end,
    rotationVirtualStart,
    rotationTurnLengthSeconds,
    people,
    restrictions,
  } of layers) {
    if (t < at(start) || (end && t >= at(end)) || people.length === 0) continue;
    if (restrictions?.length && !restrictions.some((r) => isOpen(r, t))) continue;
    const first = here(at(rotationVirtualStart)).toPlainDateTime();
    const begins = (turn: number) =>
      first.add({ seconds: turn * rotationTurnLengthSeconds }).toZonedDateTime(timeZone).epochMilliseconds;
    let turn = Math.floor((t - at(rotationVirtualStart)) / 1000 / rotationTurnLengthSeconds) - 3;
    while (begins(turn + 1) <= t) turn++;
    person = people.at(turn % people.length);
  }
  return person;

  function isOpen(
    { type, startTimeOfDay, startDayOfWeek, durationSeconds }: Restriction,
    instant: number,
  ): boolean {
    for (let back = 0; back <= 8; back++) {
      const date = here(instant).toPlainDate().subtract({ days: back });
      if (type === "weekly_restriction" && date.dayOfWeek !== startDayOfWeek) continue;
      const opens = date.toPlainDateTime(startTimeOfDay);
      const [from, to] = [opens, opens.add({ seconds: durationSeconds })].map(
        (wall) => wall.toZonedDateTime(timeZone).epochMilliseconds,
      );
      if ((from ?? 0) <= instant && instant < (to ?? 0)) return true;
    }
    return false;
  }
}
