import { uncovered } from "../../declared/coverage.ts";
import { contact, notification, schedule, user } from "../../declared/on-call.ts";
import { eachRule } from "../../each-rule.ts";
import { linked } from "../../resource.ts";
import { type Rule, resourceRule, stackRule, type Violation } from "../../rule.ts";

/** Three: with one away, nobody has every second turn. Two: a backup that can itself be away. */
const rotationSize = {
  primary: { staging: 2, production: 3 },
  backup: { staging: 2, production: 2 },
} as const;
/** A first level may last one minute only; what comes later is not sent to it any more. */
const notifyWithinMinutes = 1;
/** RFC 3339, in UTC, without seconds. */
const wholeMinute = /^\d{4}-\d\d-\d\dT\d\d:\d\d:00Z$/;

/** Everybody has a notification rule of high urgency for a channel, in time. */
function notifiedRule(id: string, channel: "sms" | "phone"): Rule {
  const method = `${channel}_contact_method`;
  return eachRule({
    id,
    item: "ONC-10",
    each: user,
    check: (person, stack) => {
      const delays = stack
        .attached(notification, "userId", person)
        .filter(({ props }) => props.urgency === "high" && props.contactMethod["type"] === method)
        .map(({ props }) => props.startDelayInMinutes);
      const first = delays.length === 0 ? undefined : Math.min(...delays);
      if (first !== undefined && first <= notifyWithinMinutes) return undefined;
      return {
        observed: `the first ${channel} notification is ${first === undefined ? "not declared" : `after ${first} minutes`}`,
        wanted: `after ≤ ${notifyWithinMinutes} minute`,
      };
    },
  });
}

export const rotationRules: readonly Rule[] = [
  stackRule({
    id: "rotations-staffed",
    item: "ONC-06",
    checkStack: (stack, { tier }) =>
      (["primary", "backup"] as const).flatMap((rotation): readonly Violation[] => {
        const wanted = `≥ ${rotationSize[rotation][tier]} people`;
        const schedules = stack.ofType(schedule).filter(({ props }) => props.name?.endsWith(`-${rotation}`));
        if (schedules.length === 0) {
          return [{ observed: `no ${rotation} schedule is declared`, wanted: "declared" }];
        }
        return schedules.flatMap((resource) => {
          // Ids are not known yet: a list of one person twice shows in the number of users that flow into it.
          const crews = resource.props.layers.map(({ users }) => users.length);
          const people = Math.min(linked(resource, "layers", user).length, ...crews);
          return people >= rotationSize[rotation][tier]
            ? []
            : [{ resource, observed: `its smallest crew counts ${people}`, wanted }];
        });
      }),
  }),
  resourceRule({
    id: "rotation-without-gaps",
    item: "ONC-07",
    type: schedule,
    check: (rota, { now }) => uncovered(rota, now),
  }),
  resourceRule({
    id: "rotation-starts-fixed",
    item: "ONC-08",
    type: schedule,
    check: ({ props }) =>
      props.layers
        .flatMap((layer) => [layer.start, layer.rotationVirtualStart])
        .filter((start) => !wholeMinute.test(start))
        .map((start) => ({ observed: `a layer starts at ${start}`, wanted: "UTC on a whole minute" })),
  }),
];

export const peopleRules: readonly Rule[] = [
  eachRule({
    id: "people-reachable-by-phone",
    item: "ONC-09",
    each: user,
    check: (person, stack) => {
      const types = stack.attached(contact, "userId", person).map(({ props }) => props.type);
      const missing = ["sms_contact_method", "phone_contact_method"].filter((type) => !types.includes(type));
      return missing.length === 0
        ? undefined
        : { observed: `has no ${missing.join(" and no ")}`, wanted: "reachable by both" };
    },
  }),
  notifiedRule("people-sent-sms-at-once", "sms"),
  notifiedRule("people-called-at-once", "phone"),
];
