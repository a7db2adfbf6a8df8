import * as aws from "@pulumi/aws";
import { expect, it } from "vitest";
import { OutsideWatch } from "../../components/outside-watch.ts";
import { declare, only } from "./support/declare.ts";

const watch = (pending = false) =>
  declare(
    () =>
      new OutsideWatch("portal-outside-watch", {
        domain: "portal.example.com",
        healthPath: "/api/health",
        pending,
        pagingServiceId: "PSEV1",
        usEast1: new aws.Provider("us-east-1", { region: "us-east-1" }),
        tier: "production",
        tags: { product: "portal", environment: "prod", owner: "web", "managed-by": "pulumi" },
      }),
  );

it("asks for health, and rings within some minutes, by a way that has no part in Datadog", async () => {
  const declared = await watch();
  const only1 = (type: string) => only(declared, type);
  expect(only1("HealthCheck")).toMatchObject({
    fqdn: "portal.example.com",
    resourcePath: "/api/health",
    searchString: '"healthy"',
    disabled: false,
  });
  expect(only1("MetricAlarm")).toMatchObject({ treatMissingData: "breaching", evaluationPeriods: 3 });
  expect(only1("ServiceIntegration")).toMatchObject({ service: "PSEV1" });
  expect(only1("TopicSubscription")).toMatchObject({ protocol: "https", endpointAutoConfirms: true });
  expect(declared.some(({ type }) => /Monitor|Synthetics/.test(type))).toBe(false);
});

it("waits for the launch", async () => {
  expect(only(await watch(true), "HealthCheck")).toMatchObject({ disabled: true });
});
