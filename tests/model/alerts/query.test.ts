import { describe, expect, it } from "vitest";
import {
  anomalyQuery,
  eventQuery,
  expressionQuery,
  forecastQuery,
  metricQuery,
  objectiveQuery,
  seriesQuery,
} from "../../../model/alerts/query.ts";
import type { EventSignal, MetricSignal, Series } from "../../../model/alerts/signal.ts";

const hits: Series = {
  aggregate: "sum",
  metric: "hits",
  filter: { env: "prod", service: "portal" },
  as: "count",
};
const errors: Series = { ...hits, metric: "errors" };
const metric: MetricSignal = {
  kind: "metric",
  expression: {
    series: { aggregate: "max", metric: "aws.rds.cpuutilization", filter: { product: "portal" } },
  },
  over: "avg",
  windowMinutes: 15,
  comparator: ">",
  thresholds: { critical: 90 },
  unit: "%",
  evaluationDelaySeconds: 900,
  onMissingData: "show_no_data",
};
const visits: EventSignal = {
  kind: "rum",
  search: '@type:view @view.name:"a b"',
  compute: { aggregate: "pc75", attribute: "@view.largest_contentful_paint" },
  windowMinutes: 60,
  comparator: ">",
  thresholds: { critical: 2.5e9 },
  unit: "ns",
  onMissingData: "resolve",
};

describe("seriesQuery", () => {
  it("writes tags, groups and the kind of count", () => {
    expect(seriesQuery(hits)).toBe("sum:hits{env:prod,service:portal}.as_count()");
    expect(seriesQuery({ ...hits, by: ["feature"], as: "rate" })).toBe(
      "sum:hits{env:prod,service:portal} by {feature}.as_rate()",
    );
  });

  it("takes a dashboard's variables as further tags", () => {
    expect(seriesQuery({ aggregate: "p95", metric: "latency", filter: { env: "prod" } }, ["$version"])).toBe(
      "p95:latency{env:prod,$version}",
    );
  });
});

describe("expressionQuery", () => {
  it("reads no event of a kind as none of them", () => {
    expect(expressionQuery({ part: errors, whole: [hits] })).toBe(
      "100 * default_zero(sum:errors{env:prod,service:portal}.as_count()) / sum:hits{env:prod,service:portal}.as_count()",
    );
  });

  it("adds wholes up, and divides by a number", () => {
    expect(expressionQuery({ part: errors, whole: [hits, errors] })).toMatch(
      / \/ \(sum:hits.* \+ sum:errors.*\)$/,
    );
    const connections: Series = { aggregate: "max", metric: "connections", filter: {} };
    expect(expressionQuery({ part: connections, whole: 400 })).toBe("100 * max:connections{} / 400");
  });
});

describe("queries that look ahead or back", () => {
  const { expression, evaluationDelaySeconds, onMissingData } = metric;
  const metricOf = { expression, evaluationDelaySeconds, onMissingData };

  it("forecast a week, towards the side on which they fire", () => {
    const rest = { ...metricOf, kind: "forecast", thresholds: { critical: 5 }, unit: "%" } as const;
    expect(forecastQuery({ ...rest, comparator: "<" })).toBe(
      "min(next_1w):forecast(max:aws.rds.cpuutilization{product:portal}, 'linear', 1, interval='60m', " +
        "history='1w', model='default') <= 5",
    );
    expect(forecastQuery({ ...rest, comparator: ">" })).toMatch(/^max\(next_1w\):.* >= 5$/);
  });

  it("compare with other weeks over the window that must be unusual", () => {
    const unusual = { ...metricOf, kind: "anomaly", direction: "below", windowMinutes: 30 } as const;
    expect(anomalyQuery({ ...unusual, season: "daily" })).toMatch(/ seasonality='daily'\) >= 1$/);
    expect(anomalyQuery({ ...unusual, season: "weekly" })).toBe(
      "avg(last_4h):anomalies(max:aws.rds.cpuutilization{product:portal}, 'agile', 3, direction='below', " +
        "interval=60, alert_window='last_30m', count_default_zero='true', seasonality='weekly') >= 1",
    );
  });

  it("count the lines that report", () => {
    const series: Series = { aggregate: "avg", metric: "up", filter: { env: "prod" }, by: ["host"] };
    expect(expressionQuery({ reporting: series })).toBe("count_not_null(avg:up{env:prod} by {host})");
  });
});

describe("queries of monitors", () => {
  it("end in the threshold that the monitor declares", () => {
    expect(metricQuery(metric)).toBe("avg(last_15m):max:aws.rds.cpuutilization{product:portal} > 90");
    expect(metricQuery({ ...metric, windowMinutes: 26 * 60 })).toMatch(/^avg\(last_26h\):/);
  });

  it("count or measure events, with their quotes kept", () => {
    expect(eventQuery(visits)).toBe(
      'rum("@type:view @view.name:\\"a b\\"").rollup("pc75", "@view.largest_contentful_paint").last("1h") > 2500000000',
    );
    expect(eventQuery({ ...visits, kind: "ci-pipelines", compute: { aggregate: "count" } })).toMatch(
      /^ci-pipelines\(.*\)\.rollup\("count"\)\.last\("1h"\)/,
    );
  });

  it("watch an objective over 30 days", () => {
    const burn = {
      kind: "burn-rate",
      objective: "availability",
      rate: 14.4,
      longWindowHours: 1,
      shortWindowMinutes: 5,
    } as const;
    expect(objectiveQuery(burn, "abc")).toBe(
      'burn_rate("abc").over("30d").long_window("1h").short_window("5m") > 14.4',
    );
    const budget = {
      kind: "error-budget",
      objective: "availability",
      thresholds: { critical: 100 },
    } as const;
    expect(objectiveQuery(budget, "abc")).toBe('error_budget("abc").over("30d") > 100');
  });
});
