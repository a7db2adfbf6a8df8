import { describe, expect, it } from "vitest";
import { recoveryLevels } from "../../../model/service-levels/recovery.ts";

describe("recovery levels", () => {
  it.each(["production", "staging"] as const)("of %s are consistent", (tier) => {
    const { databaseRpoMinutes, databaseRtoMinutes, rollbackMinutes, retentionDays } = recoveryLevels[tier];
    // A log is uploaded every five minutes; no promise can be better.
    expect(databaseRpoMinutes).toBeGreaterThanOrEqual(5);
    expect(rollbackMinutes).toBeLessThanOrEqual(5);
    expect(databaseRtoMinutes).toBeGreaterThan(rollbackMinutes);
    const { daily, weekly, monthly } = retentionDays;
    expect([daily, weekly, monthly]).toEqual([daily, weekly, monthly].toSorted((a, b) => a - b));
  });

  it("ask more of production than of staging", () => {
    const { production, staging } = recoveryLevels;
    expect(production.databaseRtoMinutes).toBeLessThan(staging.databaseRtoMinutes);
    expect(production.retentionDays.pointInTime).toBeGreaterThan(staging.retentionDays.pointInTime);
    expect(production.copies).toBeGreaterThanOrEqual(2);
  });
});
