import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { drillSchemaVersion } from "../../../readiness/drill/json.ts";
import schema from "../../../readiness/drill/report.schema.json" with { type: "json" };
import { run } from "../project.ts";

const valid = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);
const drill = (alert: string, ...more: readonly string[]) =>
  run(["drill", "--alert", alert, "--at", "2027-01-04T12:00", ...more]);

async function read(alert: string) {
  const { status, stdout, stderr } = await drill(alert, "--format", "json");
  expect([status, stderr]).toEqual([0, ""]);
  const document = JSON.parse(stdout);
  valid(document);
  expect(valid.errors).toBeNull();
  return document;
}

describe("drill --format json", () => {
  it("is as its schema says, and tells what the text tells", async () => {
    const [report, text] = await Promise.all([read("service-outage"), drill("service-outage")]);
    expect(report).toMatchObject({ schemaVersion: drillSchemaVersion, stack: "prod", severity: "SEV1" });
    const noticed = report.faults.filter((f: { steps: readonly object[] }) => f.steps.length > 0);
    expect(noticed.length).toBeGreaterThan(0);
    for (const { name, afterSeconds, at, steps } of noticed) {
      expect(text.stdout).toContain(name);
      expect(steps.reduce((sum: number, s: { seconds: number }) => sum + s.seconds, 0)).toBe(afterSeconds);
      expect(Date.parse(at) - Date.parse(report.at)).toBe(afterSeconds * 1000);
    }
    const worst = report.faults.find((f: { name: string }) => f.name === report.worst);
    expect(report).toMatchObject({ told: worst.at, rings: worst.at });
    expect(report.escalation.levels[0]).toMatchObject({ afterSeconds: 0, at: report.rings });
    expect(report.incidents.flatMap((i: { alerts: readonly object[] }) => i.alerts)).toContainEqual({
      alert: report.alert,
      afterSeconds: worst.afterSeconds,
    });
  });

  it("tells of an alert that no fault of requests sets off as if it fired at once", async () => {
    const { at, told, worst, incidents, faults } = await read("certificate-expiry");
    expect({ told, worst, incidents }).toEqual({ told: at, worst: null, incidents: [] });
    expect(faults.every((f: { afterSeconds: unknown }) => f.afterSeconds === null)).toBe(true);
  });

  it("tells of an alert that never rings whom it is for, and no time", async () => {
    const { severity, rings, escalation } = await read("web-vitals-lcp");
    expect({ severity, rings }).toEqual({ severity: "SEV4", rings: null });
    expect(escalation.levels[0]).toEqual({ afterSeconds: 0, at: null, told: [expect.any(String)] });
  });

  it.each([
    [["--format", "json", "--send"], /--send is about now/],
    [["--format", "svg"], /--format <format>.*text, json/],
    [["--out", "no/such/folder.json"], /there is no folder no\/such/],
  ])("refuses %j", async (args, reason) => {
    const { status, stdout, stderr } = await drill("service-outage", ...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(reason);
  });

  it("is not told while it is asked and sent", async () => {
    const { status, stderr } = await run([
      "drill",
      "--alert",
      "service-outage",
      "--format",
      "json",
      "--send",
    ]);
    expect(status).toBe(2);
    expect(stderr).toBe("error: --send asks and tells as text, without --format json\n");
  });

  it("names its schema's version", () => {
    expect(schema.properties.schemaVersion.const).toBe(drillSchemaVersion);
    expect(schema.$id).toContain(drillSchemaVersion);
  });
});
