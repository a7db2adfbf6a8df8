import { type Mutation, on, set, unset } from "./mutation.ts";

const monitor = (name: string) => ({ type: "datadog:index/monitor:Monitor", name });

export const monitoringGapMutations: readonly Mutation[] = [
  {
    rule: "missing-data-decided",
    title: "left to Datadog",
    change: on(monitor("portal-latency-list"), unset("onMissingData")),
  },
  {
    rule: "missing-traffic-notifies",
    title: "silence counts as well",
    change: on(monitor("portal-traffic-drop"), set("onMissingData", "resolve")),
  },
  ...["portal-logs-silent", "platform-aws-metrics-silent", "portal-heartbeat-missed-send-reminders"].map(
    (name) => ({
      rule: "missing-reports-notify",
      title: `${name} takes silence for well`,
      change: on(monitor(name), set("onMissingData", "default")),
    }),
  ),
  {
    rule: "missing-errors-recover",
    title: "no error keeps the alert open",
    change: on(monitor("portal-error-rate"), set("onMissingData", "show_no_data")),
  },
  {
    rule: "sparse-metrics-evaluated",
    title: "a monitor waits for a full window",
    change: on(monitor("portal-latency-list"), set("requireFullWindow", true)),
  },
];
