/** Which alerts fired after a deployment, and whether they closed. */
import { z } from "zod";
import type { AlertHistoryMeasure } from "../../reading.ts";
import { inOrder, minutesBetween, recordFormat, text, time } from "./record.ts";

const alert = z.strictObject({
  name: text,
  openedAt: time,
  /** Left out while it is open. */
  closedAt: time.optional(),
});

export const alertHistory = recordFormat({
  name: "alert-history",
  kind: "alert-history",
  made: "a record in YAML: from, to, watched (number of alerts), alerts that fired",
  schema: z.strictObject({
    from: time,
    to: time,
    /** How many alerts there are, those that did not fire included. */
    watched: z.int().min(1).max(100_000),
    alerts: z.array(alert),
  }),
  contradictions: ({ from, to, alerts }) => [
    ...inOrder({ from, to }, ["from", "to"]),
    ...alerts.flatMap(({ openedAt, closedAt = to }, i) =>
      inOrder({ openedAt, closedAt, to }, ["openedAt", "closedAt", "to"], ["alerts", i]),
    ),
  ],
  measure: ({ from, to, watched, alerts }) => ({
    startedAt: from,
    finishedAt: to,
    measure: {
      kind: "alert-history",
      hours: minutesBetween(from, to) / 60,
      watched,
      open: alerts.filter(({ closedAt }) => closedAt === undefined).map(({ name }) => name),
    } satisfies AlertHistoryMeasure,
  }),
});
