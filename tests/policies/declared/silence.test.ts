import { describe, expect, it } from "vitest";
import { windowsOf } from "../../../policies/declared/silence.ts";
import { resource } from "../support/linked.ts";
import { pagerduty } from "../support/on-call-stack.ts";
import { stackOf } from "../support/stack.ts";

const period = { from: Date.parse("2026-12-10T00:00:00Z"), to: Date.parse("2026-12-20T00:00:00Z") };
const service = resource(pagerduty("Service"), "portal", { name: "portal-prod-sev2" });
const window = (name: string, startTime: string, endTime: string) =>
  resource(pagerduty("MaintenanceWindow"), name, { startTime, endTime }, { services: [service] });

describe("the windows of a period", () => {
  it.each([
    ["within it", "2026-12-11T00:00:00Z", "2026-12-11T04:00:00Z", ["work"]],
    ["around it", "2026-12-01T00:00:00Z", "2026-12-31T00:00:00Z", ["work"]],
    ["into it", "2026-12-09T00:00:00Z", "2026-12-10T00:01:00Z", ["work"]],
    ["out of it", "2026-12-19T23:59:00Z", "2026-12-21T00:00:00Z", ["work"]],
    ["up to it", "2026-12-09T00:00:00Z", "2026-12-10T00:00:00Z", []],
    ["before it", "2026-12-01T00:00:00Z", "2026-12-02T00:00:00Z", []],
    ["from its end on", "2026-12-20T00:00:00Z", "2026-12-21T00:00:00Z", []],
    ["without an end", "2026-12-11T00:00:00Z", "", []],
  ])("%s", (_title, from, to, expected) => {
    const windows = windowsOf(stackOf([service, window("work", from, to)]), period);
    expect(windows.flatMap(({ names }) => names)).toEqual(expected);
  });

  it("are in order, each with what it silences", () => {
    const later = window("later", "2026-12-12T00:00:00Z", "2026-12-12T04:00:00Z");
    const sooner = window("sooner", "2026-12-11T00:00:00Z", "2026-12-11T04:00:00Z");
    expect(windowsOf(stackOf([service, later, sooner]), period)).toMatchObject([
      { names: ["sooner"], services: ["portal-prod-sev2"], reason: "" },
      { names: ["later"], services: ["portal-prod-sev2"], reason: "" },
    ]);
  });
});
