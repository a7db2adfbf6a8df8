/** How long a fault goes unnoticed, of each kind of alert: too short here is a page that comes too late. */
import { describe, expect, it } from "vitest";
import type { Chain } from "../../../policies/declared/chain.ts";
import {
  detectionOf,
  hang,
  outages,
  overdueOf,
  partialDetectionOf,
  type Step,
  sentence,
  total,
} from "../../../policies/declared/detection.ts";
import { types } from "../support/paged-stack.ts";
import { declared, resourceOf, stackOf } from "../support/stack.ts";

const project = (functionDefaultTimeout?: number) =>
  declared("vercel:index/project:Project", { resourceConfig: { functionDefaultTimeout } });
const stack = stackOf([project(30)]);

const chainOf = (type: string, props: Readonly<Record<string, unknown>>) =>
  ({ alert: { resource: resourceOf(type, props) } }) as unknown as Chain;
const monitor = (query: string, props: Readonly<Record<string, unknown>> = {}) =>
  chainOf(types.monitor, { type: "query alert", query, ...props });
const told = (steps: readonly Step[] | undefined) => steps && sentence(steps);

const seen = "20 s arrival + 60 s evaluation, 20 s of it assumed";
const errors = "100 * default_zero(sum:requests.errors{*}.as_count()) / sum:requests.hits{*}.as_count()";
const jobs = "sum:job.completed{job:bill}.as_count()";

describe("a check from outside", () => {
  const check = (options: object | undefined, more: object = {}) =>
    told(
      detectionOf(chainOf(types.check, { subtype: "http", optionsList: options, ...more }), "hangs", stack),
    );

  it.each<[string, object, object, string]>([
    ["one attempt into Datadog's own limit", {}, {}, "60 s attempts"],
    ["one attempt into its own limit", {}, { requestDefinition: { timeout: 5 } }, "5 s attempts"],
    ["a second attempt after a pause", { retry: { count: 1, interval: 2000 } }, {}, "122 s attempts"],
    ["Datadog's own pause of 300 ms", { retry: { count: 10 } }, {}, "663 s attempts"],
    [
      "a time for which it must have failed",
      { minFailureDuration: 1 },
      {},
      "60 s attempts + 1 s minimum duration",
    ],
  ])("takes %s", (_title, options, more, attempts) => {
    expect(check({ tickEvery: 60, ...options }, more)).toBe(
      `60 s interval + ${attempts} + 5 s result, 5 s of it assumed`,
    );
  });

  it("tells nothing where it asks no page, or has no interval", () => {
    expect(check({ tickEvery: 60 }, { subtype: "tcp" })).toBeUndefined();
    expect(check(undefined)).toBeUndefined();
  });
});

describe("a monitor", () => {
  it.each<[string, string, object, string]>([
    ["half of its window", `sum(last_5m):${errors} > 50`, { critical: "50" }, "30 s hang + 150 s window"],
    [
      "a part of a second as one",
      `sum(last_1m):${errors} > 0.5`,
      { critical: "0.5" },
      "30 s hang + 1 s window",
    ],
    [
      "never more than its window",
      `sum(last_5m):${errors} > 150`,
      { critical: "150" },
      "30 s hang + 300 s window",
    ],
    [
      "all of its window of anything else",
      "avg(last_5m):avg:queue.length{*} > 50",
      { critical: "50" },
      "300 s window",
    ],
    ["the slowest twentieth", "percentile(last_10m):p95:requests{*} > 0.3", {}, "30 s hang + 30 s window"],
    [
      "the slowest hundredth",
      'rum("@type:view").rollup("pc99", "@d").last("1h") > 4',
      {},
      "30 s hang + 36 s window",
    ],
    ["events of a window", 'logs("x").rollup("count").last("15m") > 5', {}, "900 s window"],
    [
      "the window that an anomaly is judged over",
      "avg(last_4h):anomalies(avg:requests{*}, 'agile', 3, alert_window='last_15m') >= 1",
      {},
      "900 s window",
    ],
  ])("takes %s", (_title, query, monitorThresholds, window) => {
    expect(told(detectionOf(monitor(query, { monitorThresholds }), "hangs", stack))).toBe(
      `${window} + ${seen}`,
    );
  });

  it.each([
    ["23h", "82800 s window + 20 s arrival + 60 s evaluation, 20 s of it assumed"],
    ["1d", "86400 s window + 20 s arrival + 600 s evaluation, 20 s of it assumed"],
    ["2d", "172800 s window + 20 s arrival + 1800 s evaluation, 20 s of it assumed"],
  ])("looks less often at a window of %s", (window, expected) => {
    const queue = monitor(`avg(last_${window}):avg:queue.length{*} > 50`);
    expect(told(detectionOf(queue, "fails", stack))).toBe(expected);
  });

  it("waits where it is to wait", () => {
    const waiting = monitor("avg(last_1m):avg:queue.length{*} > 50", { evaluationDelay: 900 });
    expect(told(detectionOf(waiting, "fails", stack))).toBe(`60 s window + 900 s evaluation delay + ${seen}`);
  });

  it.each([
    ["what AWS measures", "avg(last_5m):max:aws.rds.cpuutilization{*} > 90", {}],
    ["a forecast", "max(next_1w):forecast(avg:disk.used{*}, 'linear', 1) >= 90", {}],
    ["an error budget", 'burn_rate("abc").over("30d").long_window("1h") > 14.4', { type: "slo alert" }],
    ["a check of a service, which has no window", '"http.can_connect".over("*").by("host")', {}],
    ["runs of a job", `sum(last_2h):${jobs} < 1`, {}],
  ])("speaks of no outage by %s", (_title, query, props) => {
    for (const outage of outages) expect(detectionOf(monitor(query, props), outage, stack)).toBeUndefined();
  });

  it("of another type of resource tells nothing", () => {
    const other = chainOf("datadog:index/dashboard:Dashboard", { query: `sum(last_2h):${jobs} < 1` });
    expect([
      detectionOf(other, "fails", stack),
      overdueOf(other),
      partialDetectionOf(other, 0.5, stack),
    ]).toEqual([undefined, undefined, undefined]);
  });
});

