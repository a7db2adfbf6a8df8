import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { severities } from "../../../model/on-call/severities.ts";
import { among, args, declare } from "../support/declare-on-call.ts";

const { specialSigKey, specialSecretSig } = pulumi.runtime;

const declared = await declare();
const { all, one } = among(declared);

describe("PagingService", () => {
  it("has a service for each severity of each service and of the platform, on the severity's policy", () => {
    const services = all("Service").map((r) => r.inputs);
    for (const name of ["portal", "portal-platform"]) {
      for (const severity of severities) {
        const suffix = severity.toLowerCase();
        expect(services.find((s) => s["name"] === `${name}-prod-${suffix}`)).toMatchObject({
          escalationPolicy: `EscalationPolicy on-call-${suffix}`,
          autoResolveTimeout: "null",
          alertCreation: "create_alerts_and_incidents",
        });
      }
    }
    expect(services).toHaveLength(8);
  });

  it("rings for SEV1 and SEV2 at every hour, for SEV3 by day, and for SEV4 never", () => {
    const urgency = (severity: string) => one("Service", `on-call-portal-${severity}`)["incidentUrgencyRule"];
    expect(["sev1", "sev2", "sev4"].map(urgency)).toEqual(
      ["high", "high", "low"].map((level) => ({ type: "constant", urgency: level })),
    );
    expect(one("Service", "on-call-portal-sev3")).toMatchObject({
      incidentUrgencyRule: {
        type: "use_support_hours",
        duringSupportHours: { type: "constant", urgency: "high" },
        outsideSupportHours: { type: "constant", urgency: "low" },
      },
      supportHours: {
        type: "fixed_time_per_day",
        timeZone: "Europe/Zagreb",
        daysOfWeeks: [1, 2, 3, 4, 5, 6, 7],
        startTime: "08:00:00",
        endTime: "20:00:00",
      },
      scheduledActions: [
        {
          type: "urgency_change",
          toUrgency: "high",
          ats: [{ type: "named_time", name: "support_hours_start" }],
        },
      ],
    });
  });

  it("takes a team's support hours; crews that share the day need none", async () => {
    const sev3 = async (onCall: Partial<typeof args.onCall>) =>
      among(await declare({ onCall: { ...args.onCall, ...onCall } })).one("Service", "on-call-portal-sev3");
    const supportHours = { from: "09:30", to: "17:00", days: [1, 2, 3, 4, 5] };
    const shift = { from: "20:00", to: "08:00", primary: ["ana"], backup: ["bruno"] };
    const hours = { startTime: "09:30:00", endTime: "17:00:00", daysOfWeeks: [1, 2, 3, 4, 5] };
    expect(await sev3({ supportHours })).toMatchObject({ supportHours: hours });
    expect(await sev3({ supportHours, shifts: [shift] })).toMatchObject({ supportHours: hours });
    expect((await sev3({ shifts: [shift] }))["incidentUrgencyRule"]).toEqual({
      type: "constant",
      urgency: "high",
    });
  });

  it("makes one incident of what fires within the response time, where the account can", async () => {
    const windows = (declared: Awaited<ReturnType<typeof declare>>) =>
      severities.map((severity) => {
        const service = among(declared).one("Service", `on-call-portal-${severity.toLowerCase()}`);
        return service["alertGroupingParameters"];
      });
    const time = (timeout: number) => ({ type: "time", config: { timeout } });
    expect(windows(declared)).toEqual([time(5), time(15), time(60), undefined]);
    const without = await declare({ onCall: { ...args.onCall, alertGrouping: false } });
    const staging = await declare({ tier: "staging" });
    for (const other of [without, staging]) expect(windows(other)).toEqual(severities.map(() => undefined));
  });

  it("gives Datadog the key of each service, a secret, under the service's own name", () => {
    expect(all("ServiceObject")).toHaveLength(8);
    for (const { name, inputs } of all("Service")) {
      expect(one("ServiceIntegration", name)).toMatchObject({
        service: `Service ${name}`,
        vendor: "pagerduty:index/getVendor:getVendor Datadog",
      });
      expect(one("ServiceObject", name)).toEqual({
        serviceName: inputs["name"],
        serviceKey: { [specialSigKey]: specialSecretSig, value: `key of ${name}` },
      });
    }
  });

  it("shows incidents in Slack, but not those of SEV4", () => {
    const connected = all("SlackConnection").map((r) => r.inputs["sourceId"]);
    const paging = all("Service").filter(({ name }) => !name.endsWith("sev4"));
    expect(connected.toSorted()).toEqual(paging.map(({ name }) => `Service ${name}`).toSorted());
    expect(one("Channel", "on-call")).toMatchObject({ accountName: "example", channelName: "#incidents" });
  });

  it("shows that the product suffers from each service", () => {
    expect(all("ServiceDependency")).toHaveLength(8);
    expect(one("ServiceDependency", "on-call-platform-sev1")).toMatchObject({
      dependency: {
        supportingServices: [{ id: "Service on-call-platform-sev1", type: "service" }],
        dependentServices: [{ id: "BusinessService on-call", type: "business_service" }],
      },
    });
  });

  it("wakes nobody in staging", async () => {
    const staging = await declare({ stack: "staging", tier: "staging" });
    const urgencies = staging
      .filter(({ type }) => type === "Service")
      .map(({ inputs }) => inputs["incidentUrgencyRule"]);
    expect(urgencies).toHaveLength(8);
    expect(new Set(urgencies.map((rule) => JSON.stringify(rule)))).toEqual(
      new Set(['{"type":"constant","urgency":"low"}']),
    );
  });

  it("grows with the list of services", async () => {
    const two = await declare({ services: [{ name: "portal" }, { name: "billing" }] });
    const names = two.filter(({ type }) => type === "Service").map(({ inputs }) => inputs["name"]);
    expect(names).toHaveLength(12);
    expect(names).toContain("portal-billing-prod-sev2");
  });
});
