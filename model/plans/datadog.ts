/** What of Datadog needs which of its products, which are sold one by one. */
import type { Feature, products } from "./plan.ts";

const billing = "docs.datadoghq.com/account_management/billing/pricing (old copy)";
const datadog = (...names: readonly string[]) =>
  names.map((name) => `datadog:index/${name}:${name.charAt(0).toUpperCase()}${name.slice(1)}`);
const product = <const Plan extends (typeof products.datadog)[number]>(plan: Plan) =>
  ({ of: "datadog", plan }) as const;

const priced = { confidence: "cited", source: billing } as const;

export const datadogFeatures = {
  "datadog-synthetics": {
    name: "synthetic checks",
    offer: product("synthetics"),
    ...priced,
    types: datadog("syntheticsTest", "syntheticsGlobalVariable"),
  },
  "datadog-logs": {
    name: "log indexes, and metrics of logs",
    offer: product("logs"),
    ...priced,
    types: datadog("logsIndex", "logsMetric"),
  },
  "datadog-apm": {
    name: "spans and metrics of them",
    offer: product("apm"),
    ...priced,
    types: datadog("spansMetric"),
  },
  "datadog-rum": {
    name: "the watch on real browsers",
    offer: product("rum"),
    confidence: "cited",
    source: "datadoghq.com/pricing/list, as quoted (2026)",
    types: datadog("rumApplication"),
  },
  "datadog-incidents": {
    name: "incident management, with a seat for whoever works on incidents",
    offer: product("incident-management"),
    confidence: "cited",
    source: "docs.datadoghq.com/account_management/billing/incident_response (undated)",
    types: datadog(
      "incidentType",
      "incidentNotificationRule",
      "incidentNotificationTemplate",
      "incidentPostmortemTemplate",
      "incidentUserDefinedField",
      "incidentUserDefinedRole",
    ),
  },
  "datadog-ci-visibility": {
    name: "monitors on pipelines",
    offer: product("ci-visibility"),
    confidence: "guess",
    source: "from memory",
    types: datadog("monitor"),
    uses: ({ type }) => type === "ci-pipelines alert",
  },
  "datadog-status-pages": {
    name: "status pages",
    offer: undefined,
    confidence: "guess",
    source: "no price and no product was found",
    types: datadog("statusPage", "statusPageComponent"),
  },
  "datadog-account": {
    name: "monitors, objectives, dashboards, downtimes, keys and integrations, of any paid account",
    offer: undefined,
    confidence: "guess",
    source: "from memory",
    types: [
      ...datadog(
        "apiKey",
        "dashboard",
        "downtimeSchedule",
        "monitor",
        "serviceLevelObjective",
        "sloCorrection",
        "webhook",
        "webhookCustomVariable",
      ),
      "datadog:pagerduty/serviceObject:ServiceObject",
      "datadog:slack/channel:Channel",
    ],
  },
} as const satisfies Readonly<Record<string, Feature>>;
