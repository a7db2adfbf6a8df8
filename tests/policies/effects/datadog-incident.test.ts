import { describe, expect, it } from "vitest";
import { type IncidentNotice, tellsOfEvery } from "../../../policies/effects/datadog-incident.ts";

const severe = { field: "severity", values: ["SEV-1", "SEV-2"] };
const notice: IncidentNotice = { enabled: true, trigger: "incident_saved_trigger", conditions: [severe] };

describe("a notification rule", () => {
  it("tells of every incident of its severities", () => {
    expect(["SEV-1", "SEV-2", "SEV-3"].map((s) => tellsOfEvery(notice, s))).toEqual([true, true, false]);
  });

  it.each<Partial<IncidentNotice>>([
    { enabled: undefined },
    { enabled: false },
    { trigger: "incident_created_trigger" },
    { conditions: [] },
    { conditions: [severe, { field: "services", values: ["billing"] }] },
    { conditions: [{ field: "state", values: ["SEV-1"] }] },
    { visibility: "private" },
    { visibility: "nobody" },
  ])("does not where it says %j", (change) => {
    expect(tellsOfEvery({ ...notice, ...change }, "SEV-1")).toBe(false);
  });

  it.each([
    ["all", true],
    ["organization", false],
    ["private", true],
    [undefined, false],
  ])("of visibility %s tells of private incidents: %s", (visibility, tells) => {
    expect(tellsOfEvery({ ...notice, visibility }, "SEV-1", true)).toBe(tells);
  });
});
