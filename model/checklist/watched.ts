import type { ChecklistRows } from "./row.ts";

const section = "Monitoring";
const proof = "policy";

/** What the monitoring looks at: its own product, whole, at every hour. */
export const watchedItems = {
  "MON-39": {
    section,
    statement: "Maintenance mutes for an hour a week, in the database's window, and nothing urgent",
    proof,
    why: "A downtime that is too wide hides the incident that maintenance caused.",
    remedy: "Mend components/monitoring/maintenance.ts and model/alerts/maintenance.ts.",
  },
  "MON-40": {
    section,
    statement: "No correction takes downtime out of what is promised",
    proof,
    why: "Users feel maintenance like any other outage; an objective that leaves it out is not theirs.",
    remedy: "Correct objectives of latency only, in components/monitoring/service-monitoring.ts.",
  },
  "MON-41": {
    section,
    statement: "Every alert looks at the data of its own stack and service",
    proof,
    why: "An alert on another environment is quiet while this one burns.",
    remedy: "Mend the filter of the alert's series under model/alerts/.",
  },
  "MON-42": {
    section,
    statement: "Every check asks the product's own pages, each another, and asserts that they answer well",
    proof,
    why: "A check of another site, or one that takes an error page for well, stays green in an outage.",
    remedy:
      "Take the address from domain and pages in {stackFile}; mend components/monitoring/synthetic-check.ts.",
  },
  "MON-43": {
    section,
    statement: "No option of a check makes it look at some hours only, or overlook what fails",
    proof,
    why: "A check that sleeps at night, or waits for every location to fail, tells of an outage in the morning.",
    remedy: "Take the option away; components/monitoring/synthetic-check.ts sets none of them.",
  },
  "MON-44": {
    section,
    statement: "An outage rings whoever is on call without Datadog, too",
    proof,
    needs: { outsideWatch: ["route53"] },
    why: "While Datadog is down, or cut off from PagerDuty, an outage looks like a quiet night.",
    remedy: "Keep components/outside-watch.ts: health check, alarm, topic and PagerDuty's integration.",
  },
  "MON-45": {
    section,
    statement: "What Vercel's edge answers with errors, and gets no answer to, is watched",
    proof,
    needs: { edge: ["vercel"] },
    why: "What the edge answers by itself no service ever sees: no trace and no log of its own tells of it.",
    remedy: "Mend the alert's row in model/alerts/catalogue/vercel-edge-alerts.ts.",
  },
  "MON-46": {
    section,
    statement: "Whatever else watches for outages has a key of its own to what rings for a SEV1",
    proof,
    needs: { outsideWatch: ["elsewhere"] },
    why: "With Datadog's key it falls silent with Datadog, and without one it can only write a mail.",
    remedy: "Keep components/outside-watch-key.ts, and give the output outsideWatchKey to what watches.",
  },
} as const satisfies ChecklistRows;
