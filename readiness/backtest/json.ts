/** The backtest as JSON: times as ISO 8601, everything else as it is; report.schema.json describes it. */
import { jsonText } from "../terminal/json-text.ts";
import type { BacktestReport } from "./report.ts";

/** Version of the JSON report: what its parts mean stands in the schema. */
export const backtestSchemaVersion = "1.1";
const times: ReadonlySet<string> = new Set(["from", "to", "firedAt", "recoveredAt", "since"]);

export function backtestJson(report: BacktestReport): string {
  const withDates = (key: string, value: unknown) =>
    times.has(key) && typeof value === "number" ? new Date(value * 1000).toISOString() : value;
  return jsonText({ schemaVersion: backtestSchemaVersion, ...report }, withDates);
}
