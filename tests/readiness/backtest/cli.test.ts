import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../project.ts";
import { start } from "./support.ts";

let folder: string;
let trace: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "backtest-"));
  trace = join(folder, "trace.csv");
  // Second by second: an hour of calm, then nine of ten requests fail.
  const rows = Array.from({ length: 5400 }, (_, i) => `${start + i},10,${i >= 3600 ? 9 : 0}`);
  writeFileSync(trace, ["time,requests,errors", ...rows].join("\n"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const backtest = (...args: string[]) => run(["backtest", ...args]);

describe("backtest", () => {
  it("reports and ends with 0, whatever fired", async () => {
    const { status, stdout, stderr } = await backtest("--trace", trace);
    expect(stdout).toMatch(/^Backtest of prod {2}/);
    expect(stdout).toMatch(/\nSEV1 {2}portal-service-outage: /);
    expect(stdout).not.toContain("\u001b");
    expect(stderr).toBe("");
    expect(status).toBe(0);
  });

  it("evaluates to the second and counts from a moment when asked to", async () => {
    const began = new Date((start + 3600) * 1000).toISOString();
    const { stdout } = await backtest(
      "--trace",
      trace,
      "--format",
      "json",
      "--incident-start",
      began,
      "--every",
      "1",
    );
    const { alerts } = JSON.parse(stdout);
    const outage = alerts.find((a: { key: string }) => a.key === "portal-service-outage");
    // More than half of two minutes, at nine of ten, is 66.7 s.
    expect(outage.firings).toMatchObject([{ since: began, detectionSeconds: 67, recoveredAt: null }]);
  });

  it("finds in the example what the arithmetic says", async () => {
    const { stdout } = await backtest(
      "--trace",
      join(import.meta.dirname, "fixtures/outage.csv"),
      "--format",
      "json",
    );
    const { alerts, budgets } = JSON.parse(stdout);
    const detections = (key: string) =>
      alerts
        .find((a: { key: string }) => a.key === key)
        .firings.map((f: { detectionSeconds: number }) => f.detectionSeconds / 60);
    // 60 min × 0.5 % / 15 %, and 60 min × 0.5 %, and three failures more, each two minutes later, after SEV1;
    // 60 min × 14.4 × 0.5 % = 4.32 min of a total outage, never 15 %.
    expect(detections("portal-error-rate")).toEqual([5, 3]);
    expect(detections("portal-availability-fast-burn")).toEqual([5]);
    expect(detections("portal-service-outage")).toEqual([2]);
    // 12 min + 15 % of 10 min, of 216.
    expect(budgets).toEqual([{ service: "portal", burntPercent: 6.25 }]);
  });

  it("writes the report to a file, a picture too", async () => {
    const out = join(folder, "backtest.svg");
    const { status, stdout } = await backtest("--trace", trace, "--format", "svg", "--out", out);
    expect(readFileSync(out, "utf8")).toMatch(/^<svg /);
    expect(stdout).toBe("");
    expect(status).toBe(0);
  });

  it("lists the columns of another stack", async () => {
    const { status, stdout } = await backtest("--columns", "--stack", "staging");
    expect(stdout).toMatch(/^time .*\nrequests .*\nerrors /);
    expect(stdout).toContain("latency-list (ns)");
    expect(status).toBe(0);
  });

  it.each<[string[], RegExp]>([
    [[], /--trace <file> is missing; --columns lists/],
    [["--trace", "missing.csv"], /--trace missing\.csv: ENOENT/],
    [["--trace", "Pulumi.yaml"], /Pulumi\.yaml cannot be used:/],
    [["--trace", "Pulumi.yaml", "--stack", "prdo"], /no stack "prdo"; did you mean "prod"\?/],
    [["--trace", "Pulumi.yaml", "--format", "xml"], /Allowed choices are text, json, svg/],
    [["--trace", "Pulumi.yaml", "--every", "0"], /--every is 0, must be a number of seconds from 1 to 3600/],
    [["--trace", "Pulumi.yaml", "--incident-start", "noon"], /--incident-start: time is "noon"/],
    [["--trace", "Pulumi.yaml", "--out", "nowhere/report"], /there is no folder nowhere/],
    [["--trcae", "Pulumi.yaml"], /unknown option '--trcae'.*Did you mean --trace\?/],
  ])("%j exits 2", async (args, message) => {
    const { status, stdout, stderr } = await backtest(...args);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at .+:\d+/m);
    expect(stdout).toBe("");
    expect(status).toBe(2);
  });
});
