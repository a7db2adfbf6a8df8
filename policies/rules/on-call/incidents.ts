import type { ItemId } from "../../../model/checklist/checklist.ts";
import { type Severity, severities } from "../../../model/on-call/severities.ts";
import {
  type FieldProps,
  type IncidentTypeProps,
  incidentField,
  incidentNotice,
  incidentRole,
  incidentRule,
  incidentType,
  service,
} from "../../declared/on-call.ts";
import { type Recipients, recipientsOf } from "../../declared/recipients.ts";
import { eachRule } from "../../each-rule.ts";
import { tellsOfEvery } from "../../effects/datadog-incident.ts";
import { equals } from "../../expect.ts";
import { linked, type Resource, type Stack } from "../../resource.ts";
import { type Rule, resourceRule, type Violation } from "../../rule.ts";

/** A stack whose faults customers notice; staging has no incidents. */
const tiers = ["production"] as const;
/** The parts of a response that one person cannot play at once: Google's "Site Reliability Engineering", chapter 14. */
const roles = ["Operations lead", "Communications lead", "Scribe"];
/** Changes that turn what people do: how bad it is, and whether it is over. */
const followed = ["severity", "status"];

/** What is counted of incidents, and a choice that each offers: DORA's change failure rate, and how they end. */
const recorded = { trigger: "deployment", mitigation: "rollback" };

/** Whether incidents of a type are for invited people alone: always, never, or as whoever declares them says. */
function privacyOf({ props: { configuration = {} } }: Resource<IncidentTypeProps>): readonly boolean[] {
  const { privateIncidents, privateIncidentsByDefault } = configuration;
  if (privateIncidentsByDefault === true) return [true, false];
  return privateIncidents === true ? [false, true] : [false];
}

/** The notification rules of an incident type that tell of every incident of a severity. */
function rulesFor(
  severity: Severity,
  type: Resource<IncidentTypeProps>,
  stack: Stack,
  [isPrivate = false] = privacyOf(type),
) {
  return stack
    .attached(incidentRule, "incidentType", type)
    .map(({ props }) => props)
    .filter((rule) => tellsOfEvery(rule, severity.replace("SEV", "SEV-"), isPrivate));
}

/** What turns the work on an incident is told to one of these recipients. */
function changesTold(
  id: string,
  item: ItemId,
  whom: string,
  of: (recipients: Recipients) => ReadonlySet<string>,
): Rule {
  return eachRule({
    id,
    item,
    tiers,
    each: incidentType,
    check: (type, stack) => {
      const recipients = of(recipientsOf(stack));
      return (["SEV1", "SEV2", "SEV3"] as const)
        .filter(
          (severity) =>
            !rulesFor(severity, type, stack).some(
              ({ handles, renotifyOns = [] }) =>
                handles?.some((h) => recipients.has(h.slice(1).toLowerCase())) &&
                followed.every((f) => renotifyOns.includes(f)),
            ),
        )
        .map((severity) => ({
          observed: `changes of a ${severity} reach no ${whom}`,
          wanted: `told there on ${followed.join(" and ")}`,
        }));
    },
  });
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
      severities.flatMap((severity) =>
        privacyOf(type).flatMap((isPrivate): readonly Violation[] => {
          // Whether the service is there for this severity too is another rule's question.
          const handles = stack
            .ofType(service)
            .map(({ props }) => `@pagerduty-${props.name}`.replace(/sev\d$/, severity.toLowerCase()));
          const rules = rulesFor(severity, type, stack, [isPrivate]);
          if (rules.some((rule) => rule.handles?.some((h) => handles.includes(h)))) return [];
          const declaring = isPrivate ? `declaring a private ${severity}` : `declaring a ${severity}`;
          return [{ observed: `${declaring} pages no PagerDuty service of ${severity}`, wanted: "paged" }];
        }),
      ),
  }),
  changesTold("incident-changes-in-chat", "ONC-26", "channel of the team's", ({ channels }) => channels),
  changesTold(
    "incident-changes-by-mail",
    "ONC-44",
    "mailbox of this stack's people",
    ({ mailboxes }) => mailboxes,
  ),
  eachRule({
    id: "incident-trigger-recorded",
    item: "ONC-27",
    tiers,
    each: incidentType,
    check: (type, stack) =>
      Object.entries(recorded)
        .filter(
          ([name, choice]) =>
            !stack
              .attached(incidentField, "incidentType", type)
              .some(({ props }) => props.name === name && asks(props, choice)),
        )
        .map(([name, choice]) => ({
          observed: `no field ${name} leaves open whether it was a ${choice}`,
          wanted: "declared",
        })),
  }),
  eachRule({
    id: "incident-notices-of-their-type",
    item: "ONC-39",
    tiers,
    each: incidentRule,
    check: (rule, stack) => {
      const types = linked(rule as Resource, "incidentType", incidentType);
      const own = types.flatMap((type) => stack.attached(incidentNotice, "incidentType", type));
      const notices = linked(rule as Resource, "notificationTemplate", incidentNotice).filter((n) =>
        own.includes(n),
      );
      if (notices.length === 0) {
        return { observed: "it tells by no template of its type of incidents", wanted: "one" };
      }
      const { handles = [], renotifyOns = [] } = rule.props;
      const pages = handles.some((handle) => handle.startsWith("@pagerduty-"));
      return notices.flatMap(({ props: { content } }) => [
        ...(pages && !linksRunbooks(content)
          ? [{ observed: "whom it pages is not told what to do", wanted: "a link to the runbooks" }]
          : []),
        ...(renotifyOns.includes("status") && !content.includes("{{incident.status}}")
          ? [{ observed: "it tells of a status by a template without it", wanted: "{{incident.status}}" }]
          : []),
      ]);
    },
  }),
];

/** Whether a field offers a choice among others, and is not filled in already: that is what everybody leaves there. */
function asks({ defaultValue = "unknown", validValues = [] }: FieldProps, choice: string): boolean {
  return (
    defaultValue === "unknown" && validValues.length > 1 && validValues.some(({ value }) => value === choice)
  );
}

function linksRunbooks(content: string): boolean {
  return content.split(/\s+/).some((word) => /\/runbooks\b/.test(word.split("https://")[1] ?? ""));
}
