import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { severities, severityLevels } from "../../../model/on-call/severities.ts";
import { among, declare } from "../support/declare-on-call.ts";

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
          incidentUrgencyRule: { type: "constant", urgency: severityLevels[severity].urgency },
          autoResolveTimeout: "null",
          alertCreation: "create_alerts_and_incidents",
        });
      }
    }
    expect(services).toHaveLength(8);
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
