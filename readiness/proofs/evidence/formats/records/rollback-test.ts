/** A rollback that was tried, of the application and of the database's migration. */
import { z } from "zod";
import type { Problem } from "../../../../../model/config/error.ts";
import type { RollbackMeasure } from "../../reading.ts";
import { inOrder, minutesBetween, recordFormat, text, time } from "./record.ts";

/** What the site said, as `rollback --practise` saw it. */
const answer = z.strictObject({ at: time, status: z.int(), commit: text.nullable() });

const steps = ["decidedAt", "applicationBackAt", "databaseBackAt"] as const;

/** Answers that do not bear out what the record says. */
function unlike({ answers, to, applicationBackAt }: RollbackRecord): readonly Problem[] {
  const last = answers?.at(-1);
  if (last === undefined) return [];
  const at = ["answers", (answers?.length ?? 0) - 1];
  const late = Date.parse(last.at) > Date.parse(applicationBackAt);
  return [
    ...(last.commit === to
      ? []
      : [[[...at, "commit"], `${last.commit} is not ${to}, must be it`] satisfies Problem]),
    ...(late ? [[[...at, "at"], `${last.at} is after applicationBackAt`] satisfies Problem] : []),
  ];
}

interface RollbackRecord {
  readonly to: string;
  readonly applicationBackAt: string;
  readonly answers?: readonly z.output<typeof answer>[] | undefined;
}

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
    /** Names of the migrations that were taken back. */
    migrations: z.array(text).optional(),
    /** Where the site was asked, and its last answers. */
    site: z.url().optional(),
    answers: z.array(answer).min(1).optional(),
  }),
  // Which of the two is back first does not matter.
  contradictions: (record) => [
    ...inOrder(record, ["decidedAt", "applicationBackAt"]),
    ...inOrder(record, ["decidedAt", "databaseBackAt"]),
    ...unlike(record),
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
