import { type Severity, severities } from "../../../model/on-call/severities.ts";
import { type DeclaredPolicy, schedulesOf } from "../../declared/chain.ts";
import { unanswered } from "../../declared/coverage.ts";
import {
  mayWait,
  ofSeverity,
  policy,
  responseMinutes,
  schedule,
  severityOf,
  user,
} from "../../declared/on-call.ts";
import { all, atLeast, atMost, show } from "../../expect.ts";
import { linked, type Resource } from "../../resource.ts";
import { type Rule, resourceRule, stackRule, type Violation } from "../../rule.ts";
import { whenReadable } from "../../unknown-value.ts";

/** Escalation levels: requirements, "Severities and escalation". */
const levelCount = 3;
/** Whom a severity escalates to, by job title: requirements, "Severities and escalation". */
const leaders: Partial<Readonly<Record<Severity, string>>> = { SEV1: "CTO", SEV2: "Tech lead" };
/** A crew of the primary rotation, without those whom incidents go up to. */
const crewSize = 3;
/** With fewer repeats, a SEV1 policy of one-minute levels is silent after ten minutes. */
const repeats = 3;
/** Minutes until it starts again, at most: the last level's wait counts too. */
const repeatWithin: Readonly<Record<Severity, number>> = { SEV1: 30, SEV2: 60, SEV3: 240, SEV4: 1440 };
/** PagerDuty's limit. */
const mostRepeats = 9;

/** What is left out is for a rule to tell, not to stumble over. */
function levelsOf({ props }: DeclaredPolicy) {
  return props.rules ?? [];
}

/** What a level can tell; without a type, it is a person (the provider's default). */
const targetTypes = ["user_reference", "user", "schedule_reference", "schedule"];

export const escalationRules: readonly Rule[] = [
  stackRule({
    id: "escalation-policy-per-severity",
    item: "ONC-01",
    checkStack: (stack) =>
      severities.flatMap((severity): readonly Violation[] => {
        const policies = stack.ofType(policy).filter(ofSeverity(severity));
        if (policies.length === 0) {
          return [{ observed: `no escalation policy for ${severity} is declared`, wanted: "declared" }];
        }
        return policies.flatMap((resource) => {
          const levels = levelsOf(resource).filter(({ targets }) => (targets?.length ?? 0) > 0).length;
          return levels >= levelCount
            ? []
            : [{ resource, observed: `${levels} of its levels tell somebody`, wanted: `≥ ${levelCount}` }];
        });
      }),
  }),
  resourceRule({
    id: "escalation-within-response-time",
    item: "ONC-02",
    type: policy,
    where: ofSeverity(...severities),
    check: (resource) => {
      const severity = severityOf(resource);
      if (!severity) return undefined;
      const waits = levelsOf(resource).map((level) => level.escalationDelayInMinutes);
      const minutes = waits.slice(0, -1).reduce((sum, wait) => sum + wait, 0);
      return all(
        waits.every((wait) => wait >= 1)
          ? undefined
          : { observed: `its levels wait ${waits.join(", ")} minutes`, wanted: "≥ 1 each" },
        minutes < responseMinutes[severity]
          ? undefined
          : {
              observed: `its last level is told after ${minutes} minutes`,
              wanted: `after < ${responseMinutes[severity]}`,
            },
      );
    },
  }),
  resourceRule({
    id: "escalation-repeats",
    adjustable: true,
    item: "ONC-03",
    existing: ({ props: { numLoops = 0, name } }) =>
      numLoops > 0 || mayWait(name)
        ? undefined
        : {
            observed: "a page that nobody answers is not repeated",
            wanted: "repeated",
            mend: "set numLoops to 1 or more",
          },
    type: policy,
    where: ofSeverity(...severities),
    check: (resource, { floor }) => {
      const severity = severityOf(resource) ?? "SEV1";
      const props = { numLoops: resource.props.numLoops ?? 0 };
      const limit = repeatWithin[severity];
      const minutes = levelsOf(resource).reduce((sum, level) => sum + level.escalationDelayInMinutes, 0);
      return all(
        atLeast(
          props,
          "numLoops",
          { SEV1: floor(repeats), SEV2: floor(repeats), SEV3: 1, SEV4: 0 }[severity],
        ),
        atMost(props, "numLoops", mostRepeats),
        minutes <= limit
          ? undefined
          : { observed: `it starts again after ${minutes} minutes`, wanted: `after ≤ ${limit}` },
      );
    },
  }),
  resourceRule({
    id: "escalation-targets-known",
    item: "ONC-01",
    existing: (resource, { now }) =>
      levelsOf(resource).some(({ targets }) => targets?.length)
        ? unanswered(resource, now)
        : { observed: "it tells nobody", wanted: "somebody" },
    type: policy,
    check: (resource) => {
      const targets = levelsOf(resource).flatMap((level) => level.targets ?? []);
      if (targets.length === 0) return { observed: "it tells nobody", wanted: "somebody" };
      const strange = targets.find(({ type = "user_reference" }) => !targetTypes.includes(type));
      if (strange)
        return { observed: `a target is of type ${show(strange.type)}`, wanted: "a person or a schedule" };
      const turns = targets.filter(({ type }) => type?.startsWith("schedule"));
      return [
        // Ids are not known yet, and what flows into the policy is: whoever does has to be told.
        ...short(turns.length, linked(resource as Resource, "rules", schedule).length, "rotations"),
        ...short(targets.length - turns.length, linked(resource as Resource, "rules", user).length, "people"),
        ...levelsOf(resource as DeclaredPolicy).flatMap((level, i) =>
          repeated(resource as DeclaredPolicy, level, i),
        ),
        ...(targets.every((target) => "id" in target)
          ? []
          : [{ observed: "a target has no id", wanted: "somebody's" }]),
      ];
    },
  }),
  resourceRule({
    id: "escalation-tells-somebody-new",
    item: "PAGE-01",
    tiers: ["production"],
    type: policy,
    where: ofSeverity("SEV1", "SEV2", "SEV3"),
    check: (resource) => nobodyNew(resource),
  }),
  resourceRule({
    id: "escalation-starts-on-call",
    item: "ONC-04",
    existing: ({ props: { rules = [] } }, { tier }) =>
      rules[0]?.targets?.some(({ type }) => type?.startsWith("schedule")) ||
      rules.length === 0 ||
      // Of one person alone another rule speaks, in production.
      (tier === "production" && new Set(rules.flatMap(({ targets = [] }) => targets.map(idOf))).size === 1)
        ? undefined
        : {
            observed: "its first level is always the same people",
            wanted: "whoever is on call",
            mend: "give its first level a schedule, whose turns change",
          },
    type: policy,
    check: ({ props }) =>
      props.rules?.[0]?.targets?.some((target) => target.type === "schedule_reference")
        ? undefined
        : { observed: "its first level has no schedule", wanted: "whoever is on call" },
  }),
  resourceRule({
    id: "escalation-reaches-leaders",
    item: "ONC-05",
    type: policy,
    where: ofSeverity("SEV1", "SEV2"),
    check: (resource) => {
      const severity = severityOf(resource);
      const leader = severity && leaders[severity];
      return linked(resource, "rules", user).some(
        ({ props }) => leader && titlesOf(props.jobTitle).includes(leader),
      )
        ? undefined
        : { observed: `no level tells the ${leader}`, wanted: "told to them too" };
    },
  }),
];

