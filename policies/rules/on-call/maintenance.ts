import { lasting } from "../../../model/on-call/calendar/wording.ts";
import { day, hour, type Span } from "../../../model/on-call/calendar/zone.ts";
import { maintenance, ofSeverity, service } from "../../declared/on-call.ts";
import { silencesOf, spanOf } from "../../declared/silence.ts";
import { eachRule } from "../../each-rule.ts";
import type { Rule } from "../../rule.ts";

/** A night's work. PagerDuty opens no incident in the window, so what breaks in it is noticed at its end. */
const longestHours = 8;
/** Three long nights in 30 days, by this rule's own judgement: work every night is a service that nobody is paged for. */
const [period, silentHours] = [30 * day, 24];

/** Rules about silence on purpose. They look at the services, so that they hold where no work is announced. */
export const maintenanceRules: readonly Rule[] = [
  eachRule({
    id: "maintenance-spares-sev1",
    item: "ONC-29",
    each: service,
    where: ofSeverity("SEV1"),
    check: (target, stack) =>
      stack
        .attached(maintenance, "services", target)
        .map(({ name }) => ({ observed: `${name} silences it`, wanted: "heard at every hour" })),
  }),
  eachRule({
    id: "maintenance-ends-soon",
    item: "ONC-30",
    existing: true,
    each: service,
    check: (target, stack) => [
      ...stack
        .attached(maintenance, "services", target)
        .filter((window) => !spanOf(window))
        .map(({ name }) => ({ observed: `${name} silences it without an end`, wanted: "given one" })),
      ...silencesOf(target, stack)
        .filter(({ from, to }) => to - from > longestHours * hour)
        .map(({ from, to, names }) => ({
          observed: `${names.join(" and ")} silence it for ${lasting(to - from)} without a pause`,
          wanted: `≤ ${longestHours} h`,
        })),
    ],
  }),
  eachRule({
    id: "maintenance-rare",
    item: "ONC-31",
    each: service,
    check: (target, stack) => {
      // Of longer ones, `maintenance-ends-soon` speaks.
      const silences = silencesOf(target, stack).filter(({ from, to }) => to - from <= longestHours * hour);
      // The most lies in a period that begins with a window.
      const totals = silences.map(({ from }) => ({
        from,
        ms: within(silences, { from, to: from + period }),
      }));
      const most = totals.reduce((a, b) => (b.ms > a.ms ? b : a), { from: 0, ms: 0 });
      if (most.ms <= silentHours * hour) return undefined;
      const since = new Date(most.from).toISOString().slice(0, 10);
      return {
        observed: `maintenance silences it for ${lasting(most.ms)} in the 30 days from ${since} on`,
        wanted: `≤ ${silentHours} h`,
      };
    },
  }),
];

/** Milliseconds of a period that belong to spans which do not overlap. */
function within(spans: readonly Span[], period: Span): number {
  return spans.reduce(
    (ms, { from, to }) => ms + Math.max(0, Math.min(to, period.to) - Math.max(from, period.from)),
    0,
  );
}
