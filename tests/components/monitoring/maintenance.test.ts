import { describe, expect, it } from "vitest";
import { Monitoring } from "../../../components/monitoring.ts";
import { nextMaintenance } from "../../../model/alerts/maintenance.ts";
import { loadSpec } from "../../../model/config/stack-spec.ts";
import { prodConfig } from "../../model/prod-config.ts";
import { declare, inputsOf, only } from "../support/declare.ts";

const spec = loadSpec("prod", prodConfig());
const declared = await declare(() => new Monitoring("portal-monitoring", { spec, secretOf: String }));

describe("the database's maintenance", () => {
  const downtime = only(declared, "DowntimeSchedule");

  it("mutes on Sundays from three to four, UTC, from the next one on", () => {
    const start = expect.stringMatching(/T03:00:00$/);
    expect(downtime["recurringSchedule"]).toEqual({
      timezone: "UTC",
      recurrences: [{ rrule: "FREQ=WEEKLY;INTERVAL=1;BYDAY=SU", duration: "1h", start }],
    });
  });

  it.each([
    ["2026-03-01T02:59:59Z", "2026-03-01T03:00:00"],
    ["2026-03-01T03:00:00Z", "2026-03-08T03:00:00"],
    ["2026-03-07T23:00:00Z", "2026-03-08T03:00:00"],
    ["2025-12-31T00:00:00Z", "2026-01-04T03:00:00"],
  ])("at %s is next on %s", (now, next) => {
    expect(nextMaintenance(new Date(now))).toBe(next);
    expect(new Date(`${next}Z`).getUTCDay()).toBe(0);
  });

  it("mutes monitors of the stack's database only, none of which is urgent", () => {
    const { monitorTags } = downtime["monitorIdentifier"] as { monitorTags: string[] };
    const muted = inputsOf(declared, "Monitor")
      .map(({ tags }) => tags as string[])
      .filter((tags) => monitorTags.every((tag) => tags.includes(tag)));
    expect(muted.length).toBeGreaterThan(0);
    for (const tags of muted) {
      expect(tags).toContain("service:platform");
      expect(tags.some((tag) => tag === "severity:sev1" || tag === "severity:sev2")).toBe(false);
    }
  });

  it("tells of what is still wrong when it ends", () => {
    expect(downtime).toMatchObject({ notifyEndStates: ["alert", "no data"], notifyEndTypes: ["expired"] });
  });

  it("is left out of latency objectives, and of no other", () => {
    const corrected = inputsOf(declared, "SloCorrection");
    expect(corrected.map(({ sloId }) => sloId).sort()).toEqual(
      ["analytics", "list", "read", "search", "write"].map(
        (c) => `ServiceLevelObjective portal-latency-${c}`,
      ),
    );
    for (const correction of corrected) {
      expect(correction).toMatchObject({
        start: Date.UTC(2026, 0, 4, 3) / 1000,
        duration: 3600,
        rrule: "FREQ=WEEKLY;INTERVAL=1",
      });
    }
  });
});
