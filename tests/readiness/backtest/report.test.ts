import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { alertsOf } from "../../../model/alerts/catalogue.ts";
import { flapsOf } from "../../../readiness/backtest/flapping.ts";
import { backtestJson } from "../../../readiness/backtest/json.ts";
import { profilesOf } from "../../../readiness/backtest/profile.ts";
import { type BacktestOptions, backtestReport } from "../../../readiness/backtest/report.ts";
import { renderSvg } from "../../../readiness/backtest/svg.ts";
import { backtestText } from "../../../readiness/backtest/text.ts";
import { formatDuration } from "../../../readiness/backtest/time.ts";
import { painter } from "../../../readiness/terminal/layout.ts";
import { type MadeTrace, made, prod, start } from "./support.ts";

const spec = prod();
const day = 1440;

/** A fortnight with a total outage of half an hour at noon of each second day, from the second on. */
const fortnight = made(14 * day, 60, {
  "portal.requests": () => 1000,
  "portal.errors": (s) => (s % (2 * 86_400) >= 129_600 && s % (2 * 86_400) < 131_400 ? 1000 : 0),
});
const noon = start + 129_600;

function report({ trace, data }: MadeTrace = fortnight, options: BacktestOptions = {}) {
  return backtestReport(spec, trace, data, options);
}

function found(key: string, options: BacktestOptions = {}) {
  const alert = report(fortnight, options).alerts.find((a) => a.key === key);
  if (!alert) throw new Error(`${key} was not evaluated`);
  return alert;
}

describe("backtest report", () => {
  it("says when each alert fired and recovered, how late, and what was burnt by then", () => {
    const { firings, severity, pages, estimate } = found("portal-availability-fast-burn");
    expect({ pages, estimate, severity }).toEqual({ pages: true, estimate: false, severity: "SEV2" });
    expect(firings).toHaveLength(7);
    expect(firings[0]).toMatchObject({
      firedAt: noon + 60,
      recoveredAt: noon + 1800 + 300,
      cause: "threshold",
      since: noon,
      detectionSeconds: 60,
    });
    // A minute of a total outage is 1 / 43.2 of a month's budget at 99.9 %, if traffic is even.
    expect(firings[0]?.budgetBurntPercent).toBeCloseTo(100 / 43.2, 6);
  });

  it("counts pages apart from tickets, by the week", () => {
    const { alerts, pages, tickets, pagesPerWeek } = report();
    const firings = (paging: boolean) =>
      alerts.filter((a) => a.pages === paging).flatMap((a) => a.firings).length;
    expect(pages).toBe(firings(true));
    expect(tickets).toBe(firings(false));
    expect(pagesPerWeek).toBe(pages / 2);
    expect(report(made(600, 60, { "portal.requests": () => 5 })).pagesPerWeek).toBeNull();
  });

  it("adds up what the trace burnt", () => {
    const [budget] = report().budgets;
    expect(budget?.service).toBe("portal");
    expect(budget?.burntPercent).toBeCloseTo((100 * 7 * 30) / 43.2, 6);
    expect(report(made(600, 60, { "portal-latency-list": () => 5 })).budgets).toEqual([]);
  });

  it("counts from the start of the incident where it is told, for the first alert after it", () => {
    const began = noon - 300 + 2 * 86_400;
    const { firings } = found("portal-availability-fast-burn", { incidentStart: began });
    expect(firings.map((f) => f.detectionSeconds)).toEqual([null, 360, null, null, null, null, null]);
  });

  it("names every alert of the stack once, evaluated or not, and why not", () => {
    const { alerts, notEvaluated } = report();
    const keys = [...alerts, ...notEvaluated].map((a) => a.key);
    expect(keys.toSorted()).toEqual(
      alertsOf(spec)
        .map((a) => a.key)
        .toSorted(),
    );
    const reasons = new Map(notEvaluated.map((n) => [n.key, n]));
    expect(reasons.get("portal-latency-list")).toMatchObject({ column: "portal-latency-list" });
    expect(reasons.get("portal-uptime-homepage")).toMatchObject({ reason: "synthetic" });
    const blind = report(made(10, 60, { "portal.requests": () => 5 })).notEvaluated;
    expect(blind.find((n) => n.key === "portal-error-rate")).toMatchObject({ column: "portal.errors" });
  });

  it("marks what it can only estimate", () => {
    const { alerts } = report(made(60, 60, { "portal-latency-list": () => 1 }));
    expect(alerts.find((a) => a.key === "portal-latency-list")?.estimate).toBe(true);
  });

  it("counts the rows that are missing", () => {
    const { trace, data } = fortnight;
    const hole = (values: Float64Array) => values.filter((_, row) => row < 100 || row >= 130);
    const shorter = new Map([...data].map(([id, values]) => [id, hole(values)]));
    const on = { trace: { ...trace, times: hole(trace.times) }, data: shorter };
    expect(report(on).missingRows).toBe(30);
    expect(report().missingRows).toBe(0);
  });
});