describe("an outage", () => {
  const noticed = (chain: Chain) =>
    outages.flatMap((outage) => {
      const steps = detectionOf(chain, outage, stack);
      return steps ? `${outage} after ${total(steps)} s` : [];
    });
  const options = { tickEvery: 60, retry: { count: 2, interval: 1000 } };
  const homepage = { subtype: "http", optionsList: options, requestDefinition: { timeout: 5 } };

  it.each<[string, Chain, readonly string[]]>([
    [
      "a check, sooner where an answer comes",
      chainOf(types.check, homepage),
      ["fails after 70 s", "hangs after 82 s", "unreachable after 82 s"],
    ],
    [
      "the share of errors, later where a function hangs, and never where no request arrives",
      monitor(`sum(last_2m):${errors} > 50`, { monitorThresholds: { critical: "50" } }),
      ["fails after 140 s", "hangs after 170 s"],
    ],
    [
      "latency, where answers come late",
      monitor("percentile(last_10m):p95:requests{*} > 0.3"),
      ["hangs after 140 s"],
    ],
    [
      "too few requests, where none arrives",
      monitor("sum(last_5m):sum:requests.hits{*}.as_count() < 12"),
      ["unreachable after 380 s"],
    ],
  ])("is noticed by %s", (_title, chain, expected) => {
    expect(noticed(chain)).toEqual(expected);
  });

  it("hangs as long as the slowest function may, or as Vercel allows where nothing is said", () => {
    expect(hang(stackOf([project(30), project(60)])).seconds).toBe(60);
    expect(hang(stackOf([project(30), project()])).seconds).toBe(300);
    expect(hang(stackOf([])).seconds).toBe(300);
  });
});

describe("a monitor that waits for runs", () => {
  it("counts from when one is overdue, not over its window", () => {
    expect(told(overdueOf(monitor(`sum(last_2h):${jobs} < 1`)))).toBe(seen);
  });

  it.each([
    ["too many", `sum(last_2h):${jobs} > 9`, {}],
    ["other things", "sum(last_2h):sum:mails.sent{*}.as_count() < 1", {}],
    ["an error budget", `sum(last_2h):${jobs} < 1`, { type: "slo alert" }],
  ])("is none where it looks for %s", (_title, query, props) => {
    expect(overdueOf(monitor(query, props))).toBeUndefined();
  });
});

describe("a fault that a part of the requests meets", () => {
  const share = (errorShare: number, critical = 25) =>
    told(
      partialDetectionOf(
        monitor(`sum(last_10m):${errors} > ${critical}`, { monitorThresholds: { critical: `${critical}` } }),
        errorShare,
        stack,
      ),
    );

  it("takes so much more of the window", () => {
    expect(share(1)).toBe(`150 s window + ${seen}`);
    expect(share(0.5)).toBe(`300 s window + ${seen}`);
  });

  it("is not noticed where it stays at the threshold or below", () => {
    expect(share(0.26)).toBe(`577 s window + ${seen}`);
    expect([share(0.25), share(0.1)]).toEqual([undefined, undefined]);
  });

  it("is nothing to an alert that counts no share", () => {
    expect(partialDetectionOf(monitor("avg(last_5m):avg:queue.length{*} > 50"), 0.5, stack)).toBeUndefined();
    const budget = monitor(`sum(last_5m):${errors} > 50`, { type: "slo alert" });
    expect(partialDetectionOf(budget, 0.9, stack)).toBeUndefined();
  });
});
