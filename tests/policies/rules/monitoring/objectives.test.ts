import { describe, expect, it } from "vitest";
import { type Finding, messageOf } from "../../../../model/finding.ts";
import { evaluate } from "../../../../policies/evaluate.ts";
import { monitoringRules } from "../../../../policies/rules/monitoring.ts";
import { declared, stackOf, unknown } from "../../support/stack.ts";

const objective = (target: number) =>
  declared(
    "datadog:index/serviceLevelObjective:ServiceLevelObjective",
    { targetThreshold: target, tags: ["service:portal", "objective:availability"] },
    { name: "availability" },
  );

function findings(target: number, rate: string, query: unknown = unknown): readonly Finding[] {
  const slo = objective(target);
  const burn = {
    ...declared(
      "datadog:index/monitor:Monitor",
      {
        type: "slo alert",
        query,
        tags: ["alert:availability-fast-burn"],
        monitorThresholds: { critical: rate },
      },
      { name: "portal-availability-fast-burn" },
    ),
    propertyDependencies: { query: [slo.urn] },
  };
  return evaluate(
    monitoringRules.filter(({ id }) => id === "burn-rates-reachable"),
    stackOf([slo, burn]),
  );
}

describe("burn rates that Datadog would refuse", () => {
  it("are refused at preview, with the arithmetic", () => {
    const [finding] = findings(90, "14.4");
    expect(finding?.outcome).toBe("fail");
    expect(finding && messageOf(finding, "prod")).toContain(
      "portal-availability-fast-burn: a burn rate of 14.4 can never be reached at a target of 90 %: with everything " +
        "failing it is 1 / (1 − 0.9) = 10, must be ≤ 10, or the target ≥ 93.06 %",
    );
  });

  it.each([
    [99.5, "14.4", "pass"],
    [93.06, "14.4", "pass"],
    [93.05, "14.4", "fail"],
    [99.5, "201", "fail"],
  ])("at %s %% and a rate of %s: %s", (target, rate, outcome) => {
    expect(findings(target, rate).map((f) => f.outcome)).toEqual([outcome]);
  });

  it.each([
    ["1h", "5m", "pass"],
    ["48h", "240m", "pass"],
    ["49h", "245m", "fail"],
    ["1h", "10m", "fail"],
  ])("windows of %s and %s, once the query is known: %s", (long, short, outcome) => {
    const query = `burn_rate("abc").over("30d").long_window("${long}").short_window("${short}") > 6`;
    expect(findings(99.5, "6", query).map((f) => f.outcome)).toEqual([outcome]);
  });

  it("a query that names no windows", () => {
    const query = 'burn_rate("abc").over("30d") > 6';
    expect(findings(99.5, "6", query).map((f) => f.outcome)).toEqual(["fail"]);
  });
});