describe("as text", () => {
  const text = (on: MadeTrace, width: number, colour = false) => {
    const found = report(on);
    return backtestText(found, profilesOf(["portal"], on.data, on.trace), { width, paint: painter(colour) });
  };

  it("tells what fired with a line of time, and the totals last", () => {
    const lines = text(fortnight, 100).split("\n");
    expect(lines[0]).toBe(
      "Backtest of prod  2026-01-05 00:00 to 2026-01-19 00:00 UTC, 20,160 rows, one every 1 min",
    );
    const at = lines.findIndex((l) => l.startsWith("SEV2  portal-availability-fast-burn: "));
    expect(lines[at + 1]?.match(/█+/g)).toHaveLength(7);
    expect(lines[at + 2]).toMatch(
      /^ {6}fired 2026-01-06 12:01, 1 min after it began, 2\.3 % of the error budget/,
    );
    expect(lines.at(-2)).toMatch(/^\d+ pages \([\d.]+ a week\), \d+ tickets; 486 % of portal's error budget/);
  });

  it("begins with what is most severe", () => {
    const found = [...text(fortnight, 100).matchAll(/^(SEV\d) /gm)].map(([, severity]) => severity);
    expect(found.length).toBeGreaterThan(2);
    expect(found).toEqual(found.toSorted());
  });

  it.each([40, 80, 120])("keeps to %d columns, whatever is coloured", (width) => {
    for (const line of stripVTControlCharacters(text(fortnight, width, true)).split("\n")) {
      expect(line.length).toBeLessThanOrEqual(width);
    }
    expect(text(fortnight, width)).toBe(stripVTControlCharacters(text(fortnight, width, true)));
  });

  it("is short where nothing happened", () => {
    const calm = made(600, 60, { "portal.requests": () => 1000, "portal.errors": () => 0 });
    expect(text(calm, 100)).toMatch(/\n\nQuiet {2}.*\n\n0 pages, 0 tickets; 0 % of portal's error budget/s);
  });
});

describe("an alert that flaps for ten hours", () => {
  /** Bad for two minutes of each eleven, with half an hour of peace before and a last blip long after. */
  const restless = made(1440, 60, {
    "portal.requests": () => 1000,
    "portal.errors": (s) => {
      const minute = s / 60 - 30;
      return (minute >= 0 && minute < 600 && minute % 20 < 2) || (minute >= 1200 && minute < 1202) ? 1000 : 0;
    },
  });

  it("is one stretch of firings, and one firing by itself", () => {
    const alert = report(restless).alerts.find((a) => a.key === "portal-service-outage");
    const [flap, ...others] = alert?.flaps ?? [];
    expect(others).toEqual([]);
    expect(flap).toMatchObject({ from: alert?.firings[0]?.firedAt, firings: 30 });
    expect(flap?.to).toBe(alert?.firings[29]?.recoveredAt);
    expect(alert?.firings).toHaveLength(31);
  });

  it("is told as what it is", () => {
    const text = backtestText(report(restless), [], { width: 150, paint: painter(false) });
    expect(text).toMatch(
      /portal-service-outage.*\n.*\n {6}flapped from 2026-01-05 00:3\d: fired 30 times in 9 h \d+ min, and paged each time\n {6}fired 2026-01-05 20:3\d/,
    );
    expect(text).toMatch(/\n\d+ pages, \d+ of them from \d flapping alerts?, /);
  });

  it("is none with two firings, or with hours between", () => {
    const firing = (minute: number) => ({ firedAt: minute * 60, recoveredAt: (minute + 1) * 60 });
    expect(flapsOf([firing(0), firing(5)])).toEqual([]);
    expect(flapsOf([firing(0), firing(62), firing(124)])).toEqual([]);
    expect(flapsOf([firing(0), firing(61), firing(122)])).toEqual([{ from: 0, to: 7380, firings: 3 }]);
    expect(flapsOf([firing(0), firing(5), { firedAt: 600, recoveredAt: null }])).toEqual([
      { from: 0, to: null, firings: 3 },
    ]);
  });
});

describe("for machines and as a picture", () => {
  it("is JSON with ISO times", () => {
    const json = JSON.parse(backtestJson(report()));
    expect(json).toMatchObject({ schemaVersion: "1.1", stack: "prod", from: "2026-01-05T00:00:00.000Z" });
    const fast = json.alerts.find((a: { key: string }) => a.key === "portal-availability-fast-burn");
    expect(fast.firings[0]).toMatchObject({ firedAt: "2026-01-06T12:01:00.000Z", detectionSeconds: 60 });
  });

  it("is an SVG with a bar for each firing", () => {
    const svg = renderSvg(report(), profilesOf(["portal"], fortnight.data, fortnight.trace));
    const firings = report().alerts.flatMap((a) => a.firings).length;
    expect(svg.match(/<title>fired /g)).toHaveLength(firings);
    expect(svg).toMatch(/^<svg [^>]*viewBox/);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });
});

it.each([
  [0, "0 s"],
  [59, "59 s"],
  [130, "2 min 10 s"],
  [3600, "1 h"],
  [90_061, "1 d 1 h"],
])("%d seconds are %s", (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});
