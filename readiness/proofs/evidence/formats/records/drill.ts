/** An incident that was none: who was paged, and when they answered. */
import { z } from "zod";
import type { Problem } from "../../../../../model/config/error.ts";
import { severities } from "../../../../../model/on-call/severities.ts";
import type { DrillMeasure } from "../../reading.ts";
import { inOrder, minutesBetween, recordFormat, text, time } from "./record.ts";

const paged = z.strictObject({
  /** Id of a person of the stack's config. */
  person: text,
  pagedAt: time,
  /** Left out for who did not answer. */
  answeredAt: time.optional(),
});

export const drill = recordFormat({
  name: "drill",
  kind: "drill",
  made: "a record in YAML: severity, startedAt, endedAt, paged",
  schema: z.strictObject({
    severity: z.enum(severities),
    startedAt: time,
    endedAt: time,
    paged: z.array(paged).min(1).describe("a list of one or more, each with person, pagedAt, answeredAt"),
  }),
  contradictions: ({ startedAt, endedAt, paged: people }) => [
    ...inOrder({ startedAt, endedAt }, ["startedAt", "endedAt"]),
    ...people.flatMap(({ person, pagedAt, answeredAt = endedAt }, i): readonly Problem[] => [
      ...inOrder(
        { startedAt, pagedAt, answeredAt, endedAt },
        ["startedAt", "pagedAt", "answeredAt", "endedAt"],
        ["paged", i],
      ),
      ...(people.findIndex((p) => p.person === person) < i
        ? [[["paged", i, "person"], `${person} is there twice, must be there once`] satisfies Problem]
        : []),
    ]),
  ],
  measure: ({ severity, startedAt, endedAt, paged: people }) => ({
    startedAt,
    finishedAt: endedAt,
    measure: {
      kind: "drill",
      severity,
      paged: people.map(({ person, pagedAt, answeredAt }) => ({
        person,
        answeredAfterMinutes: answeredAt === undefined ? null : minutesBetween(pagedAt, answeredAt),
      })),
    } satisfies DrillMeasure,
  }),
});
