import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { faultOfNumber, international } from "../../../policies/effects/phone-number.ts";

const fault = (address: string, countryCode?: number) =>
  faultOfNumber(international(address, countryCode), countryCode);

describe("a number", () => {
  it.each<[address: string, countryCode: number | undefined]>([
    ["7700900101", 44],
    ["7700 900-101", 44],
    ["202 555 0123", 1],
    ["2025550123", undefined],
    ["91234567", 65],
    ["79123", 49],
    ["0612345678", 39],
    ["0712345678", 225],
    ["5512345678", 52],
  ])("%s of country %s can ring", (address, countryCode) => {
    expect(fault(address, countryCode)).toBeUndefined();
  });

  it.each<[address: string, countryCode: number | undefined, fault: string]>([
    ["", 44, "has 0 digits"],
    ["770", 44, "has 3 digits"],
    ["77009001012345", 44, "has 14 digits"],
    ["07700900101", 44, "begins with 0"],
    ["0000000000", 44, "begins with 0"],
    ["9999999999", 44, "is one digit again and again"],
    ["15512345678", 52, "begins with Mexico's former 1"],
    ["7700900101x9", 44, "is not made of digits"],
    ["7700900101", undefined, "is none of North America"],
    ["12025550123", 1, "is none of North America"],
    ["9115550123x", 1, "is not made of digits"],
  ])("%s of country %s rings nowhere: it %s", (address, countryCode, expected) => {
    expect(fault(address, countryCode)).toBe(expected);
  });

  it("is the same number however it is written", () => {
    const digits = fc.stringMatching(/^[1-9]\d{9}$/);
    fc.assert(
      fc.property(
        digits,
        (text) => international(text, 44) === international(`${text.slice(0, 4)} (${text.slice(4)})`, 44),
      ),
    );
  });
});
