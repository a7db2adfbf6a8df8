/** Plans of queries: which tables are read from end to end, and how large they are. */
import { expect, it } from "vitest";
import { postgresExplain } from "../../../../../readiness/proofs/evidence/formats/query-plans/postgres-explain.ts";
import { altered, fixture, measureOf, problemOf, reading } from "./support.ts";

const byEmail = "select * from orders where email = 'buyer7@example.com'";
const byId = "select total from orders where id = 7";
const whole = [{ table: "orders", rows: 20_000 }];

it("reads each statement with its scans", () => {
  expect(reading(postgresExplain, fixture("postgres-explain/scans.json"))).toEqual({
    tool: "postgresql",
    version: null,
    startedAt: null,
    finishedAt: null,
    commit: null,
    measure: {
      kind: "query-plans",
      plans: [
        { query: byEmail, scans: whole },
        { query: byId, scans: [] },
      ],
    },
  });
  expect(measureOf(postgresExplain, fixture("postgres-explain/good.json"), "query-plans").plans).toEqual([
    { query: byEmail, scans: [] },
    { query: byId, scans: [] },
  ]);
});

it("counts the rows that are read, not those that are returned, and names a lone plan by its file", () => {
  const path = "postgres-explain/analyzed.json";
  expect(measureOf(postgresExplain, fixture(path), "query-plans").plans).toEqual([
    { query: path, scans: whole },
  ]);
});

it.each([
  ["never-analysed", /planned without statistics: run ANALYZE orders before$/],
  ["never-analysed-index", /planned without statistics: run ANALYZE orders before$/],
  ["plain", /does not tell how many rows of orders are read: use query-plans.sql, or EXPLAIN ANALYZE$/],
  ["scans-off", /planned with enable_seqscan changed, must be with production's settings$/],
])("refuses %s", (name, problem) => {
  expect(problemOf(postgresExplain, fixture(`postgres-explain/${name}.json`))).toMatch(problem);
});

it("multiplies what each of several workers reads", () => {
  const file = altered(
    "postgres-explain/analyzed.json",
    ['"Parallel Aware": false', '"Parallel Aware": true'],
    ['"Actual Loops": 1', '"Actual Loops": 3'],
  );
  expect(measureOf(postgresExplain, file, "query-plans").plans[0]?.scans).toEqual([
    { table: "orders", rows: 60_000 },
  ]);
});

it("does not know what a scan reads that never ran, or does not tell what it removed", () => {
  for (const [from, to] of [
    ['"Actual Loops": 1', '"Actual Loops": 0'],
    ['"Rows Removed by Filter"', '"Other"'],
  ] as const) {
    const file = altered("postgres-explain/analyzed.json", [from, to]);
    expect(problemOf(postgresExplain, file)).toMatch(/does not tell how many rows of orders are read/);
  }
});
