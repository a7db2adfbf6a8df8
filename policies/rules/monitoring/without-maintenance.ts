/** Where somebody else runs the database nothing has a window of maintenance: nothing is muted or left out each week. */
import { about } from "../../aws.ts";
import type { Resource } from "../../resource.ts";
import { type Rule, stackRule } from "../../rule.ts";
import { correction, downtime, maxOnceSeconds, muchAtOnce } from "./maintenance.ts";

const needs = { database: ["external"] } as const;

export const withoutMaintenanceRules: readonly Rule[] = [
  stackRule({
    id: "downtimes-not-without-maintenance",
    item: "MON-39",
    needs,
    checkStack: (stack, { now }) =>
      stack.ofType(downtime).flatMap((resource) => {
        const { oneTimeSchedule } = resource.props;
        const weekly = { observed: "it mutes again and again, and nothing is maintained", wanted: "once" };
        return about(resource as Resource, oneTimeSchedule ? muchAtOnce(oneTimeSchedule, now) : weekly);
      }),
  }),
  stackRule({
    id: "corrections-not-without-maintenance",
    item: "MON-40",
    needs,
    checkStack: (stack) =>
      stack
        .ofType(correction)
        .filter(
          ({ props: { rrule, start, end } }) => rrule || end === undefined || end - start > maxOnceSeconds,
        )
        .map((resource) => ({
          resource: resource as Resource,
          observed: "it takes time out again and again, or more than a day, and nothing is maintained",
          wanted: "all time counted",
        })),
  }),
];
