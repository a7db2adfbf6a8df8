import { type Severity, severities } from "../../../model/on-call/severities.ts";
import { incidentField, incidentRole, incidentRule, incidentType, service } from "../../declared/on-call.ts";
import { eachRule } from "../../each-rule.ts";
import { equals } from "../../expect.ts";
import type { Resource, Stack } from "../../resource.ts";
import { type Rule, resourceRule, type Violation } from "../../rule.ts";

/** A stack whose faults customers notice; staging has no incidents. */
const tiers = ["production"] as const;
/** The parts of a response that one person cannot play at once: Google's "Site Reliability Engineering", chapter 14. */
const roles = ["Operations lead", "Communications lead", "Scribe"];
/** Changes that turn what people do: how bad it is, and whether it is over. */
const followed = ["severity", "status"];

/** The enabled notification rules of an incident type for a severity, from its declaration on. */
function rulesFor(severity: Severity, type: Resource<unknown>, stack: Stack) {
  const name = severity.replace("SEV", "SEV-");
  return stack
    .attached(incidentRule, "incidentType", type)
    .map(({ props }) => props)
    .filter(({ enabled, trigger }) => enabled === true && trigger === "incident_saved_trigger")
    .filter(({ conditions = [] }) =>
      conditions.some((c) => c.field === "severity" && c.values.includes(name)),
    );
}

export const incidentRules: readonly Rule[] = [
  resourceRule({
    id: "incidents-kept",
    item: "ONC-22",
    tiers,
    type: incidentType,
    check: ({ props }) => equals(props, "configuration.allowIncidentDeletion", false),
  }),
  resourceRule({
    id: "incident-severities-explained",
    item: "ONC-23",
    tiers,
    type: incidentType,
    check: ({ props }) => {
      const message = props.configuration?.createMessage ?? "";
      return severities
        .map((severity) => severity.replace("SEV", "SEV-"))
        .filter((name) => !message.includes(name))
        .map((name) => ({ observed: `createMessage does not say what ${name} is`, wanted: "explained" }));
    },
  }),
  eachRule({
    id: "incident-roles-declared",
    item: "ONC-24",
    tiers,
    each: incidentType,
    check: (type, stack) => {
      const declared = stack
        .attached(incidentRole, "incidentType", type)
        .filter(({ props }) => props.policy?.isSingle === true)
        .map(({ props }) => props.name);
      return roles
        .filter((role) => !declared.includes(role))
        .map((role) => ({ observed: `no role "${role}" for one person is declared`, wanted: "declared" }));
    },
  }),
  eachRule({
    id: "incident-pages-on-call",
    item: "ONC-25",
    tiers,
    each: incidentType,
    check: (type, stack) =>
      (["SEV1", "SEV2"] as const).flatMap((severity): readonly Violation[] => {
        // Whether the service is there for this severity too is another rule's question.
        const handles = stack
          .ofType(service)
          .map(({ props }) => `@pagerduty-${props.name}`.replace(/sev\d$/, severity.toLowerCase()));
        return rulesFor(severity, type, stack).some((rule) => rule.handles.some((h) => handles.includes(h)))
          ? []
          : [
              {
                observed: `declaring a ${severity} pages no PagerDuty service of ${severity}`,
                wanted: "paged",
              },
            ];
      }),
  }),
  eachRule({
    id: "incident-changes-in-slack",
    item: "ONC-26",
    tiers,
    each: incidentType,
    check: (type, stack) =>
      (["SEV1", "SEV2", "SEV3"] as const)
        .filter(
          (severity) =>
            !rulesFor(severity, type, stack).some(
              ({ handles, renotifyOns = [] }) =>
                handles.some((h) => h.startsWith("@slack-")) &&
                followed.every((f) => renotifyOns.includes(f)),
            ),
        )
        .map((severity) => ({
          observed: `changes of a ${severity} reach no Slack channel`,
          wanted: `told there on ${followed.join(" and ")}`,
        })),
  }),
  eachRule({
    id: "incident-trigger-recorded",
    item: "ONC-27",
    tiers,
    each: incidentType,
    check: (type, stack) =>
      stack
        .attached(incidentField, "incidentType", type)
        .some(
          ({ props }) =>
            props.name === "trigger" && props.validValues?.some(({ value }) => value === "deployment"),
        )
        ? undefined
        : { observed: "no field trigger offers the choice deployment", wanted: "declared" },
  }),
];
