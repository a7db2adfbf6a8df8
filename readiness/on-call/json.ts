/** Who is on call, as JSON; report.schema.json describes it. */
import { escalationJson, time, timeOrNull, windowJson } from "../paging/json.ts";
import { jsonText } from "../terminal/json-text.ts";
import type { OnCallReport } from "./text.ts";

export const onCallSchemaVersion = "1.0";

export function onCallJson(report: OnCallReport): string {
  const { stack, severity, timeZone, instant, note, rotations, rings, escalation, pauses, over, windows } =
    report;
  return jsonText({
    schemaVersion: onCallSchemaVersion,
    stack,
    severity,
    timeZone,
    at: time(instant),
    note: note ?? null,
    rotations: rotations.map(({ rotation, name, duty, grid, uncovered }) => ({
      rotation,
      name,
      person: duty.person ?? null,
      until: timeOrNull(duty.until),
      uncoveredSeconds: uncovered / 1000,
      days: grid.flat().flatMap((cell) => (cell ? [{ ...cell, person: cell.person ?? null }] : [])),
    })),
    rings: timeOrNull(rings),
    escalation: escalationJson(escalation, rings),
    pauses,
    over,
    maintenance: windows.map(windowJson),
    pagesAWeek: report.quietness.pagesAWeek,
  });
}
