/** How Datadog, PagerDuty and Slack know of each other. */
import {
  apiKey,
  integration,
  ofSeverity,
  service,
  serviceObject,
  slack,
  team,
  webhook,
} from "../../declared/on-call.ts";
import { eachRule } from "../../each-rule.ts";
import { linked, type Resource } from "../../resource.ts";
import { type Rule, resourceRule, stackRule, type Violation } from "../../rule.ts";

/** From these follow the time to acknowledge and the time to recover. */
const course = ["incident.triggered", "incident.acknowledged", "incident.resolved"];

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
  eachRule({
    id: "datadog-pages-by-name",
    item: "ONC-18",
    each: service,
    check: (target, stack) =>
      stack
        .attached(integration, "service", target)
        .flatMap((key) => stack.attached(serviceObject, "serviceKey", key))
        .some(({ props }) => props.serviceName === target.props.name)
        ? undefined
        : { observed: "Datadog holds no key of it under its name", wanted: "known to Datadog" },
  }),
  stackRule({
    id: "paging-names-distinct",
    item: "ONC-32",
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
    check: (target, stack) =>
      stack
        .attached(slack, "sourceId", target)
        .some(({ props }) => props.configs.some(({ events }) => events.includes("incident.triggered")))
        ? undefined
        : { observed: "new incidents do not reach Slack", wanted: "connected to a channel" },
  }),
  stackRule({
    id: "incidents-recorded-in-datadog",
    item: "ONC-20",
    checkStack: (stack) =>
      stack
        .ofType(webhook)
        .filter((hook) => linked(hook, "filters", team).length > 0)
        .filter((hook) => linked(hook, "deliveryMethods", apiKey).length > 0)
        .some(({ props }) => props.active === true && course.every((event) => props.events.includes(event)))
        ? undefined
        : {
            observed: "no webhook tells Datadog how the team's incidents go",
            wanted: `told of ${course.join(", ")}`,
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
