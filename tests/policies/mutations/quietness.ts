import { type Mutation, on, set } from "./mutation.ts";

const monitor = (name: string) => ({ type: "datadog:index/monitor:Monitor", name });
const slo = {
  type: "datadog:index/serviceLevelObjective:ServiceLevelObjective",
  name: "portal-availability",
};
const own = "env:prod,service:portal";
const errors = `default_zero(sum:trace.http.server.request.errors{${own}}.as_count())`;
const hits = `sum:trace.http.server.request.hits{${own}}.as_count()`;

export const quietnessMutations: readonly Mutation[] = [
  {
    rule: "alerts-rarely-ring-by-chance",
    // What fires at nothing beyond the share has no side on which it is over.
    also: ["alert-values-agree"],
    title: "the failures that a share takes more of are taken away",
    change: on(
      monitor("portal-error-rate-high"),
      set("query", `sum(last_10m):${errors} - 0.01 * ${hits} > 0`),
      set("monitorThresholds.critical", "0"),
    ),
  },
  {
    rule: "alerts-rarely-ring-by-chance",
    title: "a percentile is judged over five minutes",
    change: on(
      monitor("portal-latency-list"),
      set(
        "query",
        `percentile(last_5m):p95:portal.prod.request.duration{${own},endpoint_class:list} > 300000000`,
      ),
    ),
  },
  {
    rule: "alerts-rarely-ring-by-chance",
    title: "fewer requests are declared than the checks alone send",
    change: on(slo, (r) => ({
      ...r,
      props: { ...r.props, tags: [...(r.props["tags"] as string[]), "traffic:5/168h"] },
    })),
  },
  {
    rule: "alerts-rarely-ring-by-chance",
    title: "one lost run of a job rings",
    change: on(
      monitor("portal-heartbeat-missed-send-reminders"),
      set("query", `sum(last_90m):sum:job.completed{${own},job:send-reminders}.as_count() < 1`),
    ),
  },
  {
    rule: "healthy-service-rings-nobody",
    title: "every class of endpoints is judged a little too soon",
    change: on(
      { type: "datadog:index/monitor:Monitor", name: /^portal-latency-(list|read|write|analytics|search)$/ },
      (r) => set("query", String(r.props["query"]).replace("last_30m", "last_22m"))(r),
    ),
  },
  {
    rule: "failing-requests-noticed",
    title: "a share of a tenth has to fail before anybody is told",
    also: ["error-rate-high-alerted", "service-levels-agree"],
    change: on(
      monitor("portal-error-rate-high"),
      set("query", `sum(last_10m):${errors} - 0.1 * ${hits} > 3`),
    ),
  },
];
