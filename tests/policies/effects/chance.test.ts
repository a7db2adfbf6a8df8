/** What queries make of healthy requests, held against minutes that are played through. */
import { describe, expect, it } from "vitest";
import { silenceChance } from "../../../model/alerts/quietness/runs.ts";
import { chanceOf } from "../../../model/alerts/quietness/window.ts";
import { type Watched, watched } from "../../../policies/effects/chance.ts";
import type { Health } from "../../../policies/effects/healthy.ts";
import { parseQuery } from "../../../policies/effects/monitor-query.ts";
import { arrivals } from "../../model/alerts/quietness/simulation.ts";
import { randomFrom } from "../../support/random.ts";

function watching(query: string, health: Partial<Health> = {}, over?: number): Watched {
  const parsed = parseQuery(query);
  if (!parsed || parsed.kind === "objective") throw new Error(`cannot be read: ${query}`);
  return watched(parsed, over, { perMinute: 15, checksPerMinute: 15, errorPercent: 0.1, ...health });
}

const errors = "default_zero(sum:trace.http.server.request.errors{env:prod}.as_count())";
const hits = "sum:trace.http.server.request.hits{env:prod}.as_count()";

/** Firings a look, of a value that is made minute by minute. */
function played(minutes: number, fires: (minute: number) => boolean): number {
  let [fired, firing] = [0, true];
  for (let minute = 0; minute < minutes; minute++) {
    const now = fires(minute);
    if (now && !firing) fired++;
    firing = now;
  }
  return fired / minutes;
}

describe("a mean of each minute's percentage", () => {
  it.each([3, 5, 15, 60])("at %i requests a minute", (perMinute) => {
    const found = watching("avg(last_15m):avg:aws.cloudfront.5xx_error_rate{environment:prod} > 1", {
      perMinute,
      errorPercent: 0.3,
    });
    if (found.kind !== "gamble") throw new Error(found.kind);
    const { condition, flow, windowMinutes } = found.gamble;
    const random = randomFrom(23);
    const values: (number | undefined)[] = [];
    const minutes = 300_000;
    const simulated = played(minutes, () => {
      const [failed, passed] = [arrivals(perMinute * 0.003, random), arrivals(perMinute * 0.997, random)];
      values.push(failed + passed === 0 ? undefined : (100 * failed) / (failed + passed));
      const window = values.slice(-15).filter((value) => value !== undefined);
      return window.reduce((sum, value) => sum + value, 0) / window.length > 1;
    });
    const { firings } = chanceOf(condition, flow, windowMinutes);
    expect(firings / simulated).toBeGreaterThan(1 / 1.5);
    expect(firings / simulated).toBeLessThan(1.5);
  });
});

describe("too few requests", () => {
  it.each([
    [15, 10, 37.5],
    [15, 17, 78],
    [3, 8, 33],
  ])("%i by the clock, %i in all, fewer than %f wanted", (clocked, perMinute, fewerThan) => {
    const random = randomFrom(29);
    const arrives = Math.min(1 - 0.001, perMinute / clocked);
    const counts: number[] = [];
    const simulated = played(300_000, () => {
      let count = arrivals(Math.max(0, perMinute - clocked), random);
      for (let sent = 0; sent < clocked; sent++) if (random() < arrives) count++;
      counts.push(count);
      return counts.length > 5 && counts.slice(-5).reduce((sum, n) => sum + n, 0) < fewerThan;
    });
    const { firings } = silenceChance({ clocked, perMinute }, fewerThan, 5, 0.001);
    expect(firings / simulated).toBeGreaterThan(1 / 1.3);
    expect(firings / simulated).toBeLessThan(1.3);
  });

  it("never come where all checks arrive by the clock", () => {
    expect(silenceChance({ clocked: 15, perMinute: 15 }, 37.5, 5, 0.001).firings).toBeLessThan(1e-12);
  });
});

describe("a query is taken for", () => {
  it("a share of failures, and some more", () => {
    const found = watching(`sum(last_10m):${errors} - 0.01 * ${hits} > 3`, {}, 0);
    if (found.kind !== "gamble") throw new Error(found.kind);
    const { condition, flow, windowMinutes, ofErrors } = found.gamble;
    expect({ windowMinutes, ofErrors }).toEqual({ windowMinutes: 10, ofErrors: true });
    expect(flow.bad).toBeCloseTo(0.015, 9);
    // Four of a hundred are three more than one of a hundred: only one more fires.
    expect(96 < condition.goodBelow(4)).toBe(false);
    expect(95 < condition.goodBelow(5)).toBe(true);
    expect(199 < (condition.overBelow?.(2) ?? 0)).toBe(false);
  });

  it("the same where it is written in percent", () => {
    const found = watching(`sum(last_10m):100 * ${errors} / ${hits} > 1`);
    if (found.kind !== "gamble") throw new Error(found.kind);
    expect(found.gamble.condition.goodBelow(2)).toBe(198);
  });

  it.each([
    ["avg(last_15m):max:aws.rds.cpuutilization{environment:prod} > 90", "state"],
    ["sum(last_60m):sum:aws.backup.number_of_backup_jobs_failed{environment:prod}.as_count() > 0", "state"],
    [
      "avg(last_4h):anomalies(sum:trace.http.server.request.hits{env:prod}.as_count(), 'agile', 3) >= 1",
      "unknown",
    ],
    ["avg(last_15m):avg:queue.depth{env:prod} > 10", "unknown"],
    ["sum(last_5m):top(sum:portal.prod.logs.errors{env:prod}.as_count(), 5) > 10", "unknown"],
    ["sum(last_5m):sum:portal.prod.logs.errors{env:prod}.as_count() > 10", "gamble"],
    ["sum(last_90m):sum:job.completed{env:prod,job:a}.as_count() < 1", "runs"],
    [`sum(last_5m):${hits} < 37.5`, "silence"],
    ['rum("@type:view env:prod").rollup("pc75", "@view.loading_time").last("1h") > 2500000000', "gamble"],
    ['ci-pipelines("@ci.status:error").rollup("count").last("15m") > 0', "state"],
  ])("%s: %s", (query, kind) => {
    expect(watching(query).kind).toBe(kind);
  });
});
