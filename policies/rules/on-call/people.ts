import {
  type DeclaredContact,
  type DeclaredTeam,
  type DeclaredUser,
  peopleOf,
  schedulesOf,
} from "../../declared/chain.ts";
import {
  everyMethod,
  firstNotice,
  hasAppAlone,
  noticesOf,
  ringing,
  wakingMethods,
} from "../../declared/delivery.ts";
import { contact, membership, ofSeverity, policy, team, user } from "../../declared/on-call.ts";
import { eachRule } from "../../each-rule.ts";
import { mayRespond } from "../../effects/pagerduty-access.ts";
import { faultOfNumber, international } from "../../effects/phone-number.ts";
import { show } from "../../expect.ts";
import { linked, type Resource, type Stack } from "../../resource.ts";
import { type Doubt, type Rule, stackRule, type Violation } from "../../rule.ts";

/** Roles that administer the account, which is more than the stack's. */
const privileged = ["owner", "admin"];
/** A first level may last one minute only; what comes later is not sent to it any more. */
const notifyWithinMinutes = 1;
/** Who sleeps through one call wakes at the next: shorter than the first level of SEV3, which waits 20 minutes. Those of SEV1 and SEV2 are asked. */
const callAgainMinutes = 10;
/** What is not urgent may wait, and has to be in somebody's inbox before its eight hours are over. */
const tellWithinMinutes = 60;

/** Everybody has a notification rule of high urgency for a channel, in time; for the app who has no number. */
function notifiedRule(id: string, channel: "sms" | "phone"): Rule {
  return eachRule({
    id,
    item: "ONC-10",
    each: user,
    check: (person, stack) => {
      const app = hasAppAlone(person, stack);
      const methods = app ? wakingMethods(person, stack) : [`${channel}_contact_method`];
      const first = firstNotice(noticesOf(person, stack), "high", methods);
      if (first !== undefined && first <= notifyWithinMinutes) return undefined;
      return {
        observed: `the first ${app ? "push" : channel} notification is ${first === undefined ? "not declared" : `after ${first} minutes`}`,
        wanted: `after ≤ ${notifyWithinMinutes} minute`,
      };
    },
  });
}

