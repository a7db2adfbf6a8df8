import { describe, expect, it } from "vitest";
import { messageOf } from "../../../model/finding.ts";
import { evaluate } from "../../../policies/evaluate.ts";
import { maintenanceRules } from "../../../policies/rules/on-call/maintenance.ts";
import type { Registration } from "../../../readiness/engine/registration.ts";
import { resource } from "../support/linked.ts";
import { pagerduty, readyStack } from "../support/on-call-stack.ts";
import { stackOf, unknown } from "../support/stack.ts";

const stack = readyStack();

/** What is said of windows of the platform's SEV2, as beginning and end. */
function told(...windows: readonly (readonly [from: string, to: string])[]): readonly string[] {
  const [silent] = stack.filter(
    ({ type, name }) => type === pagerduty("Service") && /platform-sev2$/.test(name),
  );
  const services: readonly Registration[] = silent ? [silent] : [];
  const declared = windows.map(([startTime, endTime], i) =>
    resource(pagerduty("MaintenanceWindow"), `work-${i}`, { startTime, endTime }, { services }),
  );
  return evaluate(maintenanceRules, stackOf([...stack, ...declared]))
    .filter(({ outcome }) => outcome !== "pass")
    .map((f) => `${f.by} ${f.outcome}: ${messageOf(f, "prod")}`);
}

const night = (day: number, hours = 8) =>
  [`2026-12-${day + 10}T00:00:00Z`, `2026-12-${day + 10}T0${hours}:00:00Z`] as const;

describe("maintenance", () => {
  it("may last a night, or three nights of a month", () => {
    expect(told(night(1))).toEqual([]);
    expect(told(night(1), night(2), night(3))).toEqual([]);
  });

  it("may not last longer by windows that follow each other or overlap", () => {
    for (const second of ["2026-12-11T08:00:00Z", "2026-12-11T07:00:00Z"]) {
      expect(told(night(1), [second, "2026-12-11T10:30:00Z"])).toEqual([
        expect.stringContaining(
          "maintenance-ends-soon fail: on-call-portal-platform-sev2: work-0 and work-1 silence it for " +
            "10 h 30 min without a pause, must be ≤ 8 h (ONC-30)",
        ),
      ]);
    }
  });

  it.each(["", "2026-12-10T00:00:00Z", "soon"])("must end, and after it has begun: not %j", (end) => {
    expect(told(["2026-12-11T00:00:00Z", end])).toEqual([
      expect.stringContaining("work-0 silences it without an end, must be given one (ONC-30)"),
    ]);
  });

  it("may not come back night after night", () => {
    expect(told(...[5, 1, 3, 9].map((day) => night(day, 7)))).toEqual([
      expect.stringContaining(
        "maintenance-rare fail: on-call-portal-platform-sev2: maintenance silences it for 28 h in the 30 days " +
          "from 2026-12-11 on, must be ≤ 24 h (ONC-31)",
      ),
    ]);
  });

  it("may come back next month", () => {
    const january = [1, 2, 3].map(
      (day) => [`2027-01-1${day}T00:00:00Z`, `2027-01-1${day}T08:00:00Z`] as const,
    );
    expect(told(night(1), night(2), night(3), ...january)).toEqual([]);
  });

  it("is undecided while its times are not known", () => {
    const outcomes = told([unknown, "2026-12-11T08:00:00Z"]).map((text) => text.split(":")[0]);
    expect(outcomes).toEqual(["maintenance-ends-soon unknown", "maintenance-rare unknown"]);
  });
});
