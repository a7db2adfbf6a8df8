/** What properties of PagerDuty's resources may be (REST API reference, and the provider's own lists). */
import { pagerDutyZones } from "../../model/on-call/time-zones.ts";
import { filled, flag, ifSet, is, oneOf, reference, type SoundProperties } from "./sound.ts";

const timeZone = {
  wanted: "one of PagerDuty's list, such as Europe/London",
  holds: (zone: unknown) => pagerDutyZones.some((known) => known === zone),
};

export const pagerdutyProperties: Readonly<Record<string, SoundProperties>> = {
  "pagerduty:index/businessService:BusinessService": { team: ifSet(reference) },
  "pagerduty:index/schedule:Schedule": {
    overflow: ifSet(flag),
    teams: filled,
    "teams.*": reference,
  },
  "pagerduty:index/serviceDependency:ServiceDependency": {
    "dependency.dependentServices.*.id": reference,
    "dependency.dependentServices.*.type": oneOf("business_service", "service"),
    "dependency.supportingServices.*.id": reference,
    "dependency.supportingServices.*.type": oneOf("business_service", "service"),
  },
  // Of its two lists of events the provider may ask either: these stand on both.
  "pagerduty:index/slackConnection:SlackConnection": {
    "configs.*.events.*": oneOf(
      "incident.triggered",
      "incident.acknowledged",
      "incident.unacknowledged",
      "incident.escalated",
      "incident.resolved",
      "incident.reassigned",
      "incident.delegated",
      "incident.annotated",
      "incident.priority_updated",
      "incident.responder.added",
      "incident.responder.replied",
      "incident.status_update_published",
    ),
  },
  "pagerduty:index/tagAssignment:TagAssignment": {
    entityId: reference,
    entityType: oneOf("users", "teams", "escalation_policies"),
    tagId: reference,
  },
  "pagerduty:index/user:User": { timeZone },
  "pagerduty:index/userContactMethod:UserContactMethod": { sendShortEmail: ifSet(flag) },
  "pagerduty:index/webhookSubscription:WebhookSubscription": { type: is("webhook_subscription") },
};
