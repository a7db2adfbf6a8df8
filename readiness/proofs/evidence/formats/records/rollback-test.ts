/** A rollback that was tried, of the application and of the database's migration. */
import { z } from "zod";
import type { RollbackMeasure } from "../../reading.ts";
import { inOrder, minutesBetween, recordFormat, text, time } from "./record.ts";

const steps = ["decidedAt", "applicationBackAt", "databaseBackAt"] as const;

export const rollbackTest = recordFormat({
  name: "rollback-test",
  kind: "rollback",
  made: "a record in YAML: from, to, decidedAt, applicationBackAt, databaseBackAt",
  schema: z.strictObject({
    /** The release that was taken back, and the one that it went back to. */
    from: text,
    to: text,
    decidedAt: time,
    applicationBackAt: time,
    databaseBackAt: time,
  }),
  // Which of the two is back first does not matter.
  contradictions: (record) => [
    ...inOrder(record, ["decidedAt", "applicationBackAt"]),
    ...inOrder(record, ["decidedAt", "databaseBackAt"]),
  ],
  measure: (record) => {
    const applicationMinutes = minutesBetween(record.decidedAt, record.applicationBackAt);
    const databaseMinutes = minutesBetween(record.decidedAt, record.databaseBackAt);
    const last = steps.map((step) => record[step]).sort((a, b) => Date.parse(a) - Date.parse(b));
    return {
      startedAt: record.decidedAt,
      finishedAt: last.at(-1) ?? record.decidedAt,
      measure: {
        kind: "rollback",
        applicationMinutes,
        databaseMinutes,
        minutes: Math.max(applicationMinutes, databaseMinutes),
        from: record.from,
        to: record.to,
      } satisfies RollbackMeasure,
    };
  },
});
