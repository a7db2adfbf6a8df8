import type { ChecklistRows } from "./row.ts";

const section = "On-call";
const proof = "policy";

/** Whether people are reached, and only they: what schedules, policies and connections lead to. */
export const reachItems = {
  "ONC-33": {
    section,
    statement: "A second fault pages although the first is still open",
    proof,
    why: "An alert that joins an open incident tells nobody: the outage after a small fault goes unheard for hours.",
    remedy:
      "Take the grouping of alerts away in components/on-call/paging-service.ts, or shorten its window.",
  },
  "ONC-34": {
    section,
    statement:
      "Whoever has the shift has it for four hours at least, a month at most, and never day and night",
    proof,
    why: "An hour hands an incident on before anybody has understood it; a day of 24 hours is answered by somebody asleep.",
    remedy:
      "Set onCall.turnDays in {stackFile}, let onCall.rotationStart fall on the hour at which a shift begins, and give each crew other people.",
  },
  "ONC-35": {
    section,
    statement: "Everybody's number is one that can ring, and nobody else's",
    proof,
    why: "A digit too few rings nowhere, and a number that two people share rings one of them in the other's shift.",
    remedy: "Correct phone of the person in people of {stackFile}.",
  },
  "ONC-36": {
    section,
    statement: "What is not urgent is in somebody's inbox within an hour",
    proof,
    why: "An incident of low urgency rings nobody: without a rule for it, the shift ends before anybody knows of it.",
    remedy: "Keep the notification of low urgency in components/on-call/person.ts.",
  },
  "ONC-37": {
    section,
    statement: "Whoever is paged may acknowledge the incident",
    proof,
    why: "A stakeholder or observer is woken and can only watch, while the escalation goes on to somebody else.",
    remedy: "Restore the roles in components/on-call/person.ts.",
  },
  "ONC-38": {
    section,
    statement: "Incidents are told to the organisation's own people and tools alone",
    proof,
    why: "A page says what is broken and where: the one reader who should not have it has all it takes.",
    remedy: "Correct people and chat in {stackFile}; keep webhooks to components/on-call/incident-events.ts.",
  },
  "ONC-39": {
    section,
    statement: "Whoever hears of an incident reads a notice that was written for its type",
    proof,
    why: "A notice of another type names other fields, which stay empty: nobody knows what to do.",
    remedy: "Restore the templates of components/incident-management/notifications.ts.",
  },
  "ONC-40": {
    section,
    statement: "What can wait for the morning wakes nobody: SEV3 and SEV4",
    proof,
    why: "Whoever was woken for a misplaced comma sleeps through the outage of the next night.",
    remedy:
      "Restore the urgency of the severity in model/on-call/severities.ts, and take the night out of onCall.supportHours in {stackFile}.",
  },
  "ONC-41": {
    section,
    statement: "PagerDuty knows what customers lose with each service",
    proof,
    why: "Whoever answers for customers looks at the business service, and sees no incident of it.",
    remedy: "Keep the ServiceDependency in components/on-call/paging-service.ts.",
  },
  "ONC-42": {
    section,
    statement: "Nobody has more rights in PagerDuty than responding takes",
    proof,
    why: "Whoever administers the account can silence it, and a program that makes administrators can be asked to.",
    remedy: "Restore the roles in components/on-call/person.ts.",
  },
  "ONC-43": {
    section,
    statement: "Whoever does not answer the first call is called again, before the next person is",
    proof,
    why: "One call is slept through, and PagerDuty takes back the second one as soon as it goes on to somebody else.",
    remedy:
      "Keep the second call of high urgency in components/on-call/person.ts, and a first level that outlasts it in model/on-call/escalation.ts.",
  },
  "ONC-44": {
    section,
    statement: "Where there is no chat, every change of an incident of SEV1 to SEV3 is told by e-mail",
    proof,
    needs: { chat: ["none"] },
    why: "Without a channel nobody can read up on it: who is not told rings the one who is mending it.",
    remedy: "Keep the update rules of components/incident-management/notifications.ts.",
  },
} as const satisfies ChecklistRows;
