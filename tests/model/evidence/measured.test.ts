import { describe, expect, it } from "vitest";
import type { Measure } from "../../../model/evidence/measure.ts";
import { measuredIn } from "../../../model/evidence/measured.ts";
import type { Scope } from "../../../model/evidence/scope.ts";
import { recoveryLevels } from "../../../model/service-levels/recovery.ts";
import { defaultServiceLevels } from "../../../model/service-levels/targets.ts";

const scope: Scope = {
  levels: defaultServiceLevels,
  pages: [],
  host: null,
  hosts: ["portal.example.com"],
  onCall: [],
  vaults: [],
  recovery: recoveryLevels.production,
  authors: [],
};

function values(...measures: readonly Measure[]) {
  return measuredIn(measures, scope).map(({ name, value, unit, relation, limit, of, requests }) =>
    [name, `${value} ${unit} ${relation} ${limit}`, of, requests].filter((part) => part !== null),
  );
}

const page = (url: string, lcpMs: number | null, inpMs: number | null = null) => ({
  url,
  shown: url,
  lcpMs,
  cls: 0.02,
  inpMs,
  responseMs: 100,
});

describe("what runs measured", () => {
  it("is a p95 of each class, and the share of all requests that failed", () => {
    const classes = [
      { class: "list", requests: 300, failures: 1, p95Ms: 142 },
      { class: "all", requests: 100, failures: 1, p95Ms: 271 },
      { class: "search", requests: 100, failures: 0, p95Ms: null },
    ];
    expect(values({ kind: "load", classes, broken: [] })).toEqual([
      ["p95 of list requests", "142 ms < 200", 300],
      ["p95 of all requests", "271 ms < 200", 100],
      ["error rate", "0.4 % < 0.1", 500],
    ]);
  });

  it("is of several pages or routes the worst, with its name, and nothing where no page tells", () => {
    const pages = [page("https://a.example/", 1900), page("https://a.example/admin", 2600)];
    expect(values({ kind: "performance", pages })).toEqual([
      ["page response time", "100 ms < 2500", "/"],
      ["largest contentful paint", "2600 ms ≤ 2500", "/admin"],
      ["cumulative layout shift", "0.02  ≤ 0.1", "/"],
    ]);
    const routes = [
      { route: "/", bytes: 12_000, compressed: false },
      { route: "/big", bytes: 851_500, compressed: false },
    ];
    expect(values({ kind: "bundle", routes })).toEqual([["JavaScript of a page", "851.5 KB < 850", "/big"]]);
    expect(values({ kind: "performance", pages: [] }, { kind: "bundle", routes: [] })).toEqual([]);
  });

  it("is of several runs their sum, or the longest", () => {
    const none = { covered: 0, total: 0 };
    const covered = (lines: { covered: number; total: number }): Measure => ({
      kind: "coverage",
      lines,
      statements: none,
      functions: none,
      branches: none,
      files: [],
    });
    const both = [covered({ covered: 90, total: 100 }), covered({ covered: 10, total: 100 })];
    expect(values(...both)).toEqual([["lines covered by tests", "50 % > 80"]]);
    expect(values(covered(none))).toEqual([]);
    const restored = (minutes: number): Measure => ({
      kind: "restore",
      vault: "v",
      recoveryPoint: "r",
      minutes,
      lostMinutes: 2,
      checks: [],
    });
    expect(values(restored(41), restored(30))).toEqual([["restore of a backup", "41 min ≤ 60"]]);
  });
});
