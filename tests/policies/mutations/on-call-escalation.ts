import { type Mutation, on, set, unset } from "./mutation.ts";
import { link, pagerduty } from "./on-call-selectors.ts";

const policy = (severity: string) => pagerduty("EscalationPolicy", new RegExp(`-${severity}$`));

export const escalationMutations: readonly Mutation[] = [
  {
    rule: "escalation-policy-per-severity",
    also: ["escalation-targets-known"],
    title: "SEV2 has no third level",
    change: on(policy("sev2"), unset("rules.2")),
  },
  {
    rule: "escalation-policy-per-severity",
    also: ["escalation-targets-known"],
    title: "nobody holds the role of the last level",
    stack: "staging",
    change: on(policy("sev3"), set("rules.2.targets", [])),
  },
  {
    rule: "escalation-within-response-time",
    title: "the on-call engineer has as long as the promise for SEV1",
    change: on(policy("sev1"), set("rules.0.escalationDelayInMinutes", 5)),
  },
  {
    rule: "escalation-repeats",
    title: "a SEV1 that nobody answers is paged once",
    change: on(policy("sev1"), set("numLoops", 0)),
  },
  {
    rule: "escalation-repeats",
    title: "repeats left to PagerDuty's default, which is none",
    change: on(policy("sev2"), unset("numLoops")),
  },
  {
    rule: "escalation-starts-on-call",
    also: ["escalation-targets-known"],
    title: "SEV3 begins with a person",
    change: on(policy("sev3"), set("rules.0.targets.0.type", "user_reference")),
  },
  {
    rule: "escalation-reaches-leaders",
    also: ["escalation-targets-known"],
    title: "SEV1 ends with the on-call team",
    change: on(
      policy("sev1"),
      link("rules", (urn) => !urn.includes("user:User::")),
    ),
  },
  {
    rule: "escalation-repeats",
    title: "a SEV1 that nobody answers is paged again on the next day",
    change: on(policy("sev1"), set("rules.2.escalationDelayInMinutes", 1440)),
  },
  {
    rule: "escalation-repeats",
    title: "a SEV3 that nobody answers is paged once",
    change: on(policy("sev3"), set("numLoops", 0)),
  },
  {
    rule: "escalation-within-response-time",
    also: ["people-called-again"],
    title: "a level that nobody has time to answer",
    change: on(policy("sev2"), set("rules.0.escalationDelayInMinutes", 0)),
  },
  {
    rule: "escalation-repeats",
    title: "more repeats than PagerDuty takes",
    change: on(policy("sev4"), set("numLoops", 100)),
  },
  {
    rule: "escalation-targets-known",
    title: "SEV1 ends with one leader twice",
    change: on(
      policy("sev1"),
      link("rules", (urn) => !/User::.*(priya|person-3)$/.test(urn)),
    ),
  },
  {
    rule: "escalation-targets-known",
    title: "a level tells an address",
    change: on(policy("sev3"), set("rules.2.targets.0.type", "email_address")),
  },
  {
    rule: "escalation-targets-known",
    title: "the second rotation is taken for a person",
    change: on(policy("sev3"), unset("rules.1.targets.0.type")),
  },
  {
    rule: "escalation-tells-somebody-new",
    title: "the DevOps lead takes turns",
    change: on(pagerduty("Schedule", /-primary$/), (r) => {
      const [layer] = r.props["layers"] as readonly { readonly users: readonly unknown[] }[];
      const links = r.propertyDependencies["layers"] ?? [];
      // In the small stack of the tests, all leads together are the last level.
      const leads = ["tomas", "person-3", "person-4"].flatMap((lead) => {
        const beside = links.find((urn) => urn.endsWith(lead === "tomas" ? "-amara" : "::person-0"));
        return beside ? beside.replace(/amara$|person-0$/, lead) : [];
      });
      const users = [...(layer?.users ?? []), ...leads.map(() => layer?.users[0])];
      return {
        ...r,
        props: { ...r.props, layers: [{ ...layer, users }] },
        propertyDependencies: { ...r.propertyDependencies, layers: [...links, ...leads] },
      };
    }),
  },
];
