import { type Change, drop, type Mutation, on, set, unset } from "./mutation.ts";

const pagerduty = (kind: string, name: string | RegExp) => ({
  type: `pagerduty:index/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`,
  name,
});
const policy = (severity: string) => pagerduty("EscalationPolicy", new RegExp(`-${severity}$`));
const schedule = (rotation: string) => pagerduty("Schedule", new RegExp(`-${rotation}$`));
const service = (severity: string) => pagerduty("Service", new RegExp(`-platform-${severity}$`));
const datadog = (kind: string, name: string | RegExp = /-incidents/) => ({
  type: `datadog:index/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`,
  name,
});
const incidentType = datadog("IncidentType");
const notice = (name: string) => datadog("IncidentNotificationRule", new RegExp(`-${name}$`));
const postMortem = datadog("IncidentPostmortemTemplate");

/** Changes the text of an input. */
function rewrite(property: string, pattern: RegExp, by: string): Change {
  return (r) => ({ ...r, props: { ...r.props, [property]: String(r.props[property]).replace(pattern, by) } });
}

const integration = pagerduty("ServiceIntegration", /-platform-sev1$/);

/** Points an input at other resources: what it is linked to is all that a preview knows of an id. */
function link(property: string, keep: (urn: string) => boolean): Change {
  return (r) => ({
    ...r,
    propertyDependencies: {
      ...r.propertyDependencies,
      [property]: r.propertyDependencies[property]?.filter(keep) ?? [],
    },
  });
}

/** Only the first so many of the users that flow into a rotation. */
function keepUsers(count: number): Change {
  return (r) => {
    const users = (r.propertyDependencies["layers"] ?? []).filter((urn) => urn.includes("user:User::"));
    return link("layers", (urn) => users.slice(0, count).includes(urn))(r);
  };
}

/** Makes of a service's place in the business a window that silences the service. */
function silenced(startTime: string, endTime: string): Change {
  return (r) => ({
    ...r,
    type: "pagerduty:index/maintenanceWindow:MaintenanceWindow",
    props: { startTime, endTime },
    propertyDependencies: { services: r.propertyDependencies["dependency"] ?? [] },
  });
}

