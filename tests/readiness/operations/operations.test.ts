import { beforeAll, describe, expect, it } from "vitest";
import { type Operations, operationsOf } from "../../../readiness/operations/operations.ts";
import { told } from "../../../readiness/operations/told.ts";
import { stackOf } from "../fixtures.ts";
import { run } from "../project.ts";

const now = new Date("2026-11-23T12:00:00Z");

describe("how production is run", () => {
  let operations: Operations;
  beforeAll(async () => {
    const { stdout } = await run(["check", "--stack", "prod", "--format", "json"]);
    operations = JSON.parse(stdout).stacks[0].operations;
  });

  it("has the promised levels with their alerts, and what may fail of an availability", () => {
    const { levels, budgets } = operations.levels.value ?? expect.fail(operations.levels.reason ?? "");
    expect(levels).toContainEqual(expect.objectContaining({ name: "availability", target: 99.5, unit: "%" }));
    expect(levels).toContainEqual(expect.objectContaining({ name: "error rate", target: 0.1, unit: "%" }));
    const list = levels.find(({ name }) => name === "p95 of list requests");
    expect(list).toMatchObject({ service: "portal", target: 200, unit: "ms" });
    expect(list?.alerts).toContainEqual({ alert: "portal-latency-list", severity: "sev3", limit: 300 });
    const burns = budgets[0]?.burns.map(({ severity, share, hours }) => [severity, share, hours]);
    expect(budgets).toMatchObject([
      { service: "portal", targetPercent: 99.5, monthHours: 730, minutes: 219 },
    ]);
    expect(burns).toEqual([
      ["sev2", 0.02, 1],
      ["sev3", 0.05, 6],
      ["sev4", 0.1, 24],
    ]);
  });

  it("has each alert's way to a phone, its parts adding up, with what it costs", () => {
    const alerts = operations.alerts.value ?? [];
    expect(alerts.map(({ name }) => name)).toEqual(alerts.map(({ name }) => name).toSorted());
    const faults = alerts.flatMap((alert) => alert.faults);
    expect(faults.length).toBeGreaterThan(50);
    for (const { seconds, steps } of faults) {
      expect(seconds).toBe(steps.reduce((sum, step) => sum + step.seconds, 0));
    }
    const outage = alerts.find(({ id }) => id === "service-outage");
    expect(outage).toMatchObject({
      severity: "SEV1",
      opens: ["SEV2", "SEV3"],
      rings: true,
      runbook: expect.stringContaining("#service-outage"),
    });
    expect(alerts.find(({ id }) => id === "error-rate")?.opens).toEqual([]);
    const [first] = outage?.faults ?? [];
    expect(first?.budgetShare).toBeCloseTo((first?.seconds ?? 0) / 60 / 219, 4);
  });

  it("has what rings without Datadog, and how long that takes", () => {
    const [watch, ...more] = operations.outside.value ?? expect.fail(operations.outside.reason ?? "");
    expect(more).toEqual([]);
    expect(watch).toMatchObject({ asks: "https://portal.example.com/api/health", severity: "SEV1" });
    expect(watch?.seconds).toBe(watch?.steps.reduce((sum, { seconds }) => sum + seconds, 0));
    expect(watch?.steps.slice(0, 2).map(({ seconds }) => seconds)).toEqual([90, 180]);
  });

  it("has whom each severity tells, and a year of shifts without a break, with both clock changes", () => {
    const { escalations, onCall } = operations;
    expect(escalations.value?.map(({ severity, levels }) => [severity, levels.length])).toEqual(
      ["SEV1", "SEV2", "SEV3", "SEV4"].map((severity) => [severity, 3]),
    );
    const { rotations, clockChanges, from, to } = onCall.value ?? expect.fail(onCall.reason ?? "");
    expect(clockChanges.map(({ hours }) => hours).toSorted()).toEqual([23, 25]);
    for (const { shifts } of rotations) {
      expect([shifts[0]?.from, shifts.at(-1)?.to]).toEqual([from, to]);
      for (const [i, shift] of shifts.slice(1).entries()) expect(shift.from).toBe(shifts[i]?.to);
    }
  });

  it("draws what is declared, and lines between what is drawn", () => {
    const { parts, flows } = operations.architecture.value ?? expect.fail("no architecture");
    const ids = parts.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(["cdn", "app", "database", "vault", "copy", "pagerduty"]));
    expect(flows).toContainEqual({ from: "cdn", to: "app", carries: "signed", kind: "request" });
    expect(flows).toContainEqual({ from: "outside", to: "pagerduty", carries: "alarm", kind: "alarm" });
    const factsOf = (id: string) => parts.find((part) => part.id === id)?.facts;
    expect(factsOf("cdn")).toEqual(["TLS 1.2 or newer", "2000 in 5 min each"]);
    expect(factsOf("vault")).toEqual(["eu-central-1", expect.stringMatching(/^keeps \d+ to \d+ days$/)]);
    expect(factsOf("outside")).toEqual(["Route 53, every 30 s", expect.stringContaining("1 alarm")]);
    for (const { from, to } of flows) expect(ids).toEqual(expect.arrayContaining([from, to]));
  });
});

describe("how a stack of other things is run", () => {
  it("is an architecture without parts, and no levels or alerts", () => {
    const { levels, alerts, architecture } = operationsOf(
      stackOf("prod", ["other:index:Thing"]),
      undefined,
      now,
    );
    expect(levels.value).toEqual({ levels: [], budgets: [] });
    expect(alerts.value).toEqual([]);
    expect(architecture.value).toEqual({ parts: [], flows: [] });
  });

  it("draws no line that nothing declares", () => {
    const types = [
      "vercel:index/project:Project",
      "aws:rds/instance:Instance",
      "pagerduty:index/service:Service",
      "aws:route53/healthCheck:HealthCheck",
    ];
    const { architecture, outside } = operationsOf(stackOf("prod", types), undefined, now);
    expect(architecture.value?.parts.map(({ id }) => id).toSorted()).toEqual([
      "app",
      "database",
      "outside",
      "pagerduty",
    ]);
    expect(architecture.value?.flows).toEqual([]);
    expect(outside.value).toEqual([]);
  });

  it("says why it cannot tell who is on call of a state", () => {
    const { onCall, escalations } = operationsOf(stackOf("prod"), undefined, now);
    expect(onCall).toEqual({ value: null, reason: expect.stringContaining("without --state") });
    expect(escalations.value).toBeNull();
  });

  it("is no reason to stop a report", () => {
    const broken = told(() => {
      throw new TypeError("props.layers is undefined");
    });
    expect(broken).toEqual({ value: null, reason: "props.layers is undefined" });
  });
});
