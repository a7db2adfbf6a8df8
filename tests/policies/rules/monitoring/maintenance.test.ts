import { describe, expect, it } from "vitest";
import { evaluate } from "../../../../policies/evaluate.ts";
import { monitoringRules } from "../../../../policies/rules/monitoring.ts";
import type { Registration } from "../../../../readiness/engine/registration.ts";
import { declared, stackOf, unknown } from "../../support/stack.ts";

function outcomes(rule: string, ...registrations: readonly Registration[]): readonly string[] {
  return evaluate(
    monitoringRules.filter(({ id }) => id === rule),
    stackOf(registrations),
    new Date("2026-01-01T00:00:00Z"),
  ).map(({ outcome }) => outcome);
}

const recurrence = { rrule: "FREQ=WEEKLY;INTERVAL=1;BYDAY=SU", duration: "1h", start: "2026-01-04T03:00:00" };
const downtime = (of: object, tags: unknown = ["product:p", "environment:prod", "maintenance:database"]) =>
  declared("datadog:index/downtimeSchedule:DowntimeSchedule", {
    scope: "*",
    monitorIdentifier: { monitorTags: tags },
    recurringSchedule: { recurrences: [{ ...recurrence, ...of }] },
  });
const path = "recurringSchedule.recurrences[0].start";
const database = (maintenanceWindow: unknown) =>
  declared("aws:rds/instance:Instance", { instanceClass: "db.m7g.large", maintenanceWindow });

describe("a downtime", () => {
  it.each([
    [["product:p", "environment:prod", "maintenance:database"], "pass"],
    [["maintenance:database"], "fail"],
    [["*"], "fail"],
    [unknown, "unknown"],
  ])("is limited to maintenance by its tags: %s", (tags, outcome) => {
    expect(outcomes("downtimes-limited-to-maintenance", downtime({}, tags))).toEqual([outcome]);
  });

  it.each([
    ["1h", "pass"],
    ["60m", "pass"],
    ["61m", "fail"],
    ["1d", "fail"],
  ])("takes an hour at most: %s", (duration, outcome) => {
    expect(outcomes("downtimes-short", downtime({ duration }))).toEqual([outcome]);
  });

  it.each([
    [{ start: "2026-05-02T00:00:00Z", end: "2026-05-02T06:00:00Z" }, "pass"],
    [{ start: "2026-05-02T00:00:00Z", end: "2026-05-04T06:00:00Z" }, "fail"],
    [{ end: "2999-01-01T00:00:00Z" }, "fail"],
    [{ end: "2020-01-01T00:00:00Z" }, "pass"],
  ])("takes a day at most where it comes once: %j", (oneTimeSchedule, outcome) => {
    const once = declared("datadog:index/downtimeSchedule:DowntimeSchedule", { oneTimeSchedule });
    expect(outcomes("downtimes-short", once)).toEqual([outcome]);
  });

  it("leaves in doubt what its rule means", () => {
    expect(outcomes("downtimes-short", downtime({ rrule: "FREQ=MONTHLY;BYSETPOS=1" }))).toEqual(["unknown"]);
  });

  it("may end without a word of what it lasted", () => {
    const ends = (more: Readonly<Record<string, unknown>>) =>
      declared("datadog:index/downtimeSchedule:DowntimeSchedule", more);
    expect(outcomes("downtimes-tell-what-lasts", ends({}))).toEqual(["pass"]);
    expect(outcomes("downtimes-tell-what-lasts", ends({ notifyEndTypes: ["canceled"] }))).toEqual(["fail"]);
  });

  it.each([
    ["sun:03:00-sun:04:00", "pass"],
    ["sun:04:00-sun:05:00", "fail"],
    ["mon:03:00-mon:04:00", "fail"],
    [undefined, "fail"],
  ])("begins with the database's window: %s", (window, outcome) => {
    expect(outcomes("downtimes-when-maintained", downtime({}), database(window))).toEqual([outcome]);
  });

  it.each<[string, object, string]>([
    ["where nothing says otherwise", {}, "fail"],
    ["where the program leaves its beginning alone", { ignoreChanges: [path] }, "pass"],
    ["where it is deployed", { outputs: { id: "d-1" } }, "pass"],
  ])("begins in the past: %s", (_, more, outcome) => {
    const begun = { ...downtime({ start: "2025-12-28T03:00:00" }), ...more };
    expect(outcomes("downtimes-when-maintained", begun, database("sun:03:00-sun:04:00"))).toEqual([outcome]);
  });
});

