import { describe, expect, it } from "vitest";
import { Monitoring } from "../../components/monitoring.ts";
import { alertsOf } from "../../model/alerts/catalogue.ts";
import { loadSpec } from "../../model/config/stack-spec.ts";
import { asConfig, at, prodConfig, prodSettings } from "../model/prod-config.ts";
import { type Declared, declare, inputsOf } from "./support/declare.ts";

const spec = loadSpec("prod", prodConfig());
const alerts = alertsOf(spec);
const declared = await declare(() => new Monitoring("portal-monitoring", { spec, secretOf: String }));
const monitors = declared.filter(({ type }) => type === "Monitor");
const checks = declared.filter(({ type }) => type === "SyntheticsTest");

function named(resources: readonly Declared[], name: string): Declared["inputs"] {
  const found = resources.find((r) => r.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found.inputs;
}

function lines({ message }: Declared["inputs"]): readonly string[] {
  return String(message).split("\n");
}

describe("monitors and checks", () => {
  it("are one for each alert of the catalogue", () => {
    expect([...monitors, ...checks].map(({ name }) => name).sort()).toEqual(
      alerts.map(({ key }) => key).sort(),
    );
  });

  it("carry the team that owns the service, or else the stack's, and are found whoever it is", async () => {
    const settings = prodSettings();
    Object.assign(at(settings, ["readiness:services", 0]), { owner: "checkout" });
    const owned = await declare(
      () =>
        new Monitoring("portal-monitoring", { spec: loadSpec("prod", asConfig(settings)), secretOf: String }),
    );
    const tagsOf = (name: string) => named(owned, name)["tags"];
    for (const name of ["portal-error-rate", "portal-uptime-homepage"]) {
      expect(tagsOf(name)).toContain("owner:checkout");
      expect(tagsOf(name)).not.toContain("owner:web-platform");
    }
    expect(tagsOf("platform-database-cpu-high")).toContain("owner:web-platform");
    const dashboards = JSON.stringify(inputsOf(owned, "Dashboard"));
    expect(dashboards).toContain("service:portal");
    expect(dashboards).not.toContain("owner:");
  });

  it("say what to do, where to look, and whom they tell", () => {
    expect(lines(named(monitors, "portal-error-rate-high"))).toEqual([
      "SEV2 high: acknowledge within 15 minutes.",
      "Many users see errors.",
      "Observed: {{value}} more than 1 % of all; it alerts above 1 % and 3 more, and ends below 1 %.",
      "Runbook: https://github.com/example/portal-readiness/blob/main/runbooks/high-error-rate.md#error-rate-high",
      "Dashboard: https://app.datadoghq.eu/dashboard/lists?q=portal%20prod%3A%20Operations",
      "{{#is_recovery}}It is over. Note the cause before you close the incident.{{/is_recovery}}",
      "{{^is_warning}}@pagerduty-portal-prod-sev2{{/is_warning}} @slack-example-incidents",
    ]);
  });

  it("of SEV1 open the incidents of SEV2 and SEV3 with their own", () => {
    const handles = ["sev1", "sev2", "sev3"]
      .map((severity) => `@pagerduty-portal-prod-${severity}`)
      .join(" ");
    expect(lines(named(monitors, "portal-service-outage")).at(-1)).toBe(
      `{{^is_warning}}${handles}{{/is_warning}} @slack-example-incidents`,
    );
    expect(lines(named(checks, "portal-uptime-homepage")).at(-1)).toBe(`${handles} @slack-example-incidents`);
  });

  it("of SEV2 and SEV3 wait until a SEV1 of the same outage has fired", () => {
    const wait = (name: string) => {
      const inputs = named([...monitors, ...checks], name);
      const { minFailureDuration } = (inputs["optionsList"] ?? {}) as { minFailureDuration?: number };
      return minFailureDuration ?? inputs["evaluationDelay"];
    };
    const late = ["error-rate", "error-rate-high", "latency-overall", "latency-list", "uptime-page-login"];
    expect(late.map((name) => wait(`portal-${name}`))).toEqual(late.map(() => 120));
    // What takes most of an hour, or its whole window, comes later by itself.
    const soon = [
      "errors-list",
      "service-outage",
      "uptime-homepage",
      "uptime-health",
      "traffic-drop",
      "function-throttled",
    ];
    expect(soon.map((name) => wait(`portal-${name}`))).toEqual(soon.map(() => undefined));
  });

  it("show durations in milliseconds, whatever the metric's unit", () => {
    expect(lines(named(monitors, "portal-latency-list"))[2]).toBe(
      'Observed: {{eval "round(value / 1000000)"}} ms; it alerts above 300 ms and ends below 200 ms.',
    );
  });

  it("say of a forecast and of an anomaly what they compare with", () => {
    expect(lines(named(monitors, "platform-database-storage-full-within-a-week"))[2]).toBe(
      "Forecast for the week ahead: {{value}} %; it alerts below 5 % and ends above 10 %.",
    );
    expect(lines(named(monitors, "portal-latency-anomaly"))[2]).toBe(
      "Observed: unusual for 30 minutes, above what it is at this hour of other weeks.",
    );
  });

  it("say what is promised where an error budget or a check speaks of it", () => {
    const said = (resources: readonly Declared[], name: string) => lines(named(resources, name)).slice(2, 4);
    expect(said(monitors, "portal-latency-fast-burn-read")).toEqual([
      "Promised: 95 % of requests within 150 ms.",
      "It alerts at 14.4 times the rate that spends the error budget in 30 days.",
    ]);
    expect(said(monitors, "portal-availability-budget-spent")).toEqual([
      "Promised: 99.5 %.",
      "Observed: {{value}} % of the error budget is spent; it alerts above 100 %.",
    ]);
    expect(said(checks, "portal-uptime-page-login")[0]).toBe("Promised: an answer within 2500 ms.");
    expect(said(checks, "platform-certificate-expiry")[0]).toMatch(/^Runbook: /);
  });

  it("on anomalies say how long is unusual, and how long is usual again", () => {
    expect(named(monitors, "portal-traffic-anomaly")).toMatchObject({
      type: "query alert",
      monitorThresholds: { critical: "1", criticalRecovery: "0" },
      monitorThresholdWindows: { triggerWindow: "last_30m", recoveryWindow: "last_30m" },
    });
  });

  it("on latency objectives are one for each class and speed", () => {
    const burns = monitors.filter(({ name }) => name.startsWith("portal-latency-fast-burn-"));
    expect(burns.map(({ inputs }) => String(inputs["query"]).split(".over")[0]).sort()).toEqual(
      ["analytics", "list", "read", "search", "write"].map(
        (c) => `burn_rate("ServiceLevelObjective portal-latency-${c}")`,
      ),
    );
  });

  it("of the platform page the platform's services", () => {
    expect(lines(named(monitors, "platform-database-storage-low")).at(-1)).toContain(
      "@pagerduty-portal-platform-prod-sev2",
    );
  });

  it("of checks have no condition on warnings, which checks do not have", () => {
    for (const { inputs } of checks) expect(inputs["message"]).not.toContain("is_warning");
  });

  it("are labelled, prioritised, and repeated where they are urgent", () => {
    expect(named(monitors, "portal-service-outage")).toMatchObject({
      tags: expect.arrayContaining([
        "product:portal",
        "environment:prod",
        "service:portal",
        "severity:sev1",
        "alert:service-outage",
      ]),
      priority: "1",
      renotifyInterval: 10,
      renotifyOccurrences: 6,
    });
    expect(named(monitors, "portal-latency-list")).not.toHaveProperty("renotifyInterval");
  });

  it("declare the threshold that their query ends in", () => {
    const withQuery = monitors.filter(({ inputs }) => inputs["type"] !== "slo alert");
    for (const { name, inputs } of withQuery) {
      const { critical } = inputs["monitorThresholds"] as { critical: string };
      expect(
        String(inputs["query"])
          .split(/ [<>]=? /)
          .at(-1),
        name,
      ).toBe(critical);
    }
  });

  it("on objectives name the objective, and have no option that such monitors refuse", () => {
    const burn = named(monitors, "portal-availability-fast-burn");
    expect(burn["query"]).toBe(
      'burn_rate("ServiceLevelObjective portal-availability").over("30d").long_window("1h").short_window("5m") > 14.4',
    );
    expect(burn).not.toHaveProperty("onMissingData");
    expect(burn).not.toHaveProperty("requireFullWindow");
  });

  it("never use what Datadog has deprecated", () => {
    for (const { inputs } of monitors) {
      for (const old of ["notifyNoData", "noDataTimeframe", "restrictedRoles", "newHostDelay"]) {
        expect(inputs).not.toHaveProperty(old);
      }
    }
  });
});

describe("checks", () => {
  it("read the health endpoint's body", () => {
    expect(named(checks, "portal-uptime-health")).toMatchObject({
      requestDefinition: { method: "GET", url: "https://portal.example.com/api/health" },
      assertions: [
        { type: "statusCode", target: "200" },
        { type: "responseTime", target: "2500" },
        { type: "body", targetjsonpath: { jsonpath: "$.status", targetvalue: "healthy" } },
      ],
    });
  });

  it("run from every location, as often as the config says", () => {
    expect(named(checks, "portal-uptime-homepage")).toMatchObject({
      locations: spec.monitoring.syntheticLocations,
      optionsList: { tickEvery: 60, minLocationFailed: 2, retry: { count: 2 } },
    });
  });

  it("do not follow redirects, and take what the config says for well", async () => {
    const settings = prodSettings();
    Object.assign(at(settings, ["readiness:services", 0]), {
      checks: {
        admin: { status: 307, location: "/login" },
        portal: { authentication: "CHECK_LOGIN", headers: { "Accept-Language": "en" } },
        "api-list": { authentication: "CHECK_LOGIN" },
      },
    });
    const config = { ...asConfig(settings), "secrets:CHECK_LOGIN": "Bearer a" };
    const own = await declare(
      () =>
        new Monitoring("portal-monitoring", {
          spec: loadSpec("prod", config),
          secretOf: (name) => `<${name}>`,
        }),
    );
    expect(named(own, "portal-uptime-page-admin")).toMatchObject({
      optionsList: { followRedirects: false },
      assertions: [
        { type: "statusCode", target: "307" },
        { type: "header", property: "location", operator: "contains", target: "/login" },
        { type: "responseTime" },
      ],
    });
    expect(named(own, "portal-uptime-page-portal")).toMatchObject({
      requestHeaders: { "Accept-Language": "en", Authorization: "{{ PORTAL_PROD_PORTAL_CHECK_LOGIN }}" },
      configVariables: [{ type: "global", name: "PORTAL_PROD_PORTAL_CHECK_LOGIN" }],
    });
    const variables = own.filter(({ type }) => type === "SyntheticsGlobalVariable");
    expect(variables.map(({ inputs }) => inputs)).toMatchObject([
      { name: "PORTAL_PROD_PORTAL_CHECK_LOGIN", value: { value: "<CHECK_LOGIN>" }, secure: true },
    ]);
    expect(named(own, "portal-uptime-homepage")["requestHeaders"]).toBeUndefined();
  });

  it("look ahead at the certificate", () => {
    expect(named(checks, "platform-certificate-expiry")).toMatchObject({
      subtype: "ssl",
      requestDefinition: { host: "portal.example.com", port: "443" },
      assertions: [{ type: "certificate", operator: "isInMoreThan", target: "14" }],
    });
  });
});