export const peopleRules: readonly Rule[] = [
  eachRule({
    id: "people-reachable-by-phone",
    item: "ONC-09",
    existing: (person, stack) => {
      const types = stack.attached(contact, "userId", person).map(({ props }) => props.type);
      const loud = [...ringing, "push_notification_contact_method"];
      // Most programs leave it to people to enter how they are reached.
      return types.length === 0 || types.some((type) => loud.includes(type))
        ? undefined
        : { observed: "has no number to ring and no app", wanted: "reachable by one of them" };
    },
    each: user,
    check: (person, stack) => {
      const types = stack.attached(contact, "userId", person).map(({ props }) => props.type);
      const missing = ringing.filter((type) => !types.includes(type));
      return missing.length === 0 || hasAppAlone(person, stack)
        ? undefined
        : { observed: `has no ${missing.join(" and no ")}`, wanted: "reachable by both" };
    },
  }),
  eachRule({
    id: "people-app-proven",
    item: "ONC-09",
    // Staging rings nobody.
    tiers: ["production"],
    advisory: true,
    each: user,
    check: (person, stack) =>
      hasAppAlone(person, stack)
        ? { doubt: "is woken by PagerDuty's app alone, and nothing that is declared shows that it rings" }
        : undefined,
  }),
  stackRule({
    id: "phone-numbers-ring",
    item: "ONC-35",
    existing: true,
    checkStack: (stack) => {
      const methods = stack.ofType(contact).filter(({ props }) => ringing.includes(props.type));
      if (methods.length === 0) {
        const people = stack.ofType(user);
        return people.length > 0 && people.every((person) => hasAppAlone(person, stack))
          ? undefined
          : { observed: "no number to call is declared", wanted: "declared" };
      }
      const faults = methods.flatMap((method): readonly Violation[] => {
        const fault = faultOfNumber(numberOf(method), method.props.countryCode);
        return fault
          ? [{ resource: method as Resource, observed: `its number ${fault}`, wanted: "one that can ring" }]
          : [];
      });
      return [...faults, ...[...Map.groupBy(methods, numberOf).values()].flatMap(shared)];
    },
  }),
  notifiedRule("people-sent-sms-at-once", "sms"),
  notifiedRule("people-called-at-once", "phone"),
  eachRule({
    id: "people-called-again",
    item: "ONC-43",
    each: user,
    check: (person, stack) => {
      const loudest = hasAppAlone(person, stack) ? wakingMethods(person, stack)[0] : "phone_contact_method";
      const calls = noticesOf(person, stack)
        .filter(({ urgency, method }) => urgency === "high" && method === loudest)
        .map(({ afterMinutes }) => afterMinutes);
      const [first, second] = [...new Set(calls)].toSorted((a, b) => a - b);
      // Of no call, or a late one, another rule tells.
      if (first === undefined || first > notifyWithinMinutes) return undefined;
      const observed = `its ${loudest === "phone_contact_method" ? "phone" : "app"} rings ${second === undefined ? "once" : `again after ${second} minutes`}`;
      if (second === undefined || second - first > callAgainMinutes) {
        return { observed, wanted: `again within ${callAgainMinutes} minutes` };
      }
      const patience = shortestTurn(person, stack);
      return second < patience
        ? undefined
        : { observed, wanted: `before the next level is told, after ${patience} minutes` };
    },
  }),
  eachRule({
    id: "people-told-of-low-urgency",
    item: "ONC-36",
    each: user,
    check: (person, stack) => {
      const first = firstNotice(noticesOf(person, stack), "low", everyMethod);
      if (first !== undefined && first <= tellWithinMinutes) return undefined;
      return {
        observed: `what is not urgent is told ${first === undefined ? "never" : `after ${first} minutes`}`,
        wanted: `after ≤ ${tellWithinMinutes} minutes`,
      };
    },
  }),
  eachRule({
    id: "people-may-respond",
    item: "ONC-37",
    existing: (person, stack) => {
      const isPaged = stack.ofType(policy).some((p) => peopleOf(p).has(person));
      const own = stack.attached(membership, "userId", person).map(({ props }) => props.role || "manager");
      const may = [undefined, ...own].some((role) => mayRespond(person.props.role || "user", role) !== false);
      return may || !isPaged
        ? undefined
        : { observed: `its role is ${person.props.role}`, wanted: "one that may acknowledge" };
    },
    each: user,
    check: (person, stack) => {
      const policies = stack.ofType(policy);
      const teams = new Set(policies.flatMap((p) => linked(p as Resource, "teams", team)));
      if (teams.size === 0) return cannotRespond(person, undefined, stack);
      return [...teams].flatMap((own) => cannotRespond(person, own, stack) ?? []);
    },
  }),
  eachRule({
    id: "people-have-no-more-rights",
    item: "ONC-42",
    each: user,
    check: (person, stack) => [
      ...(person.props.role && !privileged.includes(person.props.role)
        ? []
        : [
            {
              observed: `its role is ${show(person.props.role || undefined)}`,
              wanted: "one that does not administer the account",
            },
          ]),
      ...stack
        .attached(membership, "userId", person)
        .filter(({ props }) => !props.role)
        .map((resource) => ({
          resource: resource as Resource,
          observed: "its role in the team is not set, which makes a manager",
          wanted: "set",
        })),
    ],
  }),
];

function numberOf({ props }: DeclaredContact): string {
  return international(props.address, props.countryCode);
}

/** One number of several people: whoever has the phone is called in the place of the others. */
function shared(methods: readonly DeclaredContact[]): readonly Violation[] {
  const owners = Map.groupBy(methods, (method) => linked(method as Resource, "userId", user)[0]);
  const [first, ...others] = [...owners];
  return others.flatMap(([, [method]]) =>
    method === undefined
      ? []
      : [
          {
            resource: method as Resource,
            observed: `its number is that of ${first?.[0]?.name ?? "nobody of this stack"} too`,
            wanted: "one person's own",
          },
        ],
  );
}

/** Minutes that an urgent policy leaves somebody of its rotations before it goes on: what rings later is not sent. */
function shortestTurn(person: DeclaredUser, stack: Stack): number {
  const waits = stack
    .ofType(policy)
    .filter(ofSeverity("SEV1", "SEV2"))
    .filter((p) => schedulesOf(p).some((rota) => linked(rota as Resource, "layers", user).includes(person)))
    .map(({ props }) => props.rules?.[0]?.escalationDelayInMinutes ?? 0);
  return Math.min(...waits);
}

/** Why a person can see an incident of a team, and do nothing about it. */
function cannotRespond(
  person: DeclaredUser,
  own: DeclaredTeam | undefined,
  stack: Stack,
): Violation | Doubt | undefined {
  const resource = person as Resource;
  const role = person.props.role || "user";
  const [member] = own
    ? stack
        .attached(membership, "userId", person)
        .filter((m) => linked(m as Resource, "teamId", team).includes(own))
    : [];
  if (own && !member) return { resource, observed: `is not in the team ${own.name}`, wanted: "a member" };
  const inTeam = member && (member.props.role || "manager");
  const may = mayRespond(role, inTeam);
  if (may === undefined) return { resource, doubt: `whether its role ${role} may acknowledge` };
  if (may) return undefined;
  return {
    resource,
    observed: `its role is ${role}${inTeam ? `, in the team ${inTeam}` : ""}`,
    wanted: "one that may acknowledge",
  };
}
