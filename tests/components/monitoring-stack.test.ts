import { describe, expect, it } from "vitest";
import { Monitoring } from "../../components/monitoring.ts";
import { loadSpec } from "../../model/config/stack-spec.ts";
import { asConfig, at, prodConfig, prodSettings } from "../model/prod-config.ts";
import { type Declared, declare, inputsOf } from "./support/declare.ts";

const spec = loadSpec("prod", prodConfig());
const declared = await declare(() => new Monitoring("portal-monitoring", { spec, secretOf: String }));

describe("a second service", () => {
  it("is a list entry", async () => {
    const settings = prodSettings();
    const services = at(settings, ["readiness:services"]) as unknown as Record<string, unknown>[];
    services.push({ ...services[0], name: "shop", path: "/shop", pages: {} });
    const two = loadSpec("prod", asConfig(settings));
    const both = await declare(() => new Monitoring("portal-monitoring", { spec: two, secretOf: String }));
    const names = (resources: readonly Declared[]) => resources.map(({ type, name }) => `${type} ${name}`);
    expect(names(both)).toEqual(expect.arrayContaining(names(declared)));
    expect(names(both)).toEqual(
      expect.arrayContaining([
        "Monitor shop-error-rate",
        "SyntheticsTest shop-uptime-health",
        "RumApplication shop",
      ]),
    );
    expect(inputsOf(both, "Dashboard")).toHaveLength(3);
  });
});

describe("a preview", () => {
  it("knows every message and every query but those of objectives", async () => {
    const preview = await declare(
      () => new Monitoring("portal-monitoring", { spec, secretOf: String }),
      true,
    );
    for (const { type, name, inputs } of preview) {
      if (type !== "Monitor" && type !== "SyntheticsTest") continue;
      expect(inputs["message"], name).toEqual(expect.any(String));
      if (inputs["type"] !== "slo alert" && type === "Monitor") {
        expect(inputs["query"], name).toEqual(expect.any(String));
      }
    }
  });
});

describe("a service's environment", () => {
  it("tells it who it is and that every trace counts", async () => {
    let environment: object = {};
    await declare(() => {
      environment = new Monitoring("portal-monitoring", { spec, secretOf: String }).environmentOf("portal");
    });
    expect(environment).toMatchObject({
      OTEL_SERVICE_NAME: "portal",
      OTEL_RESOURCE_ATTRIBUTES: "deployment.environment.name=prod",
      OTEL_TRACES_SAMPLER: "always_on",
      OTEL_EXPORTER_OTLP_ENDPOINT: "https://vercel.integrations.otlp.datadoghq.eu",
      OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: "delta",
      DATADOG_RUM_CLIENT_TOKEN: expect.anything(),
    });
  });
});
