import { type Severity, severities } from "../../../model/on-call/severities.ts";
import { ofSeverity, policy, responseMinutes, severityOf, user } from "../../declared/on-call.ts";
import { all, atLeast } from "../../expect.ts";
import { linked } from "../../resource.ts";
import { type Rule, resourceRule, stackRule, type Violation } from "../../rule.ts";

/** Escalation levels: requirements, "Severities and escalation". */
const levelCount = 3;
/** Whom a severity escalates to, by job title: requirements, "Severities and escalation". */
const leaders: Partial<Readonly<Record<Severity, string>>> = { SEV1: "CTO", SEV2: "Tech lead" };
/** With fewer repeats, a SEV1 policy of one-minute levels is silent after ten minutes. */
const repeats = 3;
/** Minutes until it starts again, at most: the last level's wait counts too. */
const repeatWithin: Partial<Readonly<Record<Severity, number>>> = { SEV1: 30, SEV2: 60, SEV3: 240 };

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
          const levels = resource.props.rules.filter(({ targets }) => targets.length > 0).length;
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
      const waits = resource.props.rules.slice(0, -1).map((level) => level.escalationDelayInMinutes);
      const minutes = waits.reduce((sum, wait) => sum + wait, 0);
      return minutes < responseMinutes[severity]
        ? undefined
        : {
            observed: `its last level is told after ${minutes} minutes`,
            wanted: `after < ${responseMinutes[severity]}`,
          };
    },
  }),
  resourceRule({
    id: "escalation-repeats",
    adjustable: true,
    item: "ONC-03",
    type: policy,
    where: ofSeverity("SEV1", "SEV2", "SEV3"),
    check: (resource, { floor }) => {
      const severity = severityOf(resource) ?? "SEV1";
      const { numLoops, rules } = resource.props;
      const limit = repeatWithin[severity] ?? 0;
      const minutes = rules.reduce((sum, level) => sum + level.escalationDelayInMinutes, 0);
      return all(
        atLeast({ numLoops }, "numLoops", severity === "SEV3" ? 1 : floor(repeats), "times"),
        minutes <= limit
          ? undefined
          : { observed: `it starts again after ${minutes} minutes`, wanted: `after ≤ ${limit}` },
      );
    },
  }),
  resourceRule({
    id: "escalation-starts-on-call",
    item: "ONC-04",
    type: policy,
    check: ({ props }) =>
      props.rules[0]?.targets.some((target) => target.type === "schedule_reference")
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
      return linked(resource, "rules", user).some(({ props }) => props.jobTitle === leader)
        ? undefined
        : { observed: `no level tells the ${leader}`, wanted: "told to them too" };
    },
  }),
];
