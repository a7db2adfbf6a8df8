/** How Datadog, PagerDuty and the chat know of each other. */
import {
  apiKey,
  integration,
  ofSeverity,
  policy,
  service,
  serviceObject,
  slack,
  team,
  webhook,
} from "../../declared/on-call.ts";
import { eachRule } from "../../each-rule.ts";
import { takesDatadogEvents } from "../../effects/pagerduty-integration.ts";
import { postedEvents } from "../../effects/pagerduty-slack.ts";
import { linked, type Resource } from "../../resource.ts";
import { type Rule, resourceRule, stackRule, type Violation } from "../../rule.ts";
import { whenReadable } from "../../unknown-value.ts";

/** What an incident comes to. */
const course = ["incident.triggered", "incident.acknowledged", "incident.resolved"];
/** Who is on it, too: without it, two people take it on, or nobody. */
const shown = [...course, "incident.unacknowledged", "incident.escalated", "incident.reassigned"];
/** From these follow the time to acknowledge and the time to recover; what is taken back counts on. */
const counted = [...course, "incident.unacknowledged", "incident.reopened"];

export const connectionRules: readonly Rule[] = [
  resourceRule({
    id: "integration-keys-secret",
    item: "ONC-17",
    type: integration,
    check: ({ additionalSecretOutputs }) =>
      additionalSecretOutputs.includes("integrationKey")
        ? undefined
        : { observed: "integrationKey is plain in state", wanted: "an additional secret output" },
  }),
  resourceRule({
    id: "integration-keys-pagerdutys-own",
    item: "ONC-17",
    existing: true,
    type: integration,
    check: ({ props }) =>
      "integrationKey" in props && props.integrationKey !== undefined
        ? { observed: "integrationKey stands in the program", wanted: "made by PagerDuty" }
        : undefined,
  }),
  eachRule({
    id: "datadog-pages-by-name",
    item: "ONC-18",
    each: service,
    check: (target, stack) =>
      stack
        .attached(integration, "service", target)
        .filter(({ props }) => takesDatadogEvents(props.vendor, props.type))
        .flatMap((key) => stack.attached(serviceObject, "serviceKey", key))
        .some(({ props }) => props.serviceName === target.props.name)
        ? undefined
        : {
            observed: "Datadog holds no key under its name of an integration that takes Datadog's events",
            wanted: "known to Datadog",
          },
  }),
  stackRule({
    id: "paging-names-distinct",
    item: "ONC-32",
    existing: true,
    checkStack: (stack) => [
      ...distinct(stack.ofType(service), ({ name }) => name, "PagerDuty service"),
      ...distinct(stack.ofType(serviceObject), ({ serviceName }) => serviceName, "key of Datadog's"),
    ],
  }),
  eachRule({
    id: "incidents-in-slack",
    item: "ONC-19",
    each: service,
    where: ofSeverity("SEV1", "SEV2", "SEV3"),
    check: (target, stack) => {
      const policies = linked(target as Resource, "escalationPolicy", policy);
      const teams = policies.flatMap((p) => linked(p as Resource, "teams", team));
      const { urgency } = target.props.incidentUrgencyRule ?? {};
      const filters = [
        ...stack.attached(slack, "sourceId", target).filter(from("service_reference")),
        ...teams.flatMap((own) => stack.attached(slack, "sourceId", own).filter(from("team_reference"))),
      ].flatMap(({ props }) => props.configs ?? []);
      const posted = postedEvents(filters, urgency);
      const missing = shown.filter((event) => !posted.has(event));
      return missing.length === 0
        ? undefined
        : { observed: `people in Slack do not hear of ${missing.join(", ")}`, wanted: "told in a channel" };
    },
  }),
  stackRule({
    id: "incidents-recorded-in-datadog",
    item: "ONC-20",
    checkStack: (stack) => {
      const telling = stack
        .ofType(webhook)
        .filter((hook) => linked(hook as Resource, "deliveryMethods", apiKey).length > 0)
        .filter(
          ({ props }) => props.active === true && counted.every((event) => props.events?.includes(event)),
        )
        .filter((hook) => !paused(hook))
        .filter(({ props }) => props.filters?.some(({ type }) => type === "team_reference"))
        .map((hook) => linked(hook as Resource, "filters", team));
      const policies = stack.ofType(policy);
      if (policies.length === 0) return { observed: "no escalation policy is declared", wanted: "declared" };
      return policies
        .filter((p) => {
          const teams = linked(p as Resource, "teams", team);
          return !telling.some((told) => told.some((own) => teams.includes(own)));
        })
        .map((p) => ({
          resource: p as Resource,
          observed: "no webhook tells Datadog how the incidents of its team go",
          wanted: `told of ${counted.join(", ")}`,
        }));
    },
  }),
  resourceRule({
    id: "webhook-addresses-secret",
    item: "ONC-21",
    type: webhook,
    check: ({ additionalSecretOutputs }) =>
      additionalSecretOutputs.includes("deliveryMethods")
        ? undefined
        : { observed: "deliveryMethods is plain in state", wanted: "an additional secret output" },
  }),
];

/** Of addresses that a state keeps closed, nothing says so. */
function paused({
  props,
}: Resource<{ deliveryMethods: readonly { temporarilyDisabled?: boolean }[] }>): boolean {
  const ways = whenReadable(() => props.deliveryMethods);
  return ways?.every((way) => way.temporarilyDisabled === true) ?? false;
}

/** A connection of this source on which people can act: the other kind tells stakeholders what is published to them. */
function from(source: string) {
  return ({ props }: Resource<{ sourceType: string; notificationType: string }>) =>
    props.sourceType === source && props.notificationType === "responder";
}

/** There are some, and no two have the same name. */
function distinct<Props>(
  resources: readonly Resource<Props>[],
  nameOf: (props: Props) => string | undefined,
  kind: string,
): readonly Violation[] {
  if (resources.length === 0) return [{ observed: `no ${kind} is declared`, wanted: "declared" }];
  return [...Map.groupBy(resources, ({ props }) => nameOf(props))].flatMap(([name, [first, ...twins]]) =>
    twins.map((twin) => ({
      resource: twin as Resource,
      observed: `its name ${name} is also that of ${first?.name}, another ${kind}`,
      wanted: "distinct",
    })),
  );
}
