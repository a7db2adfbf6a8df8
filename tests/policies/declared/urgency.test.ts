import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { moment } from "../../../model/on-call/calendar/wording.ts";
import type { DeclaredService } from "../../../policies/declared/chain.ts";
import { quiet } from "../../../policies/declared/urgency.ts";
import { types } from "../support/paged-stack.ts";
import { resourceOf } from "../support/stack.ts";

const quarter = 15 * 60_000;
const day = 24 * 60 * 60_000;
const now = new Date("2026-11-01T12:00:00Z");
const everyDay = [1, 2, 3, 4, 5, 6, 7];

interface Hours {
  readonly daysOfWeeks: readonly number[];
  readonly startTime: string;
  readonly endTime: string;
  readonly timeZone: string;
}

/** What is said of a service with these support hours, in and out of which incidents have an urgency. */
function told(supportHours: Partial<Hours>, inside: string, outside: string, from = now) {
  const incidentUrgencyRule = {
    type: "use_support_hours",
    duringSupportHours: { type: "constant", urgency: inside },
    outsideSupportHours: { type: "constant", urgency: outside },
  };
  const service = resourceOf(types.service, { incidentUrgencyRule, supportHours });
  return quiet(service as unknown as DeclaredService, from)?.observed;
}

describe("urgency by support hours", () => {
  const overnight = { daysOfWeeks: everyDay, startTime: "20:00:00", endTime: "08:00:00", timeZone: "UTC" };

  it.each<[string, Partial<Hours>, string, string, string]>([
    [
      "at night, high by day",
      overnight,
      "low",
      "high",
      "from Sun 1 Nov 2026, 20:00 to Mon 2 Nov 2026, 08:00 UTC (12 h), and 364 times more: 183 days in 12 months",
    ],
    [
      "by day, high at night",
      overnight,
      "high",
      "low",
      "from Sun 1 Nov 2026, 12:00 to Sun 1 Nov 2026, 20:00 UTC (8 h), and 365 times more: 183 days in 12 months",
    ],
    [
      "but for the night after each Friday",
      { ...overnight, daysOfWeeks: [5] },
      "high",
      "low",
      "from Sun 1 Nov 2026, 12:00 to Fri 6 Nov 2026, 20:00 UTC (5 days), and 52 times more",
    ],
    [
      "in the hours of another time zone",
      { ...overnight, timeZone: "America/New_York" },
      "low",
      "high",
      "from Sun 1 Nov 2026, 07:00 to Sun 1 Nov 2026, 08:00 America/New_York (1 h), and 365 times more",
    ],
    [
      "for the last second of each day",
      { ...overnight, startTime: "00:00:00", endTime: "23:59:59" },
      "high",
      "low",
      "from Sun 1 Nov 2026, 23:59 to Mon 2 Nov 2026, 00:00 UTC (0 min), and 364 times more",
    ],
    ["where no hours are said", {}, "high", "low", "from Sun 1 Nov 2026, 12:00 to Mon 1 Nov 2027, 12:00 UTC"],
    ["at every hour", overnight, "low", "low", "from Sun 1 Nov 2026, 12:00 to Sun 1 Nov 2026, 20:00 UTC"],
  ])("is low %s", (_title, hours, inside, outside, expected) => {
    expect(told(hours, inside, outside)).toContain(`urgency is low ${expected}`);
  });

  it("is high at every hour where both are", () => {
    expect(told(overnight, "high", "high")).toBeUndefined();
  });

  it("is first low when a clock shows it, before midnight and behind it", () => {
    const time = fc.nat({ max: 95 });
    const days = fc.subarray(everyDay, { minLength: 1 });
    fc.assert(
      fc.property(time, time, days, fc.boolean(), fc.nat({ max: 671 }), (start, end, on, inside, later) => {
        fc.pre(start !== end);
        const from = now.getTime() + later * quarter;
        const low = (at: number) => isOpen(at, start, end, on) === inside;
        const begins = next(from, low);
        const ends = next(begins, (at) => !low(at));
        const hours = { daysOfWeeks: on, startTime: clock(start), endTime: clock(end), timeZone: "UTC" };
        const said = told(hours, inside ? "low" : "high", inside ? "high" : "low", new Date(from));
        expect(said).toContain(`low from ${moment(begins, "UTC")} to ${moment(ends, "UTC")} UTC`);
      }),
    );
  });
});

describe("urgency that is the same all day", () => {
  it.each([
    [{ type: "constant", urgency: "high" }, undefined],
    [{ type: "constant", urgency: "low" }, "urgency is low"],
    [{ type: "constant", urgency: "severity_based" }, "urgency is severity_based"],
    [{ type: "constant" }, "urgency is not set"],
    [{ urgency: "high" }, "urgency is high"],
    [undefined, "urgency is not set"],
  ])("%j", (incidentUrgencyRule, observed) => {
    const service = resourceOf(types.service, { incidentUrgencyRule });
    expect(quiet(service as unknown as DeclaredService, now)?.observed).toBe(observed);
  });
});

/** Whether an instant lies in hours that begin on some days, counted in quarters of an hour; by a look at the clock. */
function isOpen(at: number, start: number, end: number, days: readonly number[]): boolean {
  const shown = new Date(at);
  const time = shown.getUTCHours() * 4 + shown.getUTCMinutes() / 15;
  const on = (date: Date) => days.includes(date.getUTCDay() || 7);
  const yesterday = new Date(at - day);
  if (start < end) return on(shown) && start <= time && time < end;
  return (on(shown) && start <= time) || (on(yesterday) && time < end);
}

/** The first quarter from an instant on of which something holds; hours come back every week. */
function next(from: number, holds: (at: number) => boolean): number {
  const found = Array.from({ length: 8 * 96 }, (_, i) => from + i * quarter).find(holds);
  if (found === undefined) throw new Error("never");
  return found;
}

function clock(quarters: number): string {
  const [hours, minutes] = [Math.floor(quarters / 4), (quarters % 4) * 15];
  return `${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}:00`;
}
