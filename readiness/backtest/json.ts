/** The backtest as JSON: times as ISO 8601, everything else as it is. */
import type { BacktestReport } from "./report.ts";

/** Raised when a field changes its meaning or goes. */
const schemaVersion = 1;
const times: ReadonlySet<string> = new Set(["from", "to", "firedAt", "recoveredAt", "since"]);

export function renderJson(report: BacktestReport): string {
  const withDates = (key: string, value: unknown) =>
    times.has(key) && typeof value === "number" ? new Date(value * 1000).toISOString() : value;
  return `${JSON.stringify({ schemaVersion, ...report }, withDates, 2)}\n`;
}
