import { expect, it } from "vitest";
import { lasting, moment, stretch } from "../../../../model/on-call/calendar/wording.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

it.each([
  [0, "0 min"],
  [29_999, "0 min"],
  [30_000, "1 min"],
  [minute, "1 min"],
  [59 * minute, "59 min"],
  [hour, "1 h"],
  [hour + minute, "1 h 1 min"],
  [90 * minute + 40_000, "1 h 31 min"],
  [4 * day - hour, "95 h"],
  [4 * day, "4 days"],
  [4.5 * day, "5 days"],
  [365 * day, "365 days"],
])("%i ms last %s", (ms, expected) => {
  expect(lasting(ms)).toBe(expected);
});

it("shows a moment as the clocks of its zone do", () => {
  const instant = Date.parse("2027-09-05T23:30:00Z");
  expect(moment(instant, "UTC")).toBe("Sun 5 Sep 2027, 23:30");
  expect(moment(instant, "Europe/Zagreb")).toBe("Mon 6 Sep 2027, 01:30");
});

it("shows a stretch over a change of the clocks with the time that passes", () => {
  const from = Date.parse("2027-10-31T00:30:00Z");
  expect(stretch({ from, to: from + hour }, "Europe/Zagreb")).toBe(
    "Sun 31 Oct 2027, 02:30 to Sun 31 Oct 2027, 02:30 Europe/Zagreb (1 h)",
  );
});