export const onCallMutations: readonly Mutation[] = [
  {
    rule: "escalation-policy-per-severity",
    title: "SEV2 has no third level",
    change: on(policy("sev2"), unset("rules.2")),
  },
  {
    rule: "escalation-policy-per-severity",
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
    title: "SEV3 begins with a person",
    change: on(policy("sev3"), set("rules.0.targets.0.type", "user_reference")),
  },
  {
    rule: "escalation-reaches-leaders",
    title: "SEV1 ends with the on-call team",
    change: on(
      policy("sev1"),
      link("rules", (urn) => !urn.includes("user:User::")),
    ),
  },
  {
    rule: "rotations-staffed",
    title: "two people take turns in production",
    change: on(schedule("primary"), keepUsers(2)),
  },
  {
    rule: "rotations-staffed",
    title: "one person is the backup",
    stack: "staging",
    change: on(schedule("backup"), keepUsers(1)),
  },
  {
    rule: "rotations-staffed",
    title: "one person has the nights",
    change: on(
      schedule("primary"),
      set("layers.1", {
        name: "primary, 20:00 to 08:00",
        start: "2026-01-05T09:00:00Z",
        rotationVirtualStart: "2026-01-05T09:00:00Z",
        rotationTurnLengthSeconds: 604_800,
        users: ["PNIGHT"],
        restrictions: [{ type: "daily_restriction", startTimeOfDay: "20:00:00", durationSeconds: 43_200 }],
      }),
    ),
  },
  {
    rule: "rotation-without-gaps",
    title: "on call during office hours only",
    change: on(
      schedule("primary"),
      set("layers.0.restrictions", [
        { type: "daily_restriction", startTimeOfDay: "09:00:00", durationSeconds: 28_800 },
      ]),
    ),
  },
  {
    rule: "rotation-without-gaps",
    title: "the rotation ends with the year",
    change: on(schedule("backup"), set("layers.0.end", "2026-12-31T23:00:00Z")),
  },
  {
    rule: "rotation-starts-fixed",
    title: "turns start at a local time",
    change: on(schedule("primary"), set("layers.0.rotationVirtualStart", "2026-01-05T10:00:00+01:00")),
  },
  {
    rule: "people-reachable-by-phone",
    title: "nobody has a contact method for SMS",
    change: drop(pagerduty("UserContactMethod", /-sms$/)),
  },
  {
    rule: "people-sent-sms-at-once",
    title: "SMS waits for ten minutes",
    change: on(pagerduty("UserNotificationRule", /-high-sms-0$/), set("startDelayInMinutes", 10)),
  },
  {
    rule: "people-called-at-once",
    title: "the first call comes after three minutes",
    change: drop(pagerduty("UserNotificationRule", /-high-phone-0$/)),
  },
  {
    rule: "people-called-at-once",
    title: "the call is for low urgency",
    stack: "staging",
    change: on(pagerduty("UserNotificationRule", /-high-phone-0$/), set("urgency", "low")),
  },
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
  {
    rule: "incidents-kept",
    title: "incidents can be deleted",
    change: on(incidentType, set("configuration.allowIncidentDeletion", true)),
  },
  {
    rule: "incident-severities-explained",
    title: "SEV-2 is explained to nobody",
    change: on(incidentType, set("configuration.createMessage", "SEV-1 critical, SEV-3 medium, SEV-4 low")),
  },
  {
    rule: "incident-roles-declared",
    title: "nobody writes the timeline",
    change: drop(datadog("IncidentUserDefinedRole", /-scribe$/)),
  },
  {
    rule: "incident-roles-declared",
    title: "several people speak to customers",
    change: on(datadog("IncidentUserDefinedRole", /-communications-lead$/), unset("policy")),
  },
  {
    rule: "incident-pages-on-call",
    title: "declaring a SEV1 pages nobody",
    change: drop(notice("page-sev1")),
  },
  {
    rule: "incident-pages-on-call",
    title: "declaring a SEV2 pages as slowly as a SEV4",
    change: on(notice("page-sev2"), set("handles", ["@pagerduty-portal-platform-prod-sev4"])),
  },
  {
    rule: "incident-pages-on-call",
    title: "declaring a SEV1 pages a service that does not exist",
    change: on(notice("page-sev1"), set("handles", ["@pagerduty-portal-platfrom-prod-sev1"])),
  },
  {
    rule: "incident-pages-on-call",
    title: "an incident that becomes a SEV1 pages nobody",
    change: on(notice("page-sev1"), set("trigger", "incident_created_trigger")),
  },
  {
    rule: "incident-pages-on-call",
    title: "left to Datadog's default, the rule is switched off",
    change: on(notice("page-sev1"), unset("enabled")),
  },
  {
    rule: "incident-changes-in-slack",
    title: "Slack hears of a SEV2's beginning only",
    change: on(notice("update-sev2"), unset("renotifyOns")),
  },
  {
    rule: "incident-changes-in-slack",
    title: "a SEV3 is followed by mail only",
    change: on(notice("update-sev3"), set("handles", ["@amara.okafor@example.com"])),
  },
  {
    rule: "incident-trigger-recorded",
    title: "what set an incident off is free text",
    change: on(datadog("IncidentUserDefinedField", /-trigger$/), unset("validValues")),
  },
  {
    rule: "incident-trigger-recorded",
    title: "what set an incident off is not asked",
    change: drop(datadog("IncidentUserDefinedField", /-trigger$/)),
  },
  {
    rule: "post-mortem-asks-everything",
    title: "nobody asks what went badly",
    change: on(postMortem, rewrite("content", /^## What went badly$/m, "")),
  },
  {
    rule: "post-mortem-asks-everything",
    title: "a summary is mentioned but has no section",
    change: on(postMortem, rewrite("content", /^## Summary$/m, "Summary")),
  },
  {
    rule: "post-mortem-actions-owned",
    title: "actions have no owner",
    change: on(postMortem, rewrite("content", /Owner/, "Team")),
  },
  {
    rule: "post-mortem-actions-owned",
    title: "actions have no due date",
    change: on(postMortem, rewrite("content", /\| Due /, "")),
  },
  {
    rule: "post-mortem-template-used",
    title: "post-mortems start from an empty page",
    change: on(postMortem, unset("isDefault")),
  },
  {
    rule: "maintenance-spares-sev1",
    title: "an outage during maintenance pages nobody",
    change: on(
      pagerduty("ServiceDependency", /-platform-sev1$/),
      silenced("2026-12-05T02:00:00Z", "2026-12-05T04:00:00Z"),
    ),
  },
  {
    rule: "maintenance-ends-soon",
    title: "maintenance lasts a weekend",
    change: on(
      pagerduty("ServiceDependency", /-platform-sev2$/),
      silenced("2026-12-05T02:00:00Z", "2026-12-07T06:00:00Z"),
    ),
  },
  {
    rule: "maintenance-ends-soon",
    title: "maintenance has no end",
    change: on(pagerduty("ServiceDependency", /-platform-sev3$/), silenced("2026-12-05T02:00:00Z", "")),
  },
];
