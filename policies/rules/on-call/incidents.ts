import { type Severity, severities } from "../../../model/on-call/severities.ts";
import {
  type IncidentTypeProps,
  incidentField,
  incidentNotice,
  incidentRole,
  incidentRule,
  incidentType,
  service,
} from "../../declared/on-call.ts";
import { recipientsOf } from "../../declared/recipients.ts";
import { eachRule } from "../../each-rule.ts";
import { tellsOfEvery } from "../../effects/datadog-incident.ts";
import { equals } from "../../expect.ts";
import type { Resource, Stack } from "../../resource.ts";
import { type Rule, resourceRule, type Violation } from "../../rule.ts";

/** A stack whose faults customers notice; staging has no incidents. */
const tiers = ["production"] as const;
/** The parts of a response that one person cannot play at once: Google's "Site Reliability Engineering", chapter 14. */
const roles = ["Operations lead", "Communications lead", "Scribe"];
/** Changes that turn what people do: how bad it is, and whether it is over. */
const followed = ["severity", "status"];

/** Kinds of field that offer a choice; of the others, nothing can be counted. */
const choices = ["dropdown", "multiselect"];

/** The notification rules of an incident type that tell of every incident of a severity. */
function rulesFor(severity: Severity, type: Resource<IncidentTypeProps>, stack: Stack) {
  const isPrivate = type.props.configuration?.privateIncidentsByDefault === true;
  return stack
    .attached(incidentRule, "incidentType", type)
    .map(({ props }) => props)
    .filter((rule) => tellsOfEvery(rule, severity.replace("SEV", "SEV-"), isPrivate));
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
                handles.some((h) => recipientsOf(stack).channels.has(h.slice(1).toLowerCase())) &&
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
      stack.attached(incidentField, "incidentType", type).some(
        ({ props }) =>
          props.name === "trigger" &&
          choices.includes(props.type) &&
          // What is filled in already is what everybody leaves there.
          (props.defaultValue ?? "unknown") === "unknown" &&
          props.validValues?.some(({ value }) => value === "deployment"),
      )
        ? undefined
        : { observed: "no field trigger leaves open whether it was a deployment", wanted: "declared" },
  }),
  eachRule({
    id: "incident-notices-inform",
    item: "ONC-39",
    tiers,
    each: incidentNotice,
    check: ({ props: { subject, content } }) => [
      ...["severity", "title"]
        .filter((name) => !subject.includes(`{{incident.${name}}}`))
        .map((name) => ({ observed: `subject does not name the ${name}`, wanted: "named" })),
      ...(content.includes("{{incident.")
        ? []
        : [{ observed: "content says nothing of the incident", wanted: "its state" }]),
    ],
  }),
];
