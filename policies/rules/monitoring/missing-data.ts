/** What monitors make of silence. */
import { databasesOfAws } from "../../../model/parts.ts";
import { type MonitorProps, monitor, tagOf } from "../../declared/monitoring.ts";
import { equals, oneOf } from "../../expect.ts";
import type { Resource } from "../../resource.ts";
import { type Rule, resourceRule } from "../../rule.ts";

/** Datadog's API, monitor option `on_missing_data`; the SDK's documentation camel-cases the values. */
const choices = ["resolve", "default", "show_no_data", "show_and_notify_no_data"];

export const missingDataRules: readonly Rule[] = [
  resourceRule({
    id: "missing-data-decided",
    item: "MON-31",
    type: monitor,
    // An SLO always has a value; Datadog refuses the option there.
    where: ({ props }) => props.type !== "slo alert",
    check: ({ props }) => oneOf(props, "onMissingData", choices),
  }),
  resourceRule({
    id: "missing-traffic-notifies",
    item: "MON-05",
    type: monitor,
    where: (resource) => tagOf(resource, "alert") === "traffic-drop",
    check: ({ props }) =>
      decided(props) ? equals(props, "onMissingData", "show_and_notify_no_data") : undefined,
  }),
  resourceRule({
    id: "missing-reports-notify",
    item: "MON-38",
    // Whoever looks for too little means silence, too.
    existing: ({ props }) =>
      props.type !== "slo alert" &&
      /<=?\s*[\d.]+\s*$/.test(props.query ?? "") &&
      props.onMissingData === "resolve"
        ? {
            observed: "onMissingData is resolve, which ends the alert when nothing comes at all",
            wanted: "show_and_notify_no_data",
          }
        : undefined,
    type: monitor,
    where: watchesSilence,
    check: ({ props }) =>
      decided(props) ? equals(props, "onMissingData", "show_and_notify_no_data") : undefined,
  }),
  resourceRule({
    id: "missing-errors-recover",
    item: "MON-31",
    type: monitor,
    // No request that failed: silence must neither page nor keep an old alert open.
    where: (resource) => watchesErrors(resource),
    check: ({ props }) =>
      decided(props) ? oneOf(props, "onMissingData", ["resolve", "default"]) : undefined,
  }),
  resourceRule({
    id: "missing-measurements-not-well",
    item: "MON-31",
    needs: { database: databasesOfAws },
    type: monitor,
    // What runs all the time is measured all the time: a database that reports nothing is not a database that is well.
    where: ({ props }) => props.type === "query alert" && /:aws\.(rds|elasticache)\./.test(props.query),
    check: ({ props }) =>
      decided(props) && props.onMissingData === "resolve"
        ? { observed: "onMissingData is resolve", wanted: "that nobody takes silence for an end" }
        : undefined,
  }),
  resourceRule({
    id: "sparse-metrics-evaluated",
    item: "MON-32",
    type: monitor,
    where: ({ props }) => props.type === "query alert",
    check: ({ props }) => equals(props, "requireFullWindow", false),
  }),
];

/** Otherwise it is for `missing-data-decided` to say. */
function decided({ onMissingData }: MonitorProps): boolean {
  return onMissingData !== undefined && choices.includes(onMissingData);
}

/** Alerts on what must report all the time; `traffic-drop` has a rule of its own. */
function watchesSilence(resource: Resource<MonitorProps>): boolean {
  return /-(silent|missing|missed)$/.test(tagOf(resource, "alert") ?? "");
}

function watchesErrors(resource: Resource<MonitorProps>): boolean {
  const alert = tagOf(resource, "alert") ?? "";
  return alert.startsWith("error-rate") || alert === "service-outage" || alert === "log-error-burst";
}
