import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { among, declare } from "../support/declare-on-call.ts";

const { specialSecretSig } = pulumi.runtime;

describe("IncidentEvents", () => {
  it.each([
    ["datadoghq.eu", "app.datadoghq.eu"],
    ["us5.datadoghq.com", "us5.datadoghq.com"],
  ] as const)("tells Datadog at %s how the team's incidents go, by a secret address", async (site, host) => {
    const hook = among(await declare({ monitoring: { site } })).one("WebhookSubscription", "on-call");
    expect(hook).toMatchObject({
      active: true,
      filters: [{ type: "team_reference", id: "Team on-call" }],
      events: expect.arrayContaining(["incident.triggered", "incident.acknowledged", "incident.resolved"]),
    });
    expect(JSON.stringify(hook["deliveryMethods"])).toContain(
      `https://${host}/intake/webhook/pagerduty?api_key=datadog-key`,
    );
    expect(JSON.stringify(hook["deliveryMethods"])).toContain(specialSecretSig);
  });
});
