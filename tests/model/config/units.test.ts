import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { convert, unitOfKey } from "../../../model/config/units.ts";

describe("units", () => {
  it.each([
    ["7d", "backupRetentionDays", 7],
    ["2 weeks", "backupRetentionDays", 14],
    ["36h", "turnDays", 1.5],
    ["5m", "uptimeIntervalSeconds", 300],
    ["0.2s", "targetMs", 200],
    ["225 ms", "alertMs", 225],
    ["64GiB", "storageGiB", 64],
    ["1TiB", "storageGiB", 1024],
    ["0.85MB", "targetKB", 850],
    ["99.5 %", "targetPercent", 99.5],
  ])("%s for %s is %d", (text, key, number) => {
    expect(convert(text, key)).toBe(number);
  });

  it.each([
    ["7d", "storageGiB"],
    ["7 parsecs", "turnDays"],
    ["d", "turnDays"],
    ["5m", "nodes"],
    ["5m", "rateLimitPer5Minutes"],
    ["7", "turnDays"],
  ])("%s for %s is nothing", (text, key) => {
    expect(convert(text, key)).toBeUndefined();
  });

  it("stand in the key's name", () => {
    expect(unitOfKey("backupRetentionDays")).toBe("days");
    expect(unitOfKey("rateLimitPer5Minutes")).toBeUndefined();
  });

  it("give back whole numbers without noise", () => {
    const cases = fc.constantFrom(
      ["s", "targetMs", 1000],
      ["h", "uptimeIntervalSeconds", 3600],
      ["w", "turnDays", 7],
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), cases, (tenths, [unit, key, factor]) => {
        expect(convert(`${tenths / 10}${unit}`, `${key}`)).toBe((tenths * Number(factor)) / 10);
      }),
    );
  });
});
