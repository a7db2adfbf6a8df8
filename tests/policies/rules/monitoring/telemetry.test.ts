import { describe, expect, it } from "vitest";
import { statusPageRules } from "../../../../policies/rules/monitoring/status-page.ts";
import { telemetryRules } from "../../../../policies/rules/monitoring/telemetry.ts";
import type { Registration } from "../../../../readiness/engine/registration.ts";
import { resource } from "../../support/linked.ts";
import { judge } from "../../support/outcome.ts";
import { declared, unknown } from "../../support/stack.ts";

const app = declared("readiness:index:App", {}, { name: "portal" });
const outcome = (id: string, ...more: readonly Registration[]) =>
  judge([...telemetryRules, ...statusPageRules], id, [app, ...more]).outcome;

describe("logs", () => {
  const index = (...queries: readonly unknown[]) =>
    declared("datadog:index/logsIndex:LogsIndex", { filters: queries.map((query) => ({ query })) });

  it.each([
    ["for the service", index("service:portal"), "pass"],
    ["for several services", index("service:(shop OR portal)"), "pass"],
    ["in one of several filters", index("service:shop", "service:portal"), "pass"],
    ["for a service of a longer name", index("service:portal-admin"), "fail"],
    ["for another service", index("service:shop"), "fail"],
    ["by what is not known yet", index(unknown), "unknown"],
  ])("are indexed %s", (_, of, expected) => {
    expect(outcome("service-logs-indexed", of)).toBe(expected);
  });
});

describe("traces", () => {
  const sampler = (value: unknown, parent = app, key = "OTEL_TRACES_SAMPLER") =>
    declared(
      "vercel:index/projectEnvironmentVariable:ProjectEnvironmentVariable",
      { key, value },
      { parent: parent.urn },
    );
  const shop = declared("readiness:index:App", {}, { name: "shop" });

  it.each([
    ["every one", [sampler("always_on")], "pass"],
    ["a part", [sampler("traceidratio")], "fail"],
    ["nothing", [], "fail"],
    ["something else", [sampler("always_on", app, "OTEL_LOGS")], "fail"],
    ["those of one service of two", [shop, sampler("always_on")], "fail"],
    ["what is not known yet", [sampler(unknown)], "unknown"],
  ])("report %s", (_, more, expected) => {
    expect(outcome("traces-complete", ...more)).toBe(expected);
  });
});

describe("metrics of logs", () => {
  const metric = (props: object) =>
    declared("datadog:index/logsMetric:LogsMetric", {
      name: "portal.prod.logs.requests",
      filter: { query: "env:prod service:portal @http.status_code:*" },
      compute: { aggregationType: "count" },
      ...props,
    });
  const own = [
    { path: "env", tagName: "env" },
    { path: "service", tagName: "service" },
  ];
  const watching = (name: string) =>
    declared("datadog:index/monitor:Monitor", {
      type: "query alert",
      tags: ["product:portal"],
      query: `sum(last_5m):sum:${name}{*}.as_count() > 1`,
    });

  it.each<[string, object, string]>([
    ["as they should", { groupBies: own }, "pass"],
    ["without their service", { groupBies: own.slice(0, 1) }, "fail"],
    ["with another tag's value", { groupBies: [{ path: "host", tagName: "env" }, ...own.slice(1)] }, "fail"],
    ["as a distribution", { groupBies: own, compute: { aggregationType: "distribution" } }, "fail"],
    ["of a subject that somebody narrowed", { groupBies: own, name: "portal.prod.logs.deadlocks" }, "fail"],
  ])("count %s", (_, props, expected) => {
    expect(outcome("log-metrics-complete", metric(props))).toBe(expected);
  });

  it.each([
    ["portal.prod.logs.requests", "pass"],
    ["portal.prod.logs.request", "fail"],
    ["system.cpu.user", "pass"],
  ])("are what %s is: %s", (name, expected) => {
    expect(outcome("alerts-on-metrics-that-are-made", metric({}), watching(name))).toBe(expected);
  });

  it.each([
    [
      "by status code",
      metric({
        groupBies: [
          { path: "a", tagName: "route" },
          { path: "@http.status_code", tagName: "status_code" },
        ],
      }),
      "pass",
    ],
    ["by something else", metric({ groupBies: [{ path: "a", tagName: "route" }] }), "fail"],
    ["by nothing", metric({}), "fail"],
  ])("count requests %s", (_, of, expected) => {
    expect(outcome("requests-counted", of)).toBe(expected);
  });
});

describe("the status page", () => {
  const page = resource("datadog:index/statusPage:StatusPage", "page");
  const shows = (props: object, of = [page]) =>
    resource("datadog:index/statusPageComponent:StatusPageComponent", "portal", { ...props }, { pageId: of });
  const parts = [{ name: "API" }];

  it.each([
    ["a service and its only part", shows({ name: "portal", components: parts }), "pass"],
    [
      "parts one of which has a place",
      shows({ name: "portal", components: [{ name: "API", position: 0 }, { name: "Login" }] }),
      "fail",
    ],
    ["a service without parts", shows({ name: "portal", components: [] }), "fail"],
    ["a service of no parts", shows({ name: "portal" }), "fail"],
    ["another service", shows({ name: "shop", components: parts }), "fail"],
    ["a service on another stack's page", shows({ name: "portal", components: parts }, []), "fail"],
  ])("shows %s", (_, component, expected) => {
    expect(outcome("status-page-shows-services", page, component)).toBe(expected);
  });

  it("shows each page that is checked, and the API", () => {
    const checks = ["uptime-homepage", "uptime-page", "uptime-api", "uptime-api"].map((alert, i) =>
      declared(
        "datadog:index/syntheticsTest:SyntheticsTest",
        { tags: ["service:portal", `alert:${alert}`] },
        { name: `${i}` },
      ),
    );
    const shown = (...names: readonly string[]) =>
      outcome(
        "status-page-shows-services",
        page,
        shows({ name: "portal", components: names.map((name) => ({ name })) }),
        ...checks,
      );
    expect(shown("API", "Home", "Login")).toBe("pass");
    expect(shown("API", "Home")).toBe("fail");
    expect(shown("API", "API", "API")).toBe("fail");
  });
});
