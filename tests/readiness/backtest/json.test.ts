import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { backtestJson, backtestSchemaVersion } from "../../../readiness/backtest/json.ts";
import schema from "../../../readiness/backtest/report.schema.json" with { type: "json" };
import { type BacktestOptions, backtestReport } from "../../../readiness/backtest/report.ts";
import { type MadeTrace, made, prod, start } from "./support.ts";

const valid = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);
const spec = prod();

function read(trace: MadeTrace, options: BacktestOptions = {}): Record<string, unknown> {
  return JSON.parse(backtestJson(backtestReport(spec, trace.trace, trace.data, options)));
}

/** Two hours, of which the second fails. */
const outage = made(120, 60, {
  "portal.requests": () => 1000,
  "portal.errors": (second) => (second >= 3600 ? 900 : 0),
});
const traces: Readonly<Record<string, MadeTrace>> = {
  "an outage that goes on": outage,
  "a week and a day, with two outages": made(8 * 1440, 60, {
    "portal.requests": () => 100,
    "portal.errors": (second) => (second % 345_600 < 1800 ? 100 : 0),
  }),
  "a single row": made(1, 60, { "portal.requests": () => 0 }),
  "nothing that an alert asks for": made(10, 60, {}),
};

describe("the JSON backtest", () => {
  it.each(Object.entries(traces))("is as its schema says of %s", (_, trace) => {
    for (const options of [{}, { incidentStart: start + 3600 }, { every: 1 }]) {
      valid(read(trace, options));
      expect(valid.errors).toBeNull();
    }
  });

  it("has every part of the schema in these examples", () => {
    const { alerts, notEvaluated } = read(outage) as {
      alerts: readonly { firings: readonly object[] }[];
      notEvaluated: readonly object[];
    };
    expect(alerts.flatMap(({ firings }) => firings).length).toBeGreaterThan(0);
    expect(notEvaluated.some((one) => "column" in one)).toBe(true);
  });

  it("names the schema's version", () => {
    expect(schema.properties.schemaVersion.const).toBe(backtestSchemaVersion);
    expect(schema.$id).toContain(backtestSchemaVersion);
  });

  it.each<[string, (report: Record<string, unknown>) => void]>([
    ["an unknown key", (r) => Object.assign(r, { extra: 1 })],
    ["no alerts", (r) => delete r["alerts"]],
    ["a time in seconds", (r) => Object.assign(r, { from: start })],
    ["another version", (r) => Object.assign(r, { schemaVersion: "2.0" })],
    ["an alert that was left out for no reason", (r) => Object.assign(r, { notEvaluated: [{ key: "x" }] })],
    ["an alert without firings", (r) => Object.assign(r, { alerts: [{ key: "x", title: "X" }] })],
  ])("is refused by its schema with %s", (_, spoil) => {
    const document = read(outage);
    spoil(document);
    expect(valid(document)).toBe(false);
  });
});
