/** The report as JSON; report.schema.json describes it. */
import type { Report } from "../report.ts";
import { jsonPieces } from "../terminal/json-text.ts";

export function renderJson(report: Report): Iterable<string> {
  return jsonPieces(report);
}
