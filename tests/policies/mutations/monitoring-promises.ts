import { drop, type Mutation, on, set, unset } from "./mutation.ts";

const monitor = (name: string) => ({ type: "datadog:index/monitor:Monitor", name });
const objective = (name: string) => ({
  type: "datadog:index/serviceLevelObjective:ServiceLevelObjective",
  name,
});
const downtime = "datadog:index/downtimeSchedule:DowntimeSchedule";
const correction = (endpointClass: string) => ({
  type: "datadog:index/sloCorrection:SloCorrection",
  name: `portal-latency-${endpointClass}-maintenance`,
});

export const monitoringPromiseMutations: readonly Mutation[] = [
  {
    rule: "availability-slow-burn-alerted",
    also: ["service-levels-agree", "service-levels-only"],
    title: "it watches no objective of the stack",
    change: on(monitor("portal-availability-slow-burn"), (r) => ({ ...r, propertyDependencies: {} })),
  },
  ...Object.entries({ fast: "20", medium: "10", slow: "5" }).map(([speed, rate]) => ({
    rule: `latency-${speed}-burn-alerted`,
    also: ["service-levels-agree"],
    title: `searches may burn their budget at ${rate}`,
    change: on(monitor(`portal-latency-${speed}-burn-search`), set("monitorThresholds.critical", rate)),
  })),
  {
    rule: "latency-fast-burn-alerted",
    also: ["service-levels-agree"],
    title: "nobody watches the lists",
    change: drop(monitor("portal-latency-fast-burn-list")),
  },
  {
    rule: "burn-rates-reachable",
    also: ["service-levels-agree"],
    title: "a target at which the budget cannot burn so fast",
    change: on(objective("portal-latency-read"), set("targetThreshold", 90)),
  },
  {
    rule: "burn-rates-reachable",
    title: "a long window of three days, once the query is known",
    change: on(
      monitor("portal-latency-slow-burn-read"),
      set("query", 'burn_rate("abc").over("30d").long_window("72h").short_window("360m") > 3'),
    ),
  },
  {
    rule: "availability-promised",
    also: ["service-levels-agree"],
    title: "one request in a hundred may fail",
    change: on(objective("portal-availability"), set("targetThreshold", 99)),
  },
  {
    rule: "uptime-promised",
    also: ["service-levels-agree"],
    title: "seven hours a month may be down",
    change: on(objective("portal-uptime"), set("targetThreshold", 99)),
  },
  {
    rule: "uptime-promised",
    title: "it counts no check",
    change: on(objective("portal-uptime"), (r) => ({ ...r, propertyDependencies: {} })),
  },
  {
    rule: "class-latency-promised",
    also: ["service-levels-agree"],
    title: "a second is good enough for a search",
    change: on(objective("portal-latency-search"), set("sliSpecification.timeSlice.threshold", 1e9)),
  },
  {
    rule: "status-page-public",
    title: "customers cannot see it",
    change: on("datadog:index/statusPage:StatusPage", set("type", "internal")),
  },
  {
    rule: "status-page-shows-services",
    title: "a service has no parts",
    change: on("datadog:index/statusPageComponent:StatusPageComponent", unset("components")),
  },
  {
    rule: "status-page-shows-services",
    title: "a service is on no page",
    stack: "staging",
    change: on("datadog:index/statusPageComponent:StatusPageComponent", (r) => ({
      ...r,
      propertyDependencies: {},
    })),
  },
  {
    rule: "downtimes-limited-to-maintenance",
    title: "every monitor of the stack is muted",
    change: on(downtime, set("monitorIdentifier.monitorTags", ["product:portal", "environment:prod"])),
  },
  {
    rule: "downtimes-short",
    title: "a night",
    change: on(downtime, set("recurringSchedule.recurrences.0.duration", "8h")),
  },
  {
    rule: "downtimes-short",
    title: "every day",
    change: on(downtime, set("recurringSchedule.recurrences.0.rrule", "FREQ=DAILY;INTERVAL=1;BYDAY=SU")),
  },
  {
    rule: "downtimes-when-maintained",
    title: "an hour late",
    change: on(downtime, set("recurringSchedule.recurrences.0.start", "2026-01-04T04:00:00")),
  },
  {
    rule: "downtimes-when-maintained",
    title: "the same hour of another day",
    change: on(downtime, set("recurringSchedule.recurrences.0.rrule", "FREQ=WEEKLY;INTERVAL=1;BYDAY=MO")),
  },
  {
    rule: "maintenance-mutes-no-urgent-alert",
    title: "maintenance mutes an outage",
    // Behind the seven tags that every alert has.
    change: on(monitor("portal-service-outage"), set("tags.7", "maintenance:database")),
  },
  {
    rule: "promises-not-corrected",
    title: "availability is made to look better",
    change: on(correction("search"), (r) => ({
      ...r,
      propertyDependencies: {
        sloId: ["urn:pulumi:prod::portal::datadog:index/serviceLevelObjective:ServiceLevelObjective::x"],
      },
    })),
  },
  {
    rule: "promises-not-corrected",
    title: "a night a week does not count",
    change: on(correction("search"), set("duration", 8 * 3600)),
  },
];
