import type { ChecklistRows } from "./row.ts";

const section = "On-call";
const proof = "policy";

export const onCallItems = {
  "ONC-01": {
    section,
    statement: "Every severity has an escalation policy of three levels, each with somebody in it",
    proof,
    why: "PagerDuty skips an empty level and drops an event whose policy is empty: the alert reaches nobody.",
    remedy:
      "Give somebody in {stackFile} (people) each role that model/on-call/escalation.ts names, and keep three levels there.",
  },
  "ONC-02": {
    section,
    statement: "Every level has been told within the severity's response time",
    proof,
    why: "A level that is told after the promised response time cannot keep the promise.",
    remedy: "Shorten waitMinutes of the first levels in model/on-call/escalation.ts.",
  },
  "ONC-03": {
    section,
    statement: "A page of SEV1 or SEV2 that nobody answers is repeated",
    proof,
    why: "After its last level a policy falls silent for good, while the incident goes on.",
    remedy: "Raise loops in components/on-call/escalation.ts.",
  },
  "ONC-04": {
    section,
    statement: "Escalation begins with whoever is on call",
    proof,
    why: "A policy that names a person pages them on leave and asleep; a schedule knows whose turn it is.",
    remedy: "Begin the severity's levels in model/on-call/escalation.ts with a schedule.",
  },
  "ONC-05": {
    section,
    statement: "SEV1 reaches the CTO and SEV2 the tech lead",
    proof,
    why: "Whoever may decide on a rollback, an outage notice or a breach has to know while it matters.",
    remedy:
      "Give somebody in {stackFile} (people) the role, and name the role in the severity's levels in model/on-call/escalation.ts.",
  },
  "ONC-06": {
    section,
    statement: "Every crew of the primary and of the backup rotation is staffed",
    proof,
    why: "A rotation of one or two people breaks at the first illness; without a backup a missed page waits for management.",
    remedy: "Add people to primary and backup of onCall, and of each of its shifts, in {stackFile}.",
  },
  "ONC-07": {
    section,
    statement: "A rotation has somebody on call at every minute",
    proof,
    why: "PagerDuty creates no incident when nobody is left to tell: a gap drops the alert without a trace.",
    remedy:
      "Keep a layer without end or restriction below all others in each schedule of components/on-call/escalation.ts.",
  },
  "ONC-08": {
    section,
    statement: "Turns begin at a fixed time, in UTC on a whole minute",
    proof,
    why: "PagerDuty moves any other start, so the rotation on paper is not the one that pages.",
    remedy: "Write onCall.rotationStart in {stackFile} as a UTC time such as 2026-01-05T09:00:00Z.",
  },
  "ONC-09": {
    section,
    statement:
      "Everybody can be reached by SMS and by phone, or by an app whose push messages were proven to ring",
    proof,
    why: "E-mail wakes nobody, and push messages need an app that is signed in and allowed to ring.",
    remedy:
      "Give each of people in {stackFile} a phone; or a device, on which the person has signed in, and the proof of INC-07.",
  },
  "ONC-10": {
    section,
    statement:
      "High urgency sends an SMS and rings the phone within a minute, or the app of who has no number",
    proof,
    why: "Response time starts when the alert fires, not when a person's notification rules get round to it.",
    remedy: "Lower afterMinutes of the high-urgency notifications in components/on-call/person.ts.",
  },
  "ONC-11": {
    section,
    statement: "Every service, and the platform, has a PagerDuty service for each severity",
    proof,
    why: "An alert that is addressed to a PagerDuty service which does not exist is posted and pages nobody.",
    remedy: "Declare the services in components/on-call.ts for everything in services of {stackFile}.",
  },
  "ONC-12": {
    section,
    statement: "A PagerDuty service escalates by the policy of its own severity",
    proof,
    why: "A critical alert on the policy of a minor one reaches people hours late.",
    remedy: "Pass the severity's policy to each PagingService in components/on-call.ts.",
  },
  "ONC-13": {
    section,
    statement:
      "SEV1 and SEV2 have high urgency at every hour, SEV3 in support hours and whatever is open when they begin",
    proof,
    why: "Low urgency neither rings nor escalates.",
    remedy:
      "Restore the urgency of the severity in model/on-call/severities.ts, and widen onCall.supportHours in {stackFile}.",
  },
  "ONC-14": {
    section,
    statement: "An acknowledged incident of SEV1 or SEV2 pages again unless it is resolved",
    proof,
    why: "Acknowledging stops escalation: without an end to it, a responder who falls asleep ends the response.",
    remedy: "Lower acknowledgementTimeout in components/on-call/paging-service.ts.",
  },
  "ONC-15": {
    section,
    statement: "No incident resolves itself by the clock",
    proof,
    why: "An outage that outlasts the timeout disappears from view while it is still going on.",
    remedy: 'Set autoResolveTimeout to "null" in components/on-call/paging-service.ts.',
  },
  "ONC-16": {
    section,
    statement: "PagerDuty keeps every alert with its own identity",
    proof,
    why: "Without alerts behind an incident, recovery of the monitor cannot resolve it and merging loses the cause.",
    remedy: "Set alertCreation to create_alerts_and_incidents in components/on-call/paging-service.ts.",
  },
  "ONC-17": {
    section,
    statement: "Integration keys are encrypted in state",
    proof,
    why: "Whoever has a key can wake the team at will, or flood it while something else goes wrong.",
    remedy: "Name integrationKey in additionalSecretOutputs in components/on-call/paging-service.ts.",
  },
  "ONC-18": {
    section,
    statement: "Datadog pages every PagerDuty service under its own name, with its own key",
    proof,
    why: "Monitors address a service by name: under another name, or with another's key, the page goes astray.",
    remedy:
      "Keep the ServiceIntegration and the ServiceObject of each service in components/on-call/paging-service.ts.",
  },
  "ONC-19": {
    section,
    statement: "Incidents of SEV1 to SEV3 appear in Slack",
    proof,
    needs: { chat: ["slack"] },
    why: "People who could help learn of an incident from customers instead.",
    remedy: "Keep the SlackConnection of each service in components/on-call/paging-service.ts.",
  },
  "ONC-20": {
    section,
    statement: "Datadog records when an incident is paged, acknowledged and resolved",
    proof,
    why: "Without these times nobody knows whether response and recovery get better or worse.",
    remedy: "Keep the webhook of components/on-call/incident-events.ts, with the events that the rule names.",
  },
  "ONC-21": {
    section,
    statement: "Addresses of webhooks are encrypted in state",
    proof,
    why: "The address holds the key by which the receiver knows PagerDuty: whoever reads it can invent incidents.",
    remedy: "Name deliveryMethods in additionalSecretOutputs in components/on-call/incident-events.ts.",
  },
  "ONC-22": {
    section,
    statement: "Incidents have a type of their own, from which none can be deleted",
    proof,
    why: "What went wrong last year is what the next design has to withstand; a deleted incident teaches nobody.",
    remedy: "Keep the IncidentType of components/incident-management.ts, with allowIncidentDeletion false.",
  },
  "ONC-23": {
    section,
    statement: "Whoever declares an incident reads what each severity means",
    proof,
    why: "A complete outage that is declared as a minor one is answered in hours.",
    remedy: "Keep severityGuide() as the createMessage in components/incident-management.ts.",
  },
  "ONC-24": {
    section,
    statement: "An incident has an operations lead, a communications lead and a scribe, one of each",
    proof,
    why: "Where everybody debugs, two people change production at once and nobody tells the customers.",
    remedy: "Restore incidentRoles in model/on-call/incidents.ts, each held by one person.",
  },
  "ONC-25": {
    section,
    statement: "Declaring an incident tells whoever is on call",
    proof,
    why: "Support learns from customers what no alert saw, and does not know whose turn it is.",
    remedy: "Keep the page rules of components/incident-management/notifications.ts.",
  },
  "ONC-26": {
    section,
    statement: "The team's channel follows every change of an incident of SEV1 to SEV3",
    proof,
    needs: { chat: ["slack", "teams"] },
    why: "People who are not told how it stands ask the ones who are mending it.",
    remedy: "Keep the update rules of components/incident-management/notifications.ts.",
  },
  "ONC-27": {
    section,
    statement: "Every incident says what set it off and what ended it",
    proof,
    why: "Without it nobody knows how many deployments fail, nor which kind of failure to work against.",
    remedy:
      "Restore the field trigger in components/incident-management.ts and its choices in model/on-call/incidents.ts.",
  },
  "ONC-28": {
    section,
    statement:
      "Post-mortems follow a template that asks for causes, lessons and owned actions with due dates",
    proof,
    why: "An action without owner and date is not done, and the same incident comes back.",
    remedy: "Restore the missing section in components/incident-management/post-mortem.ts.",
  },
  "ONC-29": {
    section,
    statement: "Announced maintenance never silences SEV1",
    proof,
    why: "An upgrade that ends in an outage pages nobody, in the hours in which it is most likely.",
    remedy: "Leave SEV1 out of the maintenance windows in components/on-call.ts.",
  },
  "ONC-30": {
    section,
    statement: "Maintenance ends within 8 hours",
    proof,
    why: "PagerDuty opens no incident in a maintenance window: a forgotten one is a gap in the rotation.",
    remedy: "Shorten the window in onCall.maintenance of {stackFile}, or announce each night by itself.",
  },
  "ONC-31": {
    section,
    statement: "Maintenance silences a service for at most 24 hours in any 30 days",
    proof,
    why: "Where work is announced for every night, nobody has been paged at night for weeks, and nobody has decided so.",
    remedy:
      "Take windows out of onCall.maintenance in {stackFile}, or lower the severity of what need not page.",
  },
  "ONC-32": {
    section,
    statement: "PagerDuty's services have distinct names, and Datadog one key for each of them",
    proof,
    why: "PagerDuty refuses the second of a name midway through a deployment; of two keys under one name Datadog keeps the last, and a service hears nothing.",
    remedy:
      "Take the names from model/on-call/routing.ts: serviceName in components/on-call.ts is of a service, a stack and a severity.",
  },
} as const satisfies ChecklistRows;
