import { describe, expect, it } from "vitest";
import { parseExpression, parseScope, seriesIn } from "../../../policies/effects/metric-expression.ts";

describe("an expression", () => {
  it("is a series with its scope, grouping and functions", () => {
    expect(
      parseExpression("avg:system.cpu.user{env:prod,!host:a-1} by {host, az}.as_count().rollup(max, 60)"),
    ).toEqual({
      kind: "series",
      aggregate: "avg",
      metric: "system.cpu.user",
      filters: [
        { key: "env", value: "prod", negated: false },
        { key: "host", value: "a-1", negated: true },
      ],
      by: ["host", "az"],
      functions: [
        { name: "as_count", args: [] },
        { name: "rollup", args: ["max", "60"] },
      ],
    });
  });

  it("keeps the ranks of operators, and their order", () => {
    const series = (name: string) => `sum:${name}{*}`;
    const read = (text: string) => JSON.stringify(parseExpression(text.replace(/[a-z]/g, series)));
    expect(read("1 * a / (b + c)")).toBe(read("(1 * a) / (b + c)"));
    expect(read("a + b * c")).toBe(read("a + (b * c)"));
    expect(read("a - b - c")).not.toBe(read("a - (b - c)"));
  });

  it("has functions with arguments of every kind", () => {
    expect(parseExpression("anomalies(default_zero(sum:a{*}), 'agile', 3, direction='both')")).toMatchObject({
      name: "anomalies",
      of: { name: "default_zero", of: { metric: "a", filters: [] } },
      args: ["'agile'", "3", "direction='both'"],
    });
  });

  it("tells its series", () => {
    const names = seriesIn(
      parseExpression("100 * abs(sum:a{*}) / (sum:b{*} + 2)") ?? { kind: "number", value: 0 },
    );
    expect(names.map(({ metric }) => metric)).toEqual(["a", "b"]);
  });

  it.each([
    "",
    "sum:a{*} +",
    "sum:a{*} sum:b{*}",
    "a{*}",
    "sum:a{host IN (a, b)}",
    "sum:a{env:prod OR env:dev}",
    "abs(sum:a{*}",
    "top(sum:a{*}, 10, 'max', {})",
  ])("%j is refused", (text) => {
    expect(parseExpression(text)).toBeUndefined();
  });
});

it.each([
  ["*", 0],
  ["env:prod, service:a", 2],
  ["db.client.state:used", 1],
])("the scope %j has %i conditions", (scope, count) => {
  expect(parseScope(scope)).toHaveLength(count);
});
