import { expect, it } from "vitest";
import type { Budget, Cost, Line } from "../../../readiness/cost/cost.ts";
import { budgetKept } from "../../../readiness/proofs/budget-kept.ts";

const line = (usd: Line["usd"]): Line => ({
  component: "Cache",
  resources: ["cache"],
  what: "a node",
  usd,
  source: "a list",
});
const cost = (usd: Cost["usd"], open = 0, byUse = 0): Omit<Cost, "budget"> => ({
  seen: "2026-11-25",
  region: "us-east-1",
  usd,
  lines: [line(usd), ...Array.from({ length: open }, () => line(null))],
  byUse: Array.from({ length: byUse }, () => ({ what: "log lines", resources: ["logs"] })),
});
const judged = (of: ReturnType<typeof cost>, budget: Budget) => budgetKept({ ...of, budget }, "prod");
const monthly = (monthlyUsd: number, unpricedUsd: number | null = null): Budget => ({
  monthlyUsd,
  unpricedUsd,
  because: null,
});
const none: Budget = { monthlyUsd: null, unpricedUsd: null, because: "the parent company pays" };

it.each<[string, ReturnType<typeof cost>, Budget]>([
  ["pass", cost([90, 100]), monthly(100)],
  ["fail", cost([101, 120]), monthly(100)],
  // Sources differ about where it ends.
  ["unknown", cost([90, 110]), monthly(100)],
  // What has no price is not nothing.
  ["unknown", cost([10, 10], 1), monthly(100)],
  ["unknown", cost([10, 10], 0, 1), monthly(100)],
  ["pass", cost([10, 10], 1), monthly(100, 90)],
  ["pass", cost([10, 10], 1), monthly(100, 0)],
  ["fail", cost([20, 20], 1), monthly(100, 90)],
  ["unknown", cost([10, 20], 1), monthly(100, 90)],
  ["fail", cost([101, 101], 1), monthly(100)],
  // Nothing is open, so nothing is kept.
  ["pass", cost([90, 100]), monthly(100, 90)],
  ["not-applicable", cost([90, 100], 1), none],
])("%s: %j within %j", (outcome, of, budget) => {
  expect(judged(of, budget).outcome).toBe(outcome);
});

it("says what it costs, what is open of it, and what it may", () => {
  expect(judged(cost([200, 220], 2), monthly(100, 50))).toMatchObject({
    observed: "it costs at least $200–220 a month, and 2 lines without a known price",
    wanted: "≤ $100 a month",
  });
  expect(judged(cost([60, 60], 2), monthly(100, 50))).toMatchObject({
    observed: "it costs at least $60 a month, and 2 lines without a known price, for which $50 are kept",
    wanted: "together ≤ $100 a month",
  });
  expect(judged(cost([60, 60], 2), monthly(100)).observed).toContain("budget.unpricedUsd does not say");
  expect(judged(cost([60, 60], 2), none).observed).toBe("no budget: the parent company pays");
});
