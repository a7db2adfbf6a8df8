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
  const metric = (props: object) => declared("datadog:index/logsMetric:LogsMetric", { ...props });

  it.each([
    ["by status code", metric({ groupBies: [{ tagName: "route" }, { tagName: "status_code" }] }), "pass"],
    ["by something else", metric({ groupBies: [{ tagName: "route" }] }), "fail"],
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
    ["a service without parts", shows({ name: "portal", components: [] }), "fail"],
    ["a service of no parts", shows({ name: "portal" }), "fail"],
    ["another service", shows({ name: "shop", components: parts }), "fail"],
    ["a service on another stack's page", shows({ name: "portal", components: parts }, []), "fail"],
  ])("shows %s", (_, component, expected) => {
    expect(outcome("status-page-shows-services", page, component)).toBe(expected);
  });
});
