/** A restore that was tried. */
import { z } from "zod";
import type { RestoreMeasure } from "../../reading.ts";
import { inOrder, minutesBetween, recordFormat, text, time } from "./record.ts";

const check = z.strictObject({
  /** Such as `orders of 2026-01-04`. */
  what: text,
  /** As the original says. */
  expected: text,
  /** As the restored data says. */
  found: text,
});

export const restoreTest = recordFormat({
  name: "restore-test",
  kind: "restore",
  made: "a record in YAML: vault, recoveryPoint, decidedAt, answeredAt, wantedAt, recoveredAt, checks",
  schema: z.strictObject({
    vault: text,
    recoveryPoint: text,
    /** When it was decided to restore: the recovery time counts from here. */
    decidedAt: time,
    /** When the restored database answered. */
    answeredAt: time,
    /** The moment that the data was to be of: that of the decision, or the last one before the damage. */
    wantedAt: time,
    /** The moment that it is of: what was written after it is lost. */
    recoveredAt: time,
    checks: z.array(check).min(1).describe("a list of one or more, each with what, expected, found"),
  }),
  contradictions: (record) => [
    ...inOrder(record, ["decidedAt", "answeredAt"]),
    ...inOrder(record, ["recoveredAt", "wantedAt"]),
  ],
  measure: ({ vault, recoveryPoint, decidedAt, answeredAt, wantedAt, recoveredAt, checks }) => ({
    startedAt: decidedAt,
    finishedAt: answeredAt,
    measure: {
      kind: "restore",
      vault,
      recoveryPoint,
      minutes: minutesBetween(decidedAt, answeredAt),
      lostMinutes: minutesBetween(recoveredAt, wantedAt),
      checks,
    } satisfies RestoreMeasure,
  }),
});
