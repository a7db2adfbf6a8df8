import { describe, expect, it } from "vitest";
import { UsageError } from "../../../readiness/errors.ts";
import { parseAt } from "../../../readiness/paging/moment.ts";

const zagreb = (text: string) => {
  const { instant, note } = parseAt(text, "Europe/Zagreb");
  return [new Date(instant).toISOString(), note];
};

describe("a moment", () => {
  it.each([
    ["2027-03-28T01:30", "2027-03-28T00:30:00.000Z"],
    ["2027-07-01T02:30:15", "2027-07-01T00:30:15.000Z"],
    ["2027-03-28T02:30Z", "2027-03-28T02:30:00.000Z"],
    ["2027-03-28T02:30-05:00", "2027-03-28T07:30:00.000Z"],
  ])("%s is %s", (text, instant) => {
    expect(zagreb(text)).toEqual([instant, undefined]);
  });

  it("that the clocks skip is taken after the change, and said to be", () => {
    const note = "the clocks of Europe/Zagreb skip 02:30 on that day: 03:30 is meant";
    expect(zagreb("2027-03-28T02:30")).toEqual(["2027-03-28T01:30:00.000Z", note]);
  });

  it("that comes twice is the first, and said to be", () => {
    const note = "02:30 comes twice on that day: the first is meant";
    expect(zagreb("2027-10-31T02:30")).toEqual(["2027-10-31T00:30:00.000Z", note]);
  });

  it.each(["tomorrow", "2027-03-28", "2027-13-01T00:00", "2027-02-30T10:00", "2027-03-28T25:00"])(
    "%s is refused",
    (text) => {
      expect(() => parseAt(text, "Europe/Zagreb")).toThrow(UsageError);
    },
  );
});
