import { type Change, type Mutation, on, set } from "./mutation.ts";

const monitor = (name: string) => ({ type: "datadog:index/monitor:Monitor", name });
const objective = (name: string) => ({
  type: "datadog:index/serviceLevelObjective:ServiceLevelObjective",
  name: `portal-${name}`,
});
const check = (name: string) => ({ type: "datadog:index/syntheticsTest:SyntheticsTest", name });
const operations = { type: "datadog:index/dashboard:Dashboard", name: "portal-monitoring-operations" };

/** Writes something else wherever some text stands in the inputs. */
function replace(text: string, by: string): Change {
  return (r) => ({ ...r, props: JSON.parse(JSON.stringify(r.props).replaceAll(text, by)) });
}

/** Every one is stricter than it has to be, and no floor minds. */
const stricter: Readonly<Record<string, Change>> = {
  "a monitor fires at 200 ms, and the graph's line is at 225": on(
    monitor("portal-latency-read"),
    set("monitorThresholds.critical", "200000000"),
    replace("> 225000000", "> 200000000"),
    replace("alerts above 225 ms", "alerts above 200 ms"),
  ),
  "a monitor is over at 100 ms, and the objective is good at 150": on(
    monitor("portal-latency-read"),
    set("monitorThresholds.criticalRecovery", "100000000"),
  ),
  "a monitor warns at 180 ms, and the graph's line is elsewhere": on(
    monitor("portal-latency-read"),
    set("monitorThresholds.warning", "180000000"),
  ),
  "a message says another number": on(
    monitor("portal-error-rate"),
    replace("it alerts above 0.5 %", "it alerts above 0.4 %"),
  ),
  "a message says none": on(
    monitor("portal-latency-overall"),
    replace("it alerts above 300 ms", "it is slow"),
  ),
  "a graph's line is at another error rate": on(operations, replace('"y = 0.5"', '"y = 0.45"')),
  "a graph has no line": on(operations, replace('"y = 375000000"', '"y"')),
  "an objective is good at 200 ms, and its monitor at 250": on(
    objective("latency-search"),
    replace("v<=250000000", "v<=200000000"),
  ),
  "uptime is promised better than the requests": on(
    objective("uptime"),
    replace('"target":99.5', '"target":99.9'),
    replace('"warning":99.75', '"warning":99.95'),
    set("targetThreshold", 99.9),
    set("warningThreshold", 99.95),
  ),
  "90 days are promised better than 30": on(
    objective("availability"),
    set("thresholds.2.target", 99.9),
    set("thresholds.2.warning", 99.95),
  ),
  "an objective is on no dashboard": on(operations, replace("Objective: the service is up", "Uptime")),
  "a budget may burn at 10 only, and the graph's line is at 14.4": on(
    monitor("portal-availability-fast-burn"),
    set("monitorThresholds.critical", "10"),
  ),
  "the login page may take 2 s, the others 2.5": on(
    check("portal-uptime-page-login"),
    set("assertions.1.target", "2000"),
  ),
  "the cache's monitor fires at 62 %": on(
    monitor("platform-cache-hit-rate-low"),
    set("monitorThresholds.critical", "62"),
    replace(" < 60", " < 62"),
  ),
};

const louder = [
  "a monitor fires at 200 ms, and the graph's line is at 225",
  "the cache's monitor fires at 62 %",
];

export const serviceLevelMutations: readonly Mutation[] = [
  ...Object.entries(stricter).map(([title, change]) => ({
    rule: "service-levels-agree",
    // What is stricter than agreed rings more often by chance.
    also: louder.includes(title) ? ["alerts-rarely-ring-by-chance"] : [],
    title,
    change,
  })),
  {
    rule: "service-levels-agree",
    also: ["alert-values-agree"],
    title: "a monitor fires at 200 ms, and its query says 225",
    change: on(monitor("portal-latency-read"), set("monitorThresholds.critical", "200000000")),
  },
  {
    rule: "service-levels-agree",
    also: ["class-latency-promised"],
    title: "an objective measures another class",
    change: on(objective("latency-search"), replace("endpoint_class:search", "endpoint_class:list")),
  },
  {
    rule: "service-levels-agree",
    title: "staging's pages may take 2 s, and its monitors say 2.5",
    stack: "staging",
    change: on("datadog:index/syntheticsTest:SyntheticsTest", (r) =>
      replace('"target":"2500"', '"target":"2000"')(r),
    ),
  },
  {
    rule: "service-levels-only",
    title: "a line at half a second across the median",
    change: on(operations, (r) => {
      const line = { displayType: "error dashed", value: "y = 0.5" };
      const drawn = (_: string, part: unknown) =>
        isMedian(part) && part.markers.length === 0 ? { ...part, markers: [line] } : part;
      return { ...r, props: JSON.parse(JSON.stringify(r.props), drawn) };
    }),
  },
  {
    rule: "service-levels-only",
    also: ["heartbeat-missed-alerted"],
    title: "a monitor of a job watches the median of requests",
    change: on(
      monitor("portal-heartbeat-missed-send-reminders"),
      set("query", "percentile(last_10m):p50:trace.http.server.request{env:prod,service:portal} > 1"),
    ),
  },
];

/** A graph of the median time of requests. */
function isMedian(part: unknown): part is { readonly markers: readonly object[] } {
  return (
    typeof part === "object" &&
    part !== null &&
    "markers" in part &&
    "requests" in part &&
    JSON.stringify(part.requests).includes("p50:trace")
  );
}
