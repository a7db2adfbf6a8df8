import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fillTheDay, type Hours, minutesOf, overlap } from "../../../model/on-call/shifts.ts";

const minute = fc.integer({ min: 0, max: 1439 });
const time = (m: number) =>
  `${String(Math.floor(m / 60)).padStart(2, "0")}:${String(m % 60).padStart(2, "0")}`;
const hours = fc.tuple(minute, minute).map(([from, to]): Hours => ({ from: time(from), to: time(to) }));

/** Every minute of the day that belongs to the hours, one by one. */
function minutes({ from, to }: Hours): Set<string> {
  const all = Array.from({ length: 1440 }, (_, m) => time(m));
  const turned = [...all.slice(all.indexOf(from)), ...all.slice(0, all.indexOf(from))];
  return new Set(turned.slice(0, turned.indexOf(to)));
}

describe("hours of a shift", () => {
  it.each([
    ["08:00", "20:00", 720],
    ["20:00", "08:00", 720],
    ["23:30", "00:00", 30],
    ["00:00", "23:59", 1439],
    ["08:00", "08:00", 0],
  ])("from %s to %s last %i minutes", (from, to, length) => {
    expect(minutesOf({ from, to })).toBe(length);
  });

  it("last as long as they have minutes", () => {
    fc.assert(fc.property(hours, (h) => minutesOf(h) === minutes(h).size));
  });

  it("overlap where they share a minute", () => {
    fc.assert(
      fc.property(hours, hours, (a, b) => {
        fc.pre(minutesOf(a) > 0 && minutesOf(b) > 0);
        expect(overlap(a, b)).toBe(!minutes(a).isDisjointFrom(minutes(b)));
      }),
    );
  });

  it("fill the day where no minute is left", () => {
    fc.assert(
      fc.property(fc.uniqueArray(minute, { minLength: 2, maxLength: 5 }), (starts) => {
        const times = starts.toSorted((a, b) => a - b).map(time);
        const crews = times.map((from, i) => ({ from, to: times[(i + 1) % times.length] ?? from }));
        expect(fillTheDay(crews)).toBe(true);
        expect(fillTheDay(crews.slice(1))).toBe(false);
      }),
    );
  });
});
