import { describe, expect, it } from "vitest";
import { checklist } from "../../../model/checklist/checklist.ts";
import { type Finding, messageOf } from "../../../model/finding.ts";
import { chosenParts } from "../../../model/parts.ts";
import { evaluate } from "../../../policies/evaluate.ts";
import { monitoringRules } from "../../../policies/rules/monitoring.ts";
import { type Registration, toStack } from "../../../readiness/engine/registration.ts";
import { declared, stackOf, unknown } from "../support/stack.ts";

const app = declared("readiness:index:App", {}, { name: "portal", custom: false });

function monitor(alert: string, props: Readonly<Record<string, unknown>>, service = "portal"): Registration {
  const tags = [`service:${service}`, `alert:${alert}`];
  return declared("datadog:index/monitor:Monitor", { tags, ...props }, { name: `${service}-${alert}` });
}

function check(name: string, props: Readonly<Record<string, unknown>>): Registration {
  const tags = ["service:portal", `check:${name}`];
  return declared("datadog:index/syntheticsTest:SyntheticsTest", { tags, ...props }, { name });
}

/** What one rule says of a stack. */
function findings(rule: string, registrations: readonly Registration[], stack = "prod"): readonly Finding[] {
  return evaluate(
    monitoringRules.filter(({ id }) => id === rule),
    stackOf(registrations, stack),
  );
}

function outcomes(rule: string, registrations: readonly Registration[], stack = "prod"): readonly string[] {
  return findings(rule, registrations, stack).map(({ outcome }) => outcome);
}

const errorRate = {
  type: "query alert",
  query:
    "sum(last_5m):100 * sum:trace.http.server.request.errors{service:portal}.as_count() / sum:trace.http.server.request.hits{service:portal}.as_count() > 0.5",
  monitorThresholds: { critical: "0.5" },
  onMissingData: "resolve",
};

/** Those that forbid hold where nothing is. */
const demands = monitoringRules.filter(({ id }) => !id.includes("-not-without-"));

it.each(demands)("$id does not hold for a stack without anything", (rule) => {
  // Of the parts that it is about.
  const needs = rule.needs ?? checklist.find(({ id }) => id === rule.item)?.needs;
  const parts = chosenParts((part) => needs?.[part] && { kind: needs[part][0], because: "as a test has it" });
  const found = evaluate([rule], toStack("prod", [], undefined, { parts }));
  expect(found.map(({ outcome }) => outcome)).toEqual(["fail"]);
});

describe("an alert that must be there", () => {
  it("is, at the service level", () => {
    expect(outcomes("error-rate-alerted", [app, monitor("error-rate", errorRate)])).toEqual(["pass"]);
  });

  it("may be stricter", () => {
    const stricter = { ...errorRate, monitorThresholds: { critical: "0.2" } };
    expect(outcomes("error-rate-alerted", [app, monitor("error-rate", stricter)])).toEqual(["pass"]);
  });

  it("says what is too lax, and what to change", () => {
    const lax = { ...errorRate, monitorThresholds: { critical: "2" } };
    const [finding] = findings("error-rate-alerted", [app, monitor("error-rate", lax)]);
    expect(finding && messageOf(finding, "prod")).toBe(
      "portal-error-rate: monitorThresholds.critical is 2, must be ≤ 0.5 (MON-03). Lower serviceLevels.errorRate in Pulumi.prod.yaml.",
    );
  });

  it("fails without a threshold", () => {
    const { monitorThresholds: _, ...bare } = errorRate;
    expect(outcomes("error-rate-alerted", [app, monitor("error-rate", bare)])).toEqual(["fail"]);
  });

  it("fails where it fires in the wrong direction", () => {
    const inverted = { ...errorRate, query: errorRate.query.replace(" > ", " < ") };
    expect(outcomes("error-rate-alerted", [app, monitor("error-rate", inverted)])).toEqual(["fail"]);
  });

  it("is asked of every service that is declared", () => {
    const shop = declared("readiness:index:App", {}, { name: "shop", custom: false });
    const [finding] = findings("error-rate-alerted", [app, shop, monitor("error-rate", errorRate)]);
    expect(finding && messageOf(finding, "prod")).toContain("shop has no monitor of the alert error-rate");
  });

  it("is undecided while its query is unknown", () => {
    const later = { ...errorRate, query: unknown };
    expect(outcomes("error-rate-alerted", [app, monitor("error-rate", later)])).toEqual(["unknown"]);
  });
});

describe("burn-rate alerts", () => {
  const objective = declared(
    "datadog:index/serviceLevelObjective:ServiceLevelObjective",
    { type: "metric", targetThreshold: 99.5, tags: ["service:portal", "objective:availability"] },
    { name: "availability" },
  );
  const burn = { type: "slo alert", query: unknown, monitorThresholds: { critical: "14.4" } };

  it("are decided by what their query names, although it is unknown", () => {
    const linked = {
      ...monitor("availability-fast-burn", burn),
      propertyDependencies: { query: [objective.urn] },
    };
    expect(outcomes("availability-fast-burn-alerted", [app, objective, linked])).toEqual(["pass"]);
    const loose = monitor("availability-fast-burn", burn);
    expect(outcomes("availability-fast-burn-alerted", [app, objective, loose])).toEqual(["fail"]);
  });

  it("leave the rules about queries and missing data alone", () => {
    const both = [monitor("availability-fast-burn", burn), monitor("error-rate", errorRate)];
    expect(outcomes("missing-data-decided", both)).toEqual(["pass"]);
  });
});

