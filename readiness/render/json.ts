/** The report as JSON; report.schema.json describes it. */
import type { Report } from "../report.ts";
import { jsonText } from "../terminal/json-text.ts";

export function renderJson(report: Report): string {
  return jsonText(report);
}
