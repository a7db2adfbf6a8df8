import { describe, expect, it } from "vitest";
import type { MonitorProps } from "../../../../policies/declared/monitoring.ts";
import { drawingsOf, measuredBy, scaleOf } from "../../../../policies/declared/service-levels/measures.ts";
import type { Resource } from "../../../../policies/resource.ts";
import { declared, resourceOf, stackOf, unknown } from "../../support/stack.ts";

const monitor = (query: string, type = "query alert") =>
  resourceOf("datadog:index/monitor:Monitor", { type, query }) as unknown as Resource<MonitorProps>;

const p95 = "p95:trace.http.server.request{env:prod,service:portal}";
const errors =
  "100 * default_zero(sum:a.errors{*}.as_count()) / (sum:a.hits{*}.as_count() + sum:b.hits{*}.as_count())";
const loading = 'rum("@type:view service:\\"portal\\"").rollup("pc75", "@view.loading_time")';

describe("a monitor measures", () => {
  it.each([
    [`percentile(last_10m):${p95} > 0.3`, p95, 0.3],
    [`sum(last_10m):${errors} >= 1e-3`, errors, 1e-3],
    [`sum(last_30m):${p95} < 60`, p95, 60],
    [`${loading}.last("1h") > 2500000000`, loading, 2.5e9],
  ])("%s", (query, measure, limit) => {
    expect(measuredBy(monitor(query))).toEqual({ measure, limit });
  });

  it("nothing where it compares with no number, or its query holds an id", () => {
    expect(measuredBy(monitor(`avg(last_4h):anomalies(${p95}, 'agile', 3) >= 1`))).toBeUndefined();
    expect(measuredBy(monitor("free text"))).toBeUndefined();
    expect(measuredBy(monitor(unknown, "slo alert"))).toBeUndefined();
  });
});

it.each([
  [p95, 1000],
  ["p95:portal.prod.request.duration{env:prod}", 1e-6],
  [loading, 1e-6],
  ["100 * sum:trace.http.server.request.errors{*} / sum:trace.http.server.request.hits{*}", 1],
])("the unit of %s is %s of people's", (measure, factor) => {
  expect(scaleOf(measure)).toBe(factor);
});

describe("a dashboard draws", () => {
  const graph = (title: string, request: object, ...markers: readonly object[]) => ({
    timeseriesDefinition: { title, requests: [request], markers },
  });
  const drawings = drawingsOf(
    stackOf([
      declared("datadog:index/dashboard:Dashboard", {
        title: "Operations",
        widgets: [
          graph("Alone", { q: p95 }, { value: "y = 0.3", displayType: "error dashed" }),
          {
            groupDefinition: {
              title: "portal",
              widgets: [
                graph(
                  "Page loading time",
                  {
                    queries: [
                      {
                        eventQuery: {
                          dataSource: "rum",
                          name: "events",
                          search: { query: '@type:view service:"portal"' },
                          computes: [{ aggregation: "pc75", metric: "@view.loading_time" }],
                        },
                      },
                    ],
                  },
                  { value: "2000 < y < 2500", displayType: "warning dashed" },
                  { value: "y = 1500", displayType: "ok dashed" },
                ),
                graph("Burn rate: requests succeed", {
                  queries: [{ sloQuery: { measure: "burn_rate", sloId: unknown } }],
                }),
                { serviceLevelObjectiveDefinition: { title: "Objective: requests succeed", sloId: unknown } },
                { noteDefinition: { content: "Runbooks" } },
              ],
            },
          },
        ],
      }),
    ]),
  );
  const markers = (measure: string) => drawings.get(measure)?.map((drawn) => drawn.markers);

  it("what its graphs measure as monitors write it, in groups and outside", () => {
    expect([...drawings.keys()]).toEqual([
      p95,
      loading,
      "burn rate of portal: requests succeed",
      "standing of portal: requests succeed",
    ]);
  });

  it("lines of an alert, of a warning, and of what is promised", () => {
    expect(markers(p95)).toEqual([[{ kind: "alert", value: 0.3 }]]);
    expect(markers(loading)).toEqual([
      [
        { kind: "warning", value: 2000 },
        { kind: "warning", value: 2500 },
        { kind: "target", value: 1500 },
      ],
    ]);
  });
});

it("finds a graph by each of its queries, and each graph of one measure", () => {
  const metric = (query: string) => ({ metricQuery: { query } });
  const events = { eventQuery: { dataSource: "ci_pipelines", computes: [{ aggregation: "count" }] } };
  const widgets = [[metric(p95), metric(errors)], [metric(p95)], [events]].map((queries, i) => ({
    timeseriesDefinition: { title: `graph ${i}`, requests: [{ queries }] },
  }));
  const drawings = drawingsOf(stackOf([declared("datadog:index/dashboard:Dashboard", { widgets })]));
  const titles = (measure: string) => drawings.get(measure)?.map(({ title }) => title);
  expect(titles(p95)).toEqual(["graph 0", "graph 1"]);
  expect(titles(errors)).toEqual(["graph 0"]);
  expect(titles('ci-pipelines("").rollup("count")')).toEqual(["graph 2"]);
});
