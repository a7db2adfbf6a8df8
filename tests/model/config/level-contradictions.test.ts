/** Numbers of a service level that are allowed by themselves, and not together. */
import { expect, it } from "vitest";
import { checkConfig } from "../../../model/config/stack-spec.ts";
import { type Change, prodConfig, prodSettings } from "../prod-config.ts";

const [first] = prodSettings()["readiness:services"] as readonly object[];
const levels = (serviceLevels: object): Change => [["readiness:services"], [{ ...first, serviceLevels }]];
const levelPath = "readiness:services[0].serviceLevels";

it.each<readonly [what: string, change: Change, path: string, message: string]>([
  [
    "a latency target that is no stricter than its alert",
    levels({ latency: { search: { targetMs: 300, alertMs: 300 } } }),
    `${levelPath}.latency.search.alertMs`,
    "found 300, must be > targetMs (300)",
  ],
  [
    "an overall latency likewise",
    levels({ overallLatency: { targetMs: 301, alertMs: 300 } }),
    `${levelPath}.overallLatency.alertMs`,
    "found 300, must be > targetMs (301)",
  ],
  [
    "an availability target below its alert",
    levels({ availability: { targetPercent: 99, alertPercent: 99.5 } }),
    `${levelPath}.availability.targetPercent`,
    "found 99, must be > alertPercent (99.5)",
  ],
  [
    "an error rate whose runbook starts before its alert",
    levels({ errorRate: { targetPercent: 0.1, alertPercent: 2, runbookPercent: 1 } }),
    `${levelPath}.errorRate.runbookPercent`,
    "found 1, must be > alertPercent (2)",
  ],
  [
    "a cache hit rate target below its alert",
    levels({ cacheHitRate: { targetPercent: 60, alertPercent: 70 } }),
    `${levelPath}.cacheHitRate.targetPercent`,
    "found 60, must be > alertPercent (70)",
  ],
  [
    "a bundle target above its alert",
    levels({ bundle: { targetKB: 1000, alertKB: 900 } }),
    `${levelPath}.bundle.alertKB`,
    "found 900, must be > targetKB (1000)",
  ],
  [
    "an availability target that no burn-rate alert can hold",
    levels({ availability: { targetPercent: 92, alertPercent: 90 } }),
    `${levelPath}.availability.targetPercent`,
    "a burn rate of 14.4 can never be reached at a target of 92 %",
  ],
])("%s is told at its path", (_, change, path, message) => {
  const { issues } = checkConfig("prod", prodConfig(change));
  expect(issues).toEqual([expect.objectContaining({ path, message: expect.stringContaining(message) })]);
});
