import { drop, type Mutation, on, set, unset } from "./mutation.ts";
import { link, pagerduty } from "./on-call-selectors.ts";

const service = (severity: string) => pagerduty("Service", new RegExp(`-platform-${severity}$`));
const integration = pagerduty("ServiceIntegration", /-platform-sev1$/);

export const pagingServiceMutations: readonly Mutation[] = [
  {
    rule: "paging-service-per-severity",
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
    rule: "paging-service-urgent",
    title: "SEV1 rings nobody",
    change: on(service("sev1"), set("incidentUrgencyRule.urgency", "low")),
  },
  {
    rule: "paging-service-urgent",
    title: "urgency left to PagerDuty's default",
    change: on(service("sev3"), unset("incidentUrgencyRule")),
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
    rule: "paging-service-urgent",
    title: "urgency falls when support hours end",
    change: on(
      service("sev2"),
      set("incidentUrgencyRule", {
        type: "use_support_hours",
        duringSupportHours: { type: "constant", urgency: "high" },
        outsideSupportHours: { type: "constant", urgency: "high" },
      }),
      set("supportHours", {
        type: "fixed_time_per_day",
        timeZone: "Europe/London",
        daysOfWeeks: [1, 2, 3, 4, 5],
        startTime: "08:00:00",
        endTime: "20:00:00",
      }),
      set("scheduledActions", [
        {
          type: "urgency_change",
          toUrgency: "low",
          ats: [{ type: "named_time", name: "support_hours_end" }],
        },
      ]),
    ),
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
      set("serviceName", "platform"),
    ),
  },
  {
    rule: "paging-names-distinct",
    title: "Datadog has two keys of one name",
    change: on(pagerduty("ServiceDependency", /-platform-sev4$/), (r) => ({
      ...r,
      type: "datadog:pagerduty/serviceObject:ServiceObject",
      props: { serviceName: "portal-platform-prod-sev1" },
      propertyDependencies: {},
    })),
  },
  {
    rule: "incidents-in-slack",
    title: "SEV1 of the platform is not in Slack",
    change: drop(pagerduty("SlackConnection", /-platform-sev1$/)),
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
    change: on(pagerduty("WebhookSubscription", /./), set("events", ["incident.triggered"])),
  },
  {
    rule: "incidents-recorded-in-datadog",
    title: "the webhook is switched off",
    stack: "staging",
    change: on(pagerduty("WebhookSubscription", /./), set("active", false)),
  },
  {
    rule: "incidents-recorded-in-datadog",
    title: "the webhook goes elsewhere",
    change: on(
      pagerduty("WebhookSubscription", /./),
      link("deliveryMethods", () => false),
    ),
  },
  {
    rule: "incidents-recorded-in-datadog",
    title: "the webhook tells of nobody's incidents",
    change: on(
      pagerduty("WebhookSubscription", /./),
      link("filters", () => false),
    ),
  },
  {
    rule: "webhook-addresses-secret",
    title: "Datadog's key is plain in state",
    change: on(pagerduty("WebhookSubscription", /./), (r) => ({ ...r, additionalSecretOutputs: [] })),
  },
];
