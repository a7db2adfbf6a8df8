import type { ChecklistRows } from "./row.ts";

const section = "Paging";
const proof = "policy";

/** What holds of the way from a fault to a person as a whole; its links stand under alert routing and on-call. */
export const proofItems = {
  "PAGE-01": {
    section,
    statement: "Whoever does not answer an urgent page is followed by somebody else",
    proof,
    why: "An escalation that comes back to the same sleeping person is none.",
    remedy:
      "Give onCall.primary and onCall.backup in {stackFile} different people, none of them a lead, and the severity's levels in model/on-call/escalation.ts different rotations.",
  },
  "PAGE-02": {
    section,
    statement: "Everybody's notifications go to their own phone and address",
    proof,
    why: "A rule copied from a colleague rings the colleague, and the person on call sleeps on.",
    remedy: "Take the contact method of the same person in components/on-call/person.ts.",
  },
  "PAGE-03": {
    section,
    statement:
      "Every level has been told of an outage within its severity's response time of the first failed request",
    proof,
    why: "The promise is made to users, and their clock starts with the fault, not with the alert.",
    remedy:
      "Shorten the part that takes longest: window or delay of the alert under model/alerts/, monitoring.uptimeIntervalSeconds or otherChecksIntervalSeconds in {stackFile}, the waits in model/on-call/escalation.ts.",
  },
  "PAGE-04": {
    section,
    statement: "A total outage rings a phone within two minutes, whether it fails, hangs or is unreachable",
    proof,
    why: "Each minute of an outage costs more of the month's error budget than any other minute.",
    remedy:
      "Lower monitoring.uptimeIntervalSeconds in {stackFile}, or the timeout and retries in components/monitoring/synthetic-check.ts.",
  },
  "PAGE-05": {
    section,
    statement: "No urgent alert ends because time has passed",
    proof,
    why: "Datadog takes an alert back after timeoutH hours without data, while the fault may still be there.",
    remedy: "Take timeoutH away in components/monitoring/monitor.ts.",
  },
  "PAGE-06": {
    section,
    statement: "A total outage calls once: what else tells of it joins what the first SEV1 has opened",
    proof,
    why: "Whoever has to acknowledge thirty calls of one outage mends nothing meanwhile, and mutes the thirty-first.",
    remedy:
      "Set onCall.alertGrouping in {stackFile}, which takes PagerDuty's AIOps; keep the window of components/on-call/paging-service.ts at the response time, the services that a SEV1 names in components/monitoring/message.ts, and the wait of model/alerts/catalogue.ts.",
  },
  "PAGE-07": {
    section,
    statement: "While nothing is wrong, chance rings nobody more than once a quarter",
    proof,
    why: "Whoever is woken for nothing sleeps through the next page.",
    remedy:
      "Take back the window or the failures that it takes more of, under model/alerts/catalogue/; or set requestsPerMinute of the service in {stackFile} to what reaches it.",
  },
  "PAGE-08": {
    section,
    statement: "Where a part of the requests fails, a phone rings in time, however quiet the alerts are",
    proof,
    why: "An alert that waits for enough failures may wait for ever where few requests come.",
    remedy:
      "Lower the share or the failures that errorRate in model/alerts/catalogue/request-alerts.ts takes, as far as PAGE-07 allows.",
  },
  "LEVEL-01": {
    section: "Monitoring",
    statement:
      "A service level has the same numbers in its monitors, objectives, checks, messages and dashboards",
    proof,
    why: "Two numbers for one promise: the graph looks fine while the pager rings, or the other way round.",
    remedy:
      "Take the number from serviceLevels of {stackFile}, by way of model/alerts/, wherever it stands in components/monitoring/.",
  },
  "LEVEL-02": {
    section: "Monitoring",
    statement: "No monitor, objective, check or dashboard holds a service to a level that nobody promised",
    proof,
    why: "A leftover threshold pages people for what was never agreed, and nobody knows which number counts.",
    remedy:
      "Take it away, or make it a level: in model/service-levels/targets.ts and policies/declared/service-levels/levels.ts.",
  },
} as const satisfies ChecklistRows;
