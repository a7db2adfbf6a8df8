/** What weakens nothing of paging and incidents. */
import { because, type Rows, type WithoutBearing } from "./rows.ts";

/** By reason. */
const rows: Readonly<Record<string, Rows>> = {
  "a tag by which people find things": { "pagerduty:index/tagAssignment:TagAssignment": { "": ["removed"] } },
  "a label: an alert arrives by the integration's key": {
    "pagerduty:index/serviceIntegration:ServiceIntegration": { name: ["deleted", "emptied"] },
  },
  "what a policy asks of titles is that those of the leaders are among them": {
    "pagerduty:index/user:User": { jobTitle: ["deleted", "emptied"] },
  },
  "told sooner": {
    "pagerduty:index/userNotificationRule:UserNotificationRule": { startDelayInMinutes: ["very small"] },
  },
  "the next person is told sooner": {
    "pagerduty:index/escalationPolicy:EscalationPolicy": {
      "rules.*.escalationDelayInMinutes": ["very small"],
    },
  },
  "a shorter text of the same incident": {
    "pagerduty:index/userContactMethod:UserContactMethod": { sendShortEmail: ["set to true"] },
  },
  "no time is counted from who has an incident": {
    "pagerduty:index/webhookSubscription:WebhookSubscription": { "events.*": ["dropped"] },
  },
  "how far a page of the schedule shows": {
    "pagerduty:index/schedule:Schedule": { overflow: ["set to true"] },
  },
  "SEV3 is repeated once more, and SEV4 need not be": {
    "pagerduty:index/escalationPolicy:EscalationPolicy": { numLoops: ["very small", "deleted"] },
  },
  "the default, a person": {
    "pagerduty:index/escalationPolicy:EscalationPolicy": { "rules.*.targets.*.type": ["deleted"] },
  },
  "the stack's own team; that it takes PagerDuty Business, COST-01 says": {
    "pagerduty:index/businessService:BusinessService": { team: ["set"] },
  },
  "nothing is grouped": { "pagerduty:index/service:Service": { alertGroupingTimeout: ["set"] } },
  "the urgency does not depend on hours": {
    "pagerduty:index/service:Service": {
      scheduledActions: ["set"],
      supportHours: ["set"],
      "incidentUrgencyRule.duringSupportHours": ["set"],
      "incidentUrgencyRule.outsideSupportHours": ["set"],
    },
  },
  "comments and notes; who has an incident, and how it stands, is asked for": {
    "pagerduty:index/slackConnection:SlackConnection": { "configs.*.events.*": ["dropped"] },
  },
  "the same tool is told twice": {
    "pagerduty:index/webhookSubscription:WebhookSubscription": { "": ["added to what is there"] },
  },
  "no workflow of the stack depends on it": {
    "datadog:index/incidentType:IncidentType": { "configuration.allowWorkflows": ["set to false"] },
  },
  "which type the form offers first": {
    "datadog:index/incidentType:IncidentType": { isDefault: ["flipped"] },
  },
  "one more role": {
    "datadog:index/incidentUserDefinedRole:IncidentUserDefinedRole": { "": ["added to what is there"] },
  },
  "one more template that asks for the same": {
    "datadog:index/incidentPostmortemTemplate:IncidentPostmortemTemplate": { "": ["added to what is there"] },
  },
  "one choice less, and none that is counted": {
    "datadog:index/incidentUserDefinedField:IncidentUserDefinedField": { "validValues.*": ["dropped"] },
  },
  "told more often": {
    "datadog:index/incidentNotificationRule:IncidentNotificationRule": { renotifyOns: ["set"] },
  },
  "neither severity nor status": {
    "datadog:index/incidentNotificationRule:IncidentNotificationRule": { "renotifyOns.*": ["dropped"] },
  },
  "somebody whom the page and the channel reach as well": {
    "datadog:index/incidentNotificationRule:IncidentNotificationRule": { "handles.*": ["dropped"] },
  },
};

export const pagingRows: readonly WithoutBearing[] = Object.entries(rows).flatMap(([reason, of]) =>
  because(reason, of),
);
