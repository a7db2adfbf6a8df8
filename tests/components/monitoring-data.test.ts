import { describe, expect, it } from "vitest";
import { Monitoring } from "../../components/monitoring.ts";
import { isOfKind } from "../../model/alerts/alert.ts";
import { alertsOf } from "../../model/alerts/catalogue.ts";
import { loadSpec } from "../../model/config/stack-spec.ts";
import { prodConfig } from "../model/prod-config.ts";
import { type Declared, declare, inputsOf, only } from "./support/declare.ts";

const spec = loadSpec("prod", prodConfig());
const alerts = alertsOf(spec);
const declared = await declare(() => new Monitoring("portal-monitoring", { spec, secretOf: String }));
const monitors = declared.filter(({ type }) => type === "Monitor");

function named(resources: readonly Declared[], name: string): Declared["inputs"] {
  const found = resources.find((r) => r.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found.inputs;
}

describe("objectives", () => {
  const objectives = declared.filter(({ type }) => type === "ServiceLevelObjective");

  it("promise the config's availability over all three periods, of requests and of time", () => {
    for (const name of ["portal-availability", "portal-uptime"]) {
      expect(named(objectives, name)).toMatchObject({
        timeframe: "30d",
        targetThreshold: 99.5,
        warningThreshold: 99.75,
        thresholds: ["7d", "30d", "90d"].map((timeframe) => ({ timeframe, target: 99.5, warning: 99.75 })),
      });
    }
  });

  it("count as uptime what the service's checks see, and not the platform's", () => {
    const ofService = alerts.filter((a) => isOfKind(a, "check") && a.subject === "portal");
    expect(named(objectives, "portal-uptime")["monitorIds"]).toHaveLength(ofService.length);
  });

  it("hold each class to its target", () => {
    expect(named(objectives, "portal-latency-read")).toMatchObject({
      type: "metric",
      query: {
        numerator:
          "count(v: v<=150000000):portal.prod.request.duration{env:prod,service:portal,endpoint_class:read}.as_count()",
        denominator:
          "count:portal.prod.request.duration{env:prod,service:portal,endpoint_class:read}.as_count()",
      },
    });
  });
});

describe("telemetry", () => {
  it("indexes every service's logs, without health checks that pass", () => {
    expect(only(declared, "LogsIndex")).toMatchObject({
      filters: [{ query: "env:prod service:(portal)" }],
      retentionDays: 30,
      exclusionFilters: [
        { filters: [{ query: '@http.url_details.path:("/api/health") @http.status_code:200' }] },
      ],
    });
  });

  it("makes the metrics that alerts read", () => {
    const made = [...inputsOf(declared, "LogsMetric"), ...inputsOf(declared, "SpansMetric")].map(
      ({ name }) => name,
    );
    const read = monitors
      .map(({ inputs }) => String(inputs["query"]))
      .filter((query) => query.includes("portal.prod."));
    expect(read.length).toBeGreaterThan(0);
    for (const query of read)
      expect(
        made.some((name) => query.includes(`:${name}{`)),
        query,
      ).toBe(true);
  });
});