it.each([
  ["MO", "mon"],
  ["TU", "tue"],
  ["WE", "wed"],
  ["TH", "thu"],
  ["FR", "fri"],
  ["SA", "sat"],
  ["SU", "sun"],
])("a downtime on %s begins with a window on %s", (day, name) => {
  const weekly = downtime({ rrule: `FREQ=WEEKLY;INTERVAL=1;BYDAY=${day}` });
  const window = `${name}:03:00-${name}:04:00`;
  expect(outcomes("downtimes-when-maintained", weekly, database(window))).toEqual(["pass"]);
});

describe("an alert that maintenance mutes", () => {
  it.each([
    ["severity:sev3", "pass"],
    ["severity:sev4", "pass"],
    ["severity:sev2", "fail"],
    ["severity:sev1", "fail"],
    ["service:platform", "fail"],
  ])("with %s: %s", (tag, outcome) => {
    const muted = declared("datadog:index/monitor:Monitor", { tags: ["maintenance:database", tag] });
    expect(outcomes("maintenance-mutes-no-urgent-alert", muted)).toEqual([outcome]);
  });
});

describe("a correction", () => {
  const slo = (name: string) =>
    declared(
      "datadog:index/serviceLevelObjective:ServiceLevelObjective",
      { tags: [`objective:${name}`] },
      { name },
    );
  const correction = (of: Registration, props: object = {}) => ({
    ...declared("datadog:index/sloCorrection:SloCorrection", {
      rrule: "FREQ=WEEKLY",
      duration: 3600,
      ...props,
    }),
    propertyDependencies: { sloId: [of.urn] },
  });

  it.each([
    ["latency-list", "pass"],
    ["availability", "fail"],
    ["uptime", "fail"],
  ])("of %s: %s", (name, outcome) => {
    expect(outcomes("promises-not-corrected", slo(name), correction(slo(name)))).toEqual([outcome]);
  });

  it("that comes again takes an hour at most", () => {
    const latency = slo("latency-list");
    expect(outcomes("promises-not-corrected", latency, correction(latency, { duration: 3601 }))).toEqual([
      "fail",
    ]);
    expect(outcomes("promises-not-corrected", latency, correction(latency, { duration: undefined }))).toEqual(
      ["fail"],
    );
  });
});

describe("a correction that comes again", () => {
  // Sunday, 4 January 2026, 03:00 UTC.
  const corrected = (more: object) =>
    declared("datadog:index/sloCorrection:SloCorrection", { start: 1_767_495_600, duration: 3600, ...more });
  const window = database("sun:03:00-sun:04:00");

  it.each([
    [{ rrule: "FREQ=WEEKLY;INTERVAL=1" }, "pass"],
    [{ rrule: "FREQ=WEEKLY;BYDAY=SU", timezone: "UTC" }, "pass"],
    [{ rrule: "FREQ=WEEKLY;BYDAY=MO" }, "fail"],
    [{ rrule: "FREQ=WEEKLY", timezone: "Asia/Dubai" }, "fail"],
    [{ rrule: "FREQ=WEEKLY", start: 1_767_520_800 }, "fail"],
  ])("begins with the database's window: %j", (more, outcome) => {
    expect(outcomes("corrections-when-maintained", corrected(more), window)).toEqual([outcome]);
  });
});
