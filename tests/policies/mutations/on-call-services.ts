import { drop, type Mutation, on, set, unset } from "./mutation.ts";
import { link, pagerduty } from "./on-call-selectors.ts";

const service = (severity: string) => pagerduty("Service", new RegExp(`-platform-${severity}$`));
const webhook = pagerduty("WebhookSubscription", /./);
const connection = pagerduty("SlackConnection", /-platform-sev1$/);
const integration = pagerduty("ServiceIntegration", /-platform-sev1$/);

export const pagingServiceMutations: readonly Mutation[] = [
  {
    rule: "paging-service-per-severity",
    also: ["outage-rings-without-datadog"],
    title: "the platform has no service for SEV1",
    change: drop(service("sev1")),
  },
  {
    rule: "paging-service-escalates",
    title: "SEV1 of the platform is on no policy",
    change: on(
      service("sev1"),
      link("escalationPolicy", () => false),
    ),
  },
  {
    rule: "acknowledgement-expires",
    title: "an acknowledged SEV1 stays silent for good",
    change: on(service("sev1"), set("acknowledgementTimeout", "null")),
  },
  {
    rule: "acknowledgement-expires",
    title: "an acknowledged SEV2 stays silent for the night",
    change: on(service("sev2"), set("acknowledgementTimeout", "28800")),
  },
  {
    rule: "incidents-stay-open",
    title: "incidents resolve themselves after PagerDuty's default of four hours",
    change: on(service("sev3"), unset("autoResolveTimeout")),
  },
  {
    rule: "paging-service-keeps-alerts",
    title: "incidents without alerts",
    change: on(service("sev1"), set("alertCreation", "create_incidents")),
  },
  {
    rule: "acknowledgement-expires",
    title: "an acknowledged SEV3 stays silent for good",
    change: on(service("sev3"), set("acknowledgementTimeout", "null")),
  },
  {
    rule: "second-fault-pages-too",
    title: "what fires within a day joins the first incident",
    change: on(
      service("sev1"),
      set("alertGroupingParameters", { type: "time", config: { timeout: 24 * 60 } }),
    ),
  },
  {
    rule: "second-fault-pages-too",
    title: "what fires joins the first incident until that is resolved",
    change: on(service("sev2"), set("alertGrouping", "time"), set("alertGroupingTimeout", "0")),
  },
  {
    rule: "second-fault-pages-too",
    title: "what looks alike joins the first incident",
    change: on(service("sev3"), set("alertGroupingParameters", { type: "intelligent" })),
  },
  {
    rule: "integration-keys-secret",
    title: "a key is plain in state",
    change: on(integration, (r) => ({ ...r, additionalSecretOutputs: [] })),
  },
  {
    rule: "datadog-pages-by-name",
    title: "one service takes no events",
    change: drop(integration),
  },
  {
    rule: "datadog-pages-by-name",
    title: "Datadog does not know one service",
    change: drop({ type: "datadog:pagerduty/serviceObject:ServiceObject", name: /-platform-sev1$/ }),
  },
  {
    rule: "datadog-pages-by-name",
    title: "Datadog knows one service by another name",
    stack: "staging",
    change: on(
      { type: "datadog:pagerduty/serviceObject:ServiceObject", name: /-platform-sev2$/ },
      set("serviceName", "platform-staging-sev2"),
    ),
  },
  {
    rule: "paging-names-distinct",
    also: ["paging-services-have-customers"],
    title: "Datadog has two keys of one name",
    change: on(pagerduty("ServiceDependency", /-platform-sev4$/), (r) => ({
      ...r,
      type: "datadog:pagerduty/serviceObject:ServiceObject",
      provider: undefined,
      props: { serviceName: "portal-platform-prod-sev1" },
      propertyDependencies: {},
    })),
  },
  {
    rule: "incidents-in-slack",
    title: "SEV1 of the platform is not in Slack",
    change: drop(connection),
  },
  {
    rule: "incidents-in-slack",
    title: "Slack hears of the end only",
    change: on(
      pagerduty("SlackConnection", /-platform-sev2$/),
      set("configs.0.events", ["incident.resolved"]),
    ),
  },
  {
    rule: "incidents-recorded-in-datadog",
    title: "Datadog is not told who acknowledged",
    change: on(webhook, set("events", ["incident.triggered"])),
  },
  {
    rule: "incidents-recorded-in-datadog",
    title: "the webhook is switched off",
    stack: "staging",
    change: on(webhook, set("active", false)),
  },
  {
    rule: "incidents-recorded-in-datadog",
    also: ["webhooks-tell-datadog-alone"],
    title: "the webhook goes elsewhere",
    change: on(
      webhook,
      link("deliveryMethods", () => false),
    ),
  },
  {
    rule: "incidents-recorded-in-datadog",
    title: "the webhook tells of nobody's incidents",
    change: on(
      webhook,
      link("filters", () => false),
    ),
  },
  {
    rule: "webhook-addresses-secret",
    title: "Datadog's key is plain in state",
    change: on(webhook, (r) => ({ ...r, additionalSecretOutputs: [] })),
  },
  {
    rule: "incidents-recorded-in-datadog",
    title: "deliveries to Datadog are paused",
    change: on(webhook, set("deliveryMethods.0.temporarilyDisabled", true)),
  },
  {
    rule: "incidents-recorded-in-datadog",
    title: "incidents of SEV2 belong to no team",
    change: on(
      pagerduty("EscalationPolicy", /-sev2$/),
      link("teams", () => false),
    ),
  },
  {
    rule: "integration-keys-pagerdutys-own",
    title: "a key is chosen by hand",
    change: on(integration, set("integrationKey", "0123456789abcdef0123456789abcdef")),
  },
  {
    rule: "datadog-pages-by-name",
    title: "Datadog's key is that of an e-mail integration",
    change: on(integration, unset("vendor"), set("type", "generic_email_inbound_integration")),
  },
  {
    rule: "datadog-pages-by-name",
    title: "Datadog's key is that of another vendor's integration",
    change: on(integration, set("vendor", "PZQ6AUS")),
  },
  {
    rule: "incidents-in-slack",
    title: "Slack hears of incidents of a priority that Datadog never gives",
    change: on(connection, set("configs.0.priorities", ["P53ZZH5"])),
  },
  {
    rule: "incidents-in-slack",
    title: "Slack hears of low urgency alone",
    change: on(connection, set("configs.0.urgency", "low")),
  },
  {
    rule: "incidents-in-slack",
    title: "Slack hears of what is published to stakeholders",
    change: on(connection, set("notificationType", "stakeholder")),
  },
  {
    rule: "slack-in-one-workspace",
    title: "an incident goes to one person's messages",
    change: on(connection, set("channelId", "D0PRIVATE1")),
  },
  {
    rule: "webhooks-tell-datadog-alone",
    title: "incidents are sent in clear text",
    change: on(webhook, set("deliveryMethods.0.url", "http://app.datadoghq.eu/intake/webhook/pagerduty")),
  },
  {
    rule: "webhooks-tell-datadog-alone",
    title: "incidents are sent to somebody else with Datadog's key",
    change: on(webhook, set("deliveryMethods.0.url", "https://datadoghq.eu.example.net/intake")),
  },
  {
    rule: "people-of-one-organisation",
    title: "somebody has no address",
    change: on(pagerduty("User", /-(priya|0)$/), set("email", "priya")),
  },
  {
    rule: "people-mailed-at-their-organisation",
    also: ["people-reachable-by-phone", "people-sent-sms-at-once"],
    title: "a private mailbox in the place of a number for SMS",
    change: on(
      pagerduty("UserContactMethod", /-(priya|0)-sms$/),
      set("type", "email_contact_method"),
      set("address", "priya@mail.example.org"),
    ),
  },
  {
    rule: "acknowledgement-expires",
    title: "an acknowledged SEV1 comes back at once",
    change: on(service("sev1"), set("acknowledgementTimeout", "1")),
  },
  {
    rule: "paging-services-have-customers",
    title: "nobody knows what customers lose with SEV1 of the platform",
    change: drop(pagerduty("ServiceDependency", /-platform-sev1$/)),
  },
  {
    rule: "paging-services-have-customers",
    title: "the business service is said to support its own parts",
    change: on(pagerduty("ServiceDependency", /-platform-sev2$/), (r) => {
      const { supportingServices, dependentServices } = r.props["dependency"] as Record<string, unknown>;
      const dependency = { supportingServices: dependentServices, dependentServices: supportingServices };
      return { ...r, props: { dependency } };
    }),
  },
  {
    rule: "sites-are-services",
    also: ["edge-requests-reach-their-service", "app-telemetry-named"],
    title: "a site that no service answers for",
    change: on({ type: "vercel:index/project:Project", name: "portal" }, (r) => ({
      ...r,
      parent: r.parent?.replace(/:App::portal$/, ":OnCall::portal-on-call"),
    })),
  },
  {
    rule: "incidents-in-slack",
    title: "Slack does not hear who has it now",
    change: on(connection, (r) => {
      const [config] = r.props["configs"] as readonly { readonly events: readonly string[] }[];
      const events = config?.events.filter((event) => event !== "incident.reassigned");
      return { ...r, props: { ...r.props, configs: [{ events }] } };
    }),
  },
];
