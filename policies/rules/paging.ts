/** That an alert reaches a person, and in time: computed along the whole way that the stack declares. */
import { severityLevels } from "../../model/on-call/severities.ts";
import {
  type Chain,
  chainsAbout,
  chainsOf,
  type DeclaredPolicy,
  peopleOf,
  schedulesOf,
} from "../declared/chain.ts";
import { sameOnCall } from "../declared/coverage.ts";
import { everyService, monitor, tagOf } from "../declared/monitoring.ts";
import { contact, notification, policy, service, user } from "../declared/on-call.ts";
import { eachRule } from "../each-rule.ts";
import { linked, type Resource, type Stack } from "../resource.ts";
import { type Result, type Rule, resourceRule, stackRule, type Violation } from "../rule.ts";
import { ifSet, is, oneOf, unsound } from "../sound/sound.ts";
import { late, outageNoticed } from "./paging/in-time.ts";
import { calledAgain } from "./paging/one-call.ts";

export const proofRules: readonly Rule[] = [
  overChains(
    "escalation-reaches-two-people",
    "PAGE-01",
    (chains, stack, now) => {
      const urgent = chains.filter(({ severity }) => severityLevels[severity].urgency !== "low");
      return [...Map.groupBy(urgent, ({ policy }) => policy)].flatMap(([policy, of]) =>
        secondPersonMissing(policy, of.length, stack, now),
      );
    },
    (stack) => {
      const policies = [
        ...new Set(stack.ofType(service).flatMap((s) => linked(s as Resource, "escalationPolicy", policy))),
      ];
      if (policies.length === 0) return { observed: "no escalation policy is used", wanted: "one" };
      return policies
        .filter((p) => isWhole(p) && peopleOf(p).size === 1)
        .map((p) => ({
          resource: p as Resource,
          observed: `every level pages ${[...peopleOf(p)][0]?.name}`,
          wanted: "a second person",
          mend: "add a level with somebody else, or a schedule of several people",
        }));
    },
  ),
  eachRule({
    id: "notifications-ring-their-owner",
    item: "PAGE-02",
    existing: true,
    each: notification,
    check: (rule, stack) => {
      const [owner] = linked(rule as Resource, "userId", user);
      const [method] = linked(rule as Resource, "contactMethod", contact);
      const [reached] = method
        ? linked(method as Resource, "userId", user)
        : linked(rule as Resource, "contactMethod", user);
      if (owner && reached === owner) return undefined;
      // Of somebody who has no such contact method, `people-reachable-by-phone` tells.
      const type = rule.props.contactMethod?.["type"];
      const own = owner ? stack.attached(contact, "userId", owner) : [];
      if (!method && !reached && !own.some(({ props }) => props.type === type)) return undefined;
      return {
        observed: `it tells ${owner?.name ?? "nobody of this stack"} by way of ${reached?.name ?? "nobody's contact method"}`,
        wanted: "a contact method of the same person",
      };
    },
  }),
  overChains("alerts-in-time", "PAGE-03", (chains, stack) => chains.flatMap((chain) => late(chain, stack))),
  stackRule({
    id: "outage-pages-within-two-minutes",
    item: "PAGE-04",
    tiers: ["production"],
    checkStack: (stack) => {
      return everyService(stack, (service) => {
        const urgent = chainsAbout(service, stack).filter(({ severity }) => severity === "SEV1");
        return outageNoticed(service, urgent, stack);
      });
    },
  }),
  stackRule({
    id: "outage-calls-once",
    item: "PAGE-06",
    tiers: ["production"],
    checkStack: (stack) => everyService(stack, (service) => calledAgain(service, stack)),
  }),
  resourceRule({
    id: "alerts-outlast-silence",
    item: "PAGE-05",
    existing: ({ props }) =>
      (props.timeoutH ?? 0) > 0 && props.timeoutH !== 24
        ? { observed: `timeoutH is ${props.timeoutH}`, wanted: "0: an alert ends when the fault does" }
        : undefined,
    type: monitor,
    // An urgent alert is taken back by nobody; another one may be after a day, the most that Datadog takes.
    check: (resource) => {
      const urgent = ["sev1", "sev2"].includes(tagOf(resource, "severity") ?? "");
      return unsound(resource, { timeoutH: ifSet(urgent ? is(0) : oneOf(0, 24)) });
    },
  }),
];

/** A rule of production about alerts that reach a policy; a stack without any fails. */
function overChains(
  id: string,
  item: "PAGE-01" | "PAGE-03",
  ask: (chains: readonly Chain[], stack: Stack, now: Date) => readonly Violation[],
  existing?: (stack: Stack) => Result,
): Rule {
  return stackRule({
    id,
    item,
    tiers: ["production"],
    ...(existing && { existing }),
    checkStack: (stack, { now }) => {
      const chains = chainsOf(stack);
      if (chains.length > 0) return ask(chains, stack, now);
      return { observed: "no alert reaches an escalation policy", wanted: "one that does" };
    },
  });
}

/** Whether everybody whom a policy names is of this stack. */
function isWhole(escalation: DeclaredPolicy): boolean {
  const targets = escalation.props.rules.flatMap(({ targets = [] }) => targets);
  const known = schedulesOf(escalation).length + linked(escalation as Resource, "rules", user).length;
  return targets.length > 0 && known >= new Set(targets.map(({ id }) => id)).size;
}

/** Two levels that page the same rotation, or one person everywhere: whoever sleeps through one page gets the next. */
function secondPersonMissing(
  policy: DeclaredPolicy,
  alerts: number,
  stack: Stack,
  now: Date,
): readonly Violation[] {
  const told = (observed: string, wanted: string): readonly Violation[] => [
    {
      resource: policy as Resource,
      observed: `of ${alerts} ${alerts === 1 ? "alert" : "alerts"} that it answers, ${observed}`,
      wanted,
    },
  ];
  const targets = policy.props.rules.flatMap((level) => level.targets);
  const turns = targets.filter(({ type }) => type === "schedule_reference").length;
  const rotas = schedulesOf(policy);
  if (rotas.length < turns) {
    const those = `${rotas.length} of this stack ${rotas.length === 1 ? "is" : "are"} among them`;
    return told(`${turns} targets are rotations and ${those}`, "another rotation at each level");
  }
  const people = peopleOf(policy);
  if (people.size < 2) {
    const [only] = people;
    return told(`every level pages ${only?.name ?? "nobody"}`, "a second person");
  }
  const clashes = rotas.flatMap((one, i) =>
    rotas.slice(i + 1).flatMap((other) => sameOnCall(one, other, stack, now) ?? []),
  );
  return clashes.flatMap((clash) => told(clash, "two people at every moment"));
}
