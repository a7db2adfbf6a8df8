/** The report as JSON; report.schema.json describes it. */
import type { Report } from "../report.ts";

export function renderJson(report: Report): string {
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
