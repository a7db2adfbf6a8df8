/** Mutants that weaken nothing: a tightening, an equivalent value or a cosmetic. No rule has to notice them. */

export interface WithoutBearing {
  readonly type: string;
  readonly path: string;
  readonly operators: readonly string[];
  readonly reason: string;
}

export const withoutBearing: readonly WithoutBearing[] = [
  {
    type: "pagerduty:index/user:User",
    path: "jobTitle",
    operators: ["deleted", "emptied"],
    reason: "what a policy asks of titles is that those of the leaders are among them",
  },
  {
    type: "pagerduty:index/tagAssignment:TagAssignment",
    path: "",
    operators: ["removed"],
    reason: "a tag by which people find things",
  },
  {
    type: "pagerduty:index/userContactMethod:UserContactMethod",
    path: "countryCode",
    operators: ["set to 1000000000"],
    reason: "an e-mail address has no country",
  },
  {
    type: "pagerduty:index/userContactMethod:UserContactMethod",
    path: "sendShortEmail",
    operators: ["set to true"],
    reason: "a shorter text of the same incident",
  },
  {
    type: "pagerduty:index/userNotificationRule:UserNotificationRule",
    path: "startDelayInMinutes",
    operators: ["very small"],
    reason: "told sooner",
  },
  {
    type: "pagerduty:index/webhookSubscription:WebhookSubscription",
    path: "events",
    operators: ["widened"],
    reason: "told more",
  },
  {
    type: "pagerduty:index/webhookSubscription:WebhookSubscription",
    path: "events.*",
    operators: ["dropped"],
    reason: "no time is counted from who has an incident",
  },
  {
    type: "pagerduty:index/schedule:Schedule",
    path: "overflow",
    operators: ["set to true"],
    reason: "how far a page of the schedule shows",
  },
  {
    type: "pagerduty:index/escalationPolicy:EscalationPolicy",
    path: "numLoops",
    operators: ["very small", "deleted"],
    reason: "SEV3 is repeated once more, and SEV4 need not be",
  },
  {
    type: "pagerduty:index/escalationPolicy:EscalationPolicy",
    path: "rules.*.escalationDelayInMinutes",
    operators: ["very small"],
    reason: "the next person is told sooner",
  },
  {
    type: "pagerduty:index/escalationPolicy:EscalationPolicy",
    path: "rules.*.targets.*.type",
    operators: ["deleted"],
    reason: "the default, a person",
  },
  {
    type: "pagerduty:index/service:Service",
    path: "alertGroupingTimeout",
    operators: ["set"],
    reason: "nothing is grouped",
  },
  {
    type: "pagerduty:index/service:Service",
    path: "scheduledActions",
    operators: ["set"],
    reason: "the urgency does not depend on hours",
  },
  {
    type: "pagerduty:index/service:Service",
    path: "supportHours",
    operators: ["set"],
    reason: "the urgency does not depend on hours",
  },
  {
    type: "pagerduty:index/service:Service",
    path: "incidentUrgencyRule.duringSupportHours",
    operators: ["set"],
    reason: "the urgency does not depend on hours",
  },
  {
    type: "pagerduty:index/service:Service",
    path: "incidentUrgencyRule.outsideSupportHours",
    operators: ["set"],
    reason: "the urgency does not depend on hours",
  },
  {
    type: "pagerduty:index/slackConnection:SlackConnection",
    path: "configs",
    operators: ["widened"],
    reason: "told more",
  },
  {
    type: "pagerduty:index/slackConnection:SlackConnection",
    path: "configs.*.events",
    operators: ["widened"],
    reason: "told more",
  },
  {
    type: "pagerduty:index/slackConnection:SlackConnection",
    path: "configs.*.events.*",
    operators: ["dropped"],
    reason: "comments and notes; who has an incident, and how it stands, is asked for",
  },
  {
    type: "pagerduty:index/slackConnection:SlackConnection",
    path: "",
    operators: ["added to what is there"],
    reason: "one more channel of the same workspace",
  },
  {
    type: "datadog:index/incidentType:IncidentType",
    path: "configuration.allowWorkflows",
    operators: ["set to false"],
    reason: "no workflow of the stack depends on it",
  },
  {
    type: "datadog:index/incidentType:IncidentType",
    path: "isDefault",
    operators: ["deleted", "flipped"],
    reason: "which type the form offers first",
  },
  {
    type: "datadog:index/incidentUserDefinedRole:IncidentUserDefinedRole",
    path: "",
    operators: ["added to what is there"],
    reason: "one more role",
  },
  {
    type: "datadog:index/incidentPostmortemTemplate:IncidentPostmortemTemplate",
    path: "",
    operators: ["added to what is there"],
    reason: "one more template that asks for the same",
  },
  {
    type: "datadog:index/incidentUserDefinedField:IncidentUserDefinedField",
    path: "",
    operators: ["added to what is there"],
    reason: "one more field",
  },
  {
    type: "datadog:index/incidentUserDefinedField:IncidentUserDefinedField",
    path: "validValues",
    operators: ["widened"],
    reason: "one more choice",
  },
  {
    type: "datadog:index/incidentUserDefinedField:IncidentUserDefinedField",
    path: "validValues.*",
    operators: ["dropped"],
    reason: "one choice less, and none that is counted",
  },
  {
    type: "datadog:index/incidentNotificationRule:IncidentNotificationRule",
    path: "renotifyOns",
    operators: ["set", "widened"],
    reason: "told more often",
  },
  {
    type: "datadog:index/incidentNotificationRule:IncidentNotificationRule",
    path: "renotifyOns.*",
    operators: ["dropped"],
    reason: "neither severity nor status",
  },
  {
    type: "datadog:index/incidentNotificationRule:IncidentNotificationRule",
    path: "conditions",
    operators: ["widened"],
    reason: "a second condition that holds where the first does",
  },
  {
    type: "datadog:index/incidentNotificationRule:IncidentNotificationRule",
    path: "conditions.*.values",
    operators: ["widened"],
    reason: "told of more",
  },
  {
    type: "datadog:index/incidentNotificationRule:IncidentNotificationRule",
    path: "handles.*",
    operators: ["dropped"],
    reason: "somebody whom the page and the channel reach as well",
  },
];
