/** Where stretches of time meet: restrictions that overlap, and rotations that give a turn to one person. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  clashes,
  type Layer,
  openings,
  type Restriction,
  shifts,
} from "../../../../model/on-call/calendar/schedule.ts";
import { Zone } from "../../../../model/on-call/calendar/zone.ts";

const hour = 3_600_000;
const period = { from: Date.parse("2027-03-22T00:00:00Z"), to: Date.parse("2027-04-05T00:00:00Z") };
const zone = new Zone("Europe/Zagreb", period);

describe("openings", () => {
  const restriction: fc.Arbitrary<Restriction> = fc.record({
    type: fc.constantFrom("daily_restriction", "weekly_restriction"),
    startDayOfWeek: fc.integer({ min: 1, max: 7 }),
    startTimeOfDay: fc.nat({ max: 23 }).map((h) => `${String(h).padStart(2, "0")}:00:00`),
    durationSeconds: fc.integer({ min: 1, max: 40 }).map((hours) => hours * 3600),
  });
  const some = fc.array(restriction, { minLength: 1, maxLength: 3 });

  it("are in order, apart from each other and within the period", () => {
    fc.assert(
      fc.property(some, (restrictions) => {
        const open = openings(restrictions, zone, period);
        for (const [i, { from, to }] of open.entries()) {
          expect(from).toBeLessThan(to);
          expect(from).toBeGreaterThan(open[i - 1]?.to ?? period.from - 1);
        }
        expect(open.at(-1)?.to ?? period.to).toBeLessThanOrEqual(period.to);
      }),
    );
  });

  it("of several restrictions are those of any", () => {
    const hours = Array.from({ length: 14 * 24 }, (_, i) => period.from + i * hour);
    const openAt = (restrictions: readonly Restriction[], at: number) =>
      openings(restrictions, zone, period).some(({ from, to }) => from <= at && at < to);
    fc.assert(
      fc.property(some, fc.constantFrom(...hours), (restrictions, at) => {
        expect(openAt(restrictions, at)).toBe(restrictions.some((one) => openAt([one], at)));
      }),
    );
  });
});

it("a restriction begins and ends at the second", () => {
  const daily = { type: "daily_restriction", startTimeOfDay: "08:30:45", durationSeconds: 75 };
  const [first] = openings([daily], new Zone("UTC", period), period);
  expect(first).toEqual({
    from: Date.parse("2027-03-22T08:30:45Z"),
    to: Date.parse("2027-03-22T08:32:00Z"),
  });
});

it.each(["", "8:30", "soon"])("a restriction from %j is refused", (startTimeOfDay) => {
  const daily = { type: "daily_restriction", startTimeOfDay, durationSeconds: 60 };
  expect(() => openings([daily], zone, period)).toThrow("is no time of day");
});

describe("clashes", () => {
  const layer = (people: readonly string[], more: Partial<Layer> = {}): Layer => ({
    start: "2027-03-01T00:00:00Z",
    rotationVirtualStart: "2027-03-01T00:00:00Z",
    rotationTurnLengthSeconds: 86_400,
    people,
    ...more,
  });
  const rota = (...layers: readonly Layer[]) => ({ timeZone: "UTC", layers });

  it("are no gaps that both rotations have", () => {
    expect(clashes(rota(), rota(), period)).toEqual([]);
    const late = layer(["ana"], { start: "2027-04-01T00:00:00Z" });
    expect(clashes(rota(late), rota(layer(["bela"], { start: late.start })), period)).toEqual([]);
  });

  it("are the stretches in which the shifts of both have one person", () => {
    const names = fc.shuffledSubarray(["ana", "bela", "cvita"], { minLength: 1 });
    const turns = fc.constantFrom(3600 * 6, 86_400, 86_400 * 3);
    const any = fc
      .tuple(names, turns)
      .map(([people, rotationTurnLengthSeconds]) => rota(layer(people, { rotationTurnLengthSeconds })));
    const instants = fc.integer({ min: period.from, max: period.to - 1 });
    fc.assert(
      fc.property(any, any, instants, (one, other, at) => {
        const now = <Span extends { from: number; to: number }>(spans: readonly Span[]) =>
          spans.find(({ from, to }) => from <= at && at < to);
        const [first, second] = [one, other].map((schedule) => now(shifts(schedule, period))?.person);
        expect(now(clashes(one, other, period))?.person).toBe(first === second ? first : undefined);
      }),
    );
  });
});

it("a turn may be as short as a minute, and no shorter", () => {
  const minutely = (rotationTurnLengthSeconds: number) =>
    shifts(
      {
        timeZone: "UTC",
        layers: [
          {
            start: "2027-03-22T00:00:00Z",
            rotationVirtualStart: "2027-03-22T00:00:00Z",
            rotationTurnLengthSeconds,
            people: ["ana", "bela"],
          },
        ],
      },
      { from: period.from, to: period.from + 120_000 },
    );
  expect(minutely(60).map(({ person }) => person)).toEqual(["ana", "bela"]);
  expect(() => minutely(59)).toThrow(RangeError);
});
