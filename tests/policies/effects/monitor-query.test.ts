import { describe, expect, it } from "vitest";
import { alternatives, parseQuery, parseSearch } from "../../../policies/effects/monitor-query.ts";

describe("a monitor's query", () => {
  it("on metrics has a window, and what is compared with what", () => {
    expect(parseQuery("percentile(last_1h):p95:a.b{*} >= 2.5e3")).toMatchObject({
      kind: "metric",
      over: "percentile",
      windowSeconds: 3600,
      comparator: ">=",
      limit: 2500,
      expression: { metric: "a.b", aggregate: "p95" },
    });
    expect(parseQuery("min(next_1w):min:a{*} < -1")).toMatchObject({ windowSeconds: 604_800, limit: -1 });
  });

  it("on events has a search", () => {
    const text = String.raw`logs("env:prod @a.id:\"x y\"").index("*").by("host").rollup("count").last("5m") > 0`;
    expect(parseQuery(text)).toEqual({
      kind: "events",
      source: "logs",
      search: [
        { key: "env", value: "prod", negated: false },
        { key: "@a.id", value: "x y", negated: false },
      ],
      aggregate: "count",
      attribute: undefined,
      by: ["host"],
      windowSeconds: 300,
      comparator: ">",
      limit: 0,
    });
  });

  it("on an objective has its windows", () => {
    const burn = 'burn_rate("0a1b").over("30d").long_window("6h").short_window("30m") > 6';
    expect(parseQuery(burn)).toMatchObject({
      measure: "burn_rate",
      overDays: 30,
      longHours: 6,
      shortMinutes: 30,
    });
    expect(parseQuery('error_budget("0a1b").over("7d") > 75')).toMatchObject({
      measure: "error_budget",
      limit: 75,
    });
  });

  it.each([
    "avg(last_5m):avg:a{*}",
    "avg(last_5m):a > 1",
    "change(avg(last_5m),last_1d):avg:a{*} > 1",
    'logs("a").index("main").rollup("count").last("5m") > 1',
    'logs("a OR b").rollup("count").last("5m") > 1',
    '"http.can_connect".over("env:prod").last(2).count_by_status()',
    "123 && 456",
  ])("%j is refused", (text) => {
    expect(parseQuery(text)).toBeUndefined();
  });
});

describe("a search", () => {
  it.each([
    [
      "service:(a OR b) -status:ok",
      [
        ["service", "(a OR b)", false],
        ["status", "ok", true],
      ],
    ],
    [
      'a AND "b c" NOT d:1',
      [
        ["", "a", false],
        ["", "b c", false],
        ["d", "1", true],
      ],
    ],
    [
      '("a b" OR c) @x.y:*',
      [
        ["", '("a b" OR c)', false],
        ["@x.y", "*", false],
      ],
    ],
    ["", []],
  ])("%j", (text, terms) => {
    expect(parseSearch(text)?.map(({ key, value, negated }) => [key, value, negated])).toEqual(terms);
  });

  it.each(["a OR b", "(a:1 OR b:2)", 'a:"b', "((a))"])("%j is refused", (text) => {
    expect(parseSearch(text)).toBeUndefined();
  });

  it("may have alternatives", () => {
    expect(alternatives({ value: '("/a" OR b)' })).toEqual(["/a", "b"]);
    expect(alternatives({ value: "a" })).toEqual(["a"]);
  });
});
