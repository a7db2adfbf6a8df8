import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupedMinutes, type Intake, pauseSeconds } from "../../../policies/effects/pagerduty-intake.ts";

describe("a second alert", () => {
  it.each<[Intake, number | undefined]>([
    [{}, 0],
    [{ alertGroupingParameters: {} }, 0],
    [{ alertGrouping: "" }, 0],
    [{ alertGroupingParameters: { type: "time", config: { timeout: 2 } } }, 2],
    [{ alertGroupingParameters: { type: "time", config: { timeout: 0 } } }, Number.POSITIVE_INFINITY],
    [{ alertGroupingParameters: { type: "time" } }, Number.POSITIVE_INFINITY],
    [{ alertGrouping: "time", alertGroupingTimeout: "15" }, 15],
    [{ alertGrouping: "time", alertGroupingTimeout: "null" }, Number.POSITIVE_INFINITY],
    [{ alertGroupingParameters: { type: "intelligent" } }, 1440],
    [
      { alertGrouping: "intelligent", alertGroupingParameters: { type: "time", config: { timeout: 2 } } },
      1440,
    ],
    [{ alertGroupingParameters: { type: "content_based" } }, 1440],
    [{ alertGroupingParameters: { type: "by_moon" } }, undefined],
  ])("of a service with %j joins the first for %s minutes", (service, minutes) => {
    expect(groupedMinutes(service)).toBe(minutes);
  });

  it("joins it for as long as a duration says", () => {
    const grouped = (timeout: number) =>
      groupedMinutes({ alertGroupingParameters: { type: "time", config: { timeout } } });
    fc.assert(fc.property(fc.integer({ min: 1, max: 1440 }), (minutes) => grouped(minutes) === minutes));
  });
});

describe("a transient alert", () => {
  it.each<[Intake["autoPauseNotificationsParameters"], number]>([
    [undefined, 0],
    [{ enabled: false }, 0],
    [{ timeout: 300 }, 0],
    [{ enabled: true, timeout: 300 }, 300],
    [{ enabled: true }, 900],
  ])("waits where %j is declared", (autoPauseNotificationsParameters, seconds) => {
    expect(pauseSeconds({ autoPauseNotificationsParameters })).toBe(seconds);
  });
});