describe("objectives", () => {
  const hits = (more: string) =>
    `sum:trace.http.server.request.hits{env:prod,service:portal${more}}.as_count()`;
  const objective = (props: Readonly<Record<string, unknown>>) =>
    declared("datadog:index/serviceLevelObjective:ServiceLevelObjective", {
      type: "metric",
      tags: ["service:portal", "objective:availability"],
      query: { numerator: hits(",!http.status_code:5*"), denominator: hits("") },
      thresholds: [{ timeframe: "30d", target: 99.5 }],
      ...props,
    });

  it.each([
    [99.5, ["pass"]],
    [99.9, ["pass"]],
    [99.4, ["fail"]],
    [unknown, ["unknown"]],
  ])("of availability promise 99.5 %% or more: %s", (targetThreshold, expected) => {
    expect(outcomes("availability-promised", [app, objective({ targetThreshold })])).toEqual(expected);
  });

  it.each<[string, Readonly<Record<string, unknown>>, string]>([
    ["all requests are good", { query: { numerator: hits(""), denominator: hits("") } }, "fail"],
    [
      "one host's requests count",
      { query: { numerator: hits(",host:a,!http.status_code:5*"), denominator: hits(",host:a") } },
      "fail",
    ],
    ["what is good nobody knows", { query: { numerator: "?", denominator: hits("") } }, "unknown"],
    ["nothing is counted", { query: undefined }, "fail"],
    ["a week alone is promised", { thresholds: [{ timeframe: "7d", target: 99.5 }] }, "fail"],
    [
      "a quarter is promised worse",
      {
        thresholds: [
          { timeframe: "30d", target: 99.5 },
          { timeframe: "90d", target: 90 },
        ],
      },
      "fail",
    ],
    ["it warns below its target", { warningThreshold: 99 }, "fail"],
  ])("promise nothing where %s", (_title, change, expected) => {
    expect(outcomes("availability-promised", [app, objective({ targetThreshold: 99.5, ...change })])).toEqual(
      [expected],
    );
  });
});

describe("checks", () => {
  const live = {
    status: "live",
    subtype: "http",
    locations: ["aws:a", "aws:b", "aws:c"],
    assertions: [{ type: "responseTime", operator: "lessThan", target: "2500" }],
    optionsList: { tickEvery: 300, minLocationFailed: 2 },
  };

  it("run every five minutes at least", () => {
    expect(outcomes("checks-frequent", [check("homepage", live)])).toEqual(["pass"]);
    const rare = { ...live, optionsList: { ...live.optionsList, tickEvery: 301 } };
    expect(outcomes("checks-frequent", [check("homepage", rare)])).toEqual(["fail"]);
  });

  it("of certificates may run less often", () => {
    const ssl = { ...live, subtype: "ssl", optionsList: { tickEvery: 3600 } };
    expect(outcomes("checks-frequent", [check("homepage", live), check("certificate", ssl)])).toEqual([
      "pass",
    ]);
  });

  it("need several regions in production only", () => {
    const near = [check("homepage", { ...live, locations: ["aws:a"] })];
    expect(outcomes("checks-from-several-regions", near)).toEqual(["fail"]);
    expect(outcomes("checks-from-several-regions", near, "staging")).toEqual(["not-applicable"]);
  });

  it("of health have to read the body", () => {
    const health = (assertions: readonly object[]) => [app, check("health", { ...live, assertions })];
    expect(outcomes("health-checked", health(live.assertions))).toEqual(["fail"]);
    const body = {
      type: "body",
      operator: "validatesJSONPath",
      targetjsonpath: { jsonpath: "$.status", operator: "is", targetvalue: "healthy" },
    };
    expect(outcomes("health-checked", health([body]))).toEqual(["pass"]);
  });
});

describe("dashboards", () => {
  const dashboard = (titles: readonly string[]) =>
    declared("datadog:index/dashboard:Dashboard", {
      title: "portal prod: Business",
      widgets: [
        {
          groupDefinition: {
            widgets: [
              // The id of an objective is unknown, and beside the point.
              { serviceLevelObjectiveDefinition: { sloId: unknown, title: "Availability" } },
              ...titles.map((title) => ({ timeseriesDefinition: { title } })),
            ],
          },
        },
      ],
    });
  const titles = ["Signups", "Active sessions", "Feature usage", "Conversion", "Revenue", "Support tickets"];

  it("show everything that is asked for", () => {
    expect(outcomes("dashboard-business", [dashboard(titles)])).toEqual(["pass"]);
  });

  it("say what they do not show", () => {
    const [finding] = findings("dashboard-business", [dashboard(titles.slice(2))]);
    expect(finding && messageOf(finding, "prod")).toContain("it does not show signups, active sessions");
  });
});
