import { eachRule } from "../../each-rule.ts";
import type { Rule } from "../../rule.ts";
import { maintenance, ofSeverity, service } from "./subjects.ts";

/** A night's work. PagerDuty opens no incident in the window, so what breaks in it is noticed at its end. */
const longestHours = 8;
const hour = 3_600_000;

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
    each: service,
    check: (target, stack) =>
      stack.attached(maintenance, "services", target).flatMap(({ name, props: { startTime, endTime } }) => {
        const hours = (Date.parse(endTime) - Date.parse(startTime)) / hour;
        return hours > 0 && hours <= longestHours
          ? []
          : [{ observed: `${name} silences it for ${hours} hours`, wanted: `≤ ${longestHours}` }];
      }),
  }),
];
