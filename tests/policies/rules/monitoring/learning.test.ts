import { describe, expect, it } from "vitest";
import { alertRoutingRules } from "../../../../policies/rules/alert-routing.ts";
import { learningRules } from "../../../../policies/rules/monitoring/learning.ts";
import { judge } from "../../support/outcome.ts";
import { declared, unknown } from "../../support/stack.ts";

const monitor = (query: unknown, service = "shop", more: object = {}) =>
  declared(
    "datadog:index/monitor:Monitor",
    { type: "query alert", query, tags: [`service:${service}`], ...more },
    { name: `${service} ${query}` },
  );
const unusual = (args: string, metric = "a.hits") =>
  monitor(`avg(last_4h):anomalies(sum:${metric}{env:prod}.as_count(), ${args}) >= 1`);
const outcome = (...monitors: readonly ReturnType<typeof monitor>[]) =>
  judge(learningRules, "anomalies-backed-by-thresholds", monitors).outcome;

describe("an alert that learns what is usual", () => {
  const weekly = unusual("'agile', 3, alert_window='last_30m', seasonality='weekly'");
  const threshold = "sum(last_5m):sum:a.hits{env:prod}.as_count() < 1";

  it.each([
    ["a day's season, by itself", [unusual("'agile', 3, seasonality='daily'")], "pass"],
    ["an hour's season, by itself", [unusual("'robust', 3, seasonality='hourly'")], "pass"],
    ["no season", [unusual("'basic', 3")], "pass"],
    ["a week's season, by itself", [weekly], "fail"],
    ["a week's season, which is what Datadog takes where none is named", [unusual("'agile', 3")], "fail"],
    ["a season that nobody knows", [unusual("'agile', 3, seasonality='lunar'")], "unknown"],
    ["a week's season beside a threshold", [weekly, monitor(threshold)], "pass"],
    ["a week's season beside another service's threshold", [weekly, monitor(threshold, "till")], "fail"],
    [
      "a week's season beside a threshold on something else",
      [weekly, monitor(threshold.replace("hits", "hits.b"))],
      "fail",
    ],
    ["a week's season beside a second of the kind", [weekly, unusual("'agile', 2")], "fail"],
  ])("may have %s: %s", (_, monitors, expected) => {
    expect(outcome(...monitors)).toBe(expected);
  });

  it("is not known before its query is", () => {
    expect(outcome(monitor(unknown))).toBe("unknown");
    expect(outcome(monitor("avg(last_4h):-anomalies(sum:a{*}, 'agile', 3) >= 1"))).toBe("unknown");
  });
});

describe("a prediction", () => {
  const compared = (query: string) =>
    judge(alertRoutingRules, "alert-values-agree", [
      monitor(query, "shop", { monitorThresholds: { critical: query.split(" ").at(-1) } }),
    ]).outcome;

  it.each([
    ["min(next_1w):forecast(avg:free{*}, 'linear', 1) <= 5", "pass"],
    ["min(next_1w):forecast(avg:free{*}, 'linear', 1) < 5", "fail"],
    ["max(next_1w):forecast(avg:used{*}, 'linear', 1) >= 5", "pass"],
    ["max(next_1w):forecast(avg:used{*}, 'linear', 1) > 5", "fail"],
    ["avg(last_4h):anomalies(avg:used{*}, 'agile', 3) > 1", "fail"],
    ["avg(last_5m):avg:used{*} > 5", "pass"],
  ])("is compared so: %s, %s", (query, expected) => {
    expect(compared(query)).toBe(expected);
  });
});
