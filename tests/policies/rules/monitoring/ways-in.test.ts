import { describe, expect, it } from "vitest";
import { wayInRules } from "../../../../policies/rules/monitoring/ways-in.ts";
import { resource } from "../../support/linked.ts";
import { judge } from "../../support/outcome.ts";
import { declared, unknown } from "../../support/stack.ts";

describe("what alerts read", () => {
  const made = declared("datadog:index/spansMetric:SpansMetric", { name: "portal.prod.request.duration" });
  const watching = (metric: string) =>
    declared("datadog:index/monitor:Monitor", {
      type: "query alert",
      query: metric === unknown ? unknown : `avg(last_5m):avg:${metric}{service:portal} > 1`,
    });
  const slices = declared("datadog:index/serviceLevelObjective:ServiceLevelObjective", {
    type: "metric",
    query: { numerator: "sum:orders.paid{*}.as_count()", denominator: "sum:orders.all{*}.as_count()" },
  });

  it.each([
    ["aws.rds.cpuutilization", "pass"],
    ["trace.http.server.request.hits", "pass"],
    ["trace.http.server.request", "pass"],
    ["v8js.memory.heap.used", "pass"],
    ["portal.prod.request.duration", "pass"],
    ["portal.prod.request.size", "fail"],
    ["trace.express.request.hits", "fail"],
    ["system.cpu.user", "fail"],
    [unknown, "unknown"],
  ])("%s has a way in: %s", (metric, expected) => {
    expect(judge(wayInRules, "alerts-data-has-way-in", [made, watching(metric)]).outcome).toBe(expected);
  });

  it("is what objectives read, too", () => {
    const stack = [made, watching("aws.rds.cpuutilization"), slices];
    expect(judge(wayInRules, "alerts-data-has-way-in", stack).outcome).toBe("fail");
  });
});

describe("a service's telemetry", () => {
  const app = declared("readiness:index:App", {}, { name: "portal" });
  const project = declared("vercel:index/project:Project", {}, { name: "portal", parent: app.urn });
  const key = declared("datadog:index/apiKey:ApiKey", { name: "portal-prod-telemetry" });
  const sent = {
    ENDPOINT: "https://vercel.integrations.otlp.us5.datadoghq.com",
    HEADERS: unknown,
    METRICS_TEMPORALITY_PREFERENCE: "delta",
  };
  const variables = (change: object, keys = [key]) =>
    Object.entries({ ...sent, ...change }).map(([name, value]) =>
      resource(
        "vercel:index/projectEnvironmentVariable:ProjectEnvironmentVariable",
        name,
        { key: `OTEL_EXPORTER_OTLP_${name}`, value, targets: ["production"] },
        { projectId: [project], ...(name === "HEADERS" && { value: keys }) },
      ),
    );

  it.each<[string, ReturnType<typeof variables>, string]>([
    ["to Datadog, with a key of its own", variables({}), "pass"],
    ["to the intake that counts no requests", variables({ ENDPOINT: "https://otlp.datadoghq.eu" }), "fail"],
    [
      "to somebody else",
      variables({ ENDPOINT: "https://vercel.integrations.otlp.datadoghq.eu.example" }),
      "fail",
    ],
    ["without a key", variables({}, []), "fail"],
    ["as sums that only grow", variables({ METRICS_TEMPORALITY_PREFERENCE: undefined }), "fail"],
    ["nowhere", [], "fail"],
    ["where nobody knows yet", variables({ ENDPOINT: unknown }), "unknown"],
  ])("goes %s", (_, more, expected) => {
    expect(judge(wayInRules, "telemetry-sent-to-datadog", [app, project, key, ...more]).outcome).toBe(
      expected,
    );
  });
});

describe("functions of a service", () => {
  const app = declared("readiness:index:App", {}, { name: "portal" });
  const project = declared("vercel:index/project:Project", {}, { name: "portal", parent: app.urn });
  const outcome = (detectors: unknown, headers: unknown) => {
    const variables = {
      OTEL_NODE_RESOURCE_DETECTORS: detectors,
      OTEL_EXPORTER_OTLP_METRICS_HEADERS: headers,
    };
    const declaredVariables = Object.entries(variables).map(([key, value]) =>
      resource(
        "vercel:index/projectEnvironmentVariable:ProjectEnvironmentVariable",
        key,
        { key, value, targets: ["production"] },
        { projectId: [project] },
      ),
    );
    return judge(wayInRules, "metrics-tell-instances-apart", [app, project, ...declaredVariables]).outcome;
  };
  const tags = `a=b, dd-otel-metric-config=${encodeURIComponent('{"resource_attributes_as_tags": true}')}`;

  it.each([
    ["env, serviceinstance", tags, "pass"],
    ["all", tags, "pass"],
    ["env,host", tags, "fail"],
    [undefined, tags, "fail"],
    ["all", undefined, "fail"],
    ["all", "dd-otel-metric-config=%7B%22resource_attributes_as_tags%22%3Afalse%7D", "fail"],
    ["all", "dd-otel-metric-config=%7", "fail"],
    ["all", "dd-otel-metric-config=null", "fail"],
    [unknown, tags, "unknown"],
  ])("are told apart by %s and %s: %s", (detectors, headers, expected) => {
    expect(outcome(detectors, headers)).toBe(expected);
  });
});
