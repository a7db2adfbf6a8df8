import type { Registration } from "../../../readiness/engine/registration.ts";
import { type Change, drop, type Mutation, on, set, unset } from "./mutation.ts";

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

/** Says something else at a path. */
function edit(path: string, old: string, text: string): Change {
  return (r) => {
    const [outer = "", inner = ""] = path.split(".");
    const said = (r.props[outer] as Readonly<Record<string, string>>)[inner] ?? "";
    return set(path, said.replace(old, text))(r);
  };
}

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
    also: ["class-latency-promised", "service-levels-agree"],
    title: "a target at which the budget cannot burn so fast",
    change: on(objective("portal-latency-read"), set("targetThreshold", 90)),
  },
  {
    rule: "latency-slow-burn-alerted",
    title: "a week's budget, once the query is known",
    change: on(
      monitor("portal-latency-slow-burn-read"),
      set("query", 'burn_rate("abc").over("7d").long_window("24h").short_window("120m") > 3'),
    ),
  },
  {
    rule: "burn-rates-reachable",
    also: ["latency-slow-burn-alerted"],
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
  ...Object.entries({
    "its numerator is its denominator": (r: Registration) =>
      set("query.numerator", (r.props["query"] as { denominator: string }).denominator)(r),
    "failed requests are good": edit("query.numerator", " - sum:", " + sum:"),
    "a tag that the metric does not have": (r: Registration) => {
      const { denominator } = r.props["query"] as { denominator: string };
      return set("query.numerator", denominator.replace("}", ",!http.status_class:5xx}"))(r);
    },
    "good requests of another service": edit("query.numerator", "service:portal", "service:other"),
    "a period without a promise": set("thresholds.2.target", 50),
    "no month": set("thresholds.1.timeframe", "7d"),
    "a warning that comes too late": set("warningThreshold", 99),
  }).map(([title, change]) => ({
    rule: "availability-promised",
    also: title.startsWith("a period") ? ["service-levels-agree"] : [],
    title,
    change: on(objective("portal-availability"), change),
  })),
  ...Object.entries({
    "slow requests are good": edit("query.numerator", "v<=", "v>="),
    "requests of another class are good": edit("query.numerator", "class:search", "class:list"),
  }).map(([title, change]) => ({
    rule: "class-latency-promised",
    also: title.startsWith("slow") ? ["service-levels-agree"] : [],
    title,
    change: on(objective("portal-latency-search"), change),
  })),
  {
    rule: "uptime-promised",
    title: "it leaves out the homepage",
    change: on(objective("portal-uptime"), (r) => ({
      ...r,
      propertyDependencies: {
        ...r.propertyDependencies,
        monitorIds: (r.propertyDependencies["monitorIds"] ?? []).filter((urn) => !urn.endsWith("-homepage")),
      },
    })),
  },
  {
    rule: "uptime-promised",
    title: "it counts a check less",
    change: on(objective("portal-uptime"), unset("monitorIds.0")),
  },
  {
    rule: "uptime-promised",
    title: "it counts one location alone",
    change: on(objective("portal-uptime"), set("groups", ["location:aws:eu-central-1"])),
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
    change: on(objective("portal-latency-search"), edit("query.numerator", "250000000", "1000000000")),
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
    title: "two parts at one place",
    change: on("datadog:index/statusPageComponent:StatusPageComponent", set("components.1.position", 0)),
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
    rule: "downtimes-limited-to-maintenance",
    title: "every product's maintenance",
    change: on(
      downtime,
      set("monitorIdentifier.monitorTags", ["product:*", "environment:prod", "maintenance:database"]),
    ),
  },
  {
    rule: "downtimes-short",
    also: ["downtimes-when-maintained"],
    title: "ten years, once",
    change: on(downtime, (r) => ({
      ...r,
      props: {
        ...r.props,
        recurringSchedule: undefined,
        oneTimeSchedule: { start: "2026-01-01T00:00:00Z", end: "2036-01-01T00:00:00Z" },
      },
    })),
  },
  {
    rule: "downtimes-tell-what-lasts",
    title: "nothing",
    change: on(downtime, set("notifyEndStates", ["no data"])),
  },
  {
    rule: "downtimes-when-maintained",
    title: "in another time zone",
    change: on(downtime, set("recurringSchedule.timezone", "America/New_York")),
  },
  {
    rule: "promises-not-corrected",
    title: "every hour",
    change: on(correction("list"), set("rrule", "FREQ=HOURLY;INTERVAL=1")),
  },
  {
    rule: "corrections-when-maintained",
    title: "on Monday morning",
    change: on(correction("list"), set("rrule", "FREQ=WEEKLY;INTERVAL=1;BYDAY=MO")),
  },
  {
    rule: "downtimes-short",
    title: "a night",
    change: on(downtime, set("recurringSchedule.recurrences.0.duration", "8h")),
  },
  {
    rule: "downtimes-short",
    also: ["downtimes-when-maintained"],
    title: "every day",
    change: on(downtime, set("recurringSchedule.recurrences.0.rrule", "FREQ=DAILY;INTERVAL=1")),
  },
  {
    rule: "downtimes-when-maintained",
    title: "since the year's first Sunday",
    change: on(downtime, set("recurringSchedule.recurrences.0.start", "2026-01-04T03:00:00"), (r) => ({
      ...r,
      ignoreChanges: [],
    })),
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