/** In a small team a person has several, one behind the other. */
function titlesOf(jobTitle: string | undefined): readonly string[] {
  return (jobTitle ?? "").split(",").map((title) => title.trim());
}

/**
 * A level that tells those who have been told before: leads who take turns. Ids are not known yet, so one that may be
 * made of them counts. A team that is too small to staff its rotations without its leads can do no better.
 */
function nobodyNew(resource: DeclaredPolicy): Violation | undefined {
  const leads = new Set(linked(resource as Resource, "rules", user));
  const rotas = schedulesOf(resource);
  const turns = new Set(rotas.flatMap((rota) => linked(rota as Resource, "layers", user)));
  const twice = [...leads].filter((lead) => turns.has(lead));
  const crews = Math.max(1, ...rotas.map(({ props }) => props.layers?.length ?? 1));
  if (turns.size - twice.length < crewSize * crews) return undefined;
  const level = levelsOf(resource).findIndex(
    ({ targets = [] }) =>
      targets.length <= twice.length && !targets.some(({ type }) => type?.startsWith("schedule")),
  );
  if (level < 0) return undefined;
  return {
    observed: `its level ${level + 1} may find nobody but ${twice.map(nameOf).join(" and ")}, who take turns in its rotations`,
    wanted: "somebody who has not been told before",
  };
}

function nameOf({ name, props }: Resource<{ readonly name?: string }>): string {
  return props.name ?? name;
}

type Level = ReturnType<typeof levelsOf>[number];

const idOf = ({ id }: { readonly id: string }) => id;

/** A step that tells one person twice tells one person fewer than it says; so does one that tells nobody's id. */
function repeated(policy: DeclaredPolicy, { targets = [] }: Level, i: number): readonly Violation[] {
  const named = targets.filter(({ type = "user" }) => !type.startsWith("schedule"));
  const ids = whenReadable(() => named.map(({ id }) => id));
  const people = ids ? new Set(ids).size : linked(policy as Resource, "rules", user).length;
  return named.length <= people
    ? []
    : [
        {
          observed: `its level ${i + 1} names ${named.length} people, of whom ${people} are known apart`,
          wanted: "another person in each place",
        },
      ];
}

/** Fewer targets than the program has given it. */
function short(targets: number, given: number, kind: string): readonly Violation[] {
  return targets >= given
    ? []
    : [{ observed: `it tells ${targets} of ${given} ${kind}`, wanted: "all of them" }];
}
