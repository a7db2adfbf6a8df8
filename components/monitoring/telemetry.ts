import * as datadog from "@pulumi/datadog";
import * as pulumi from "@pulumi/pulumi";
import {
  dailyLogLimit,
  logIndex,
  logPatterns,
  logPatternsOf,
  logsMetric,
  patternTags,
  requestDurationMetric,
  requestFailuresMetric,
} from "../../model/alerts/telemetry.ts";
import { partsOf, type StackSpec } from "../../model/config/stack-spec.ts";
import { datadogTags } from "../tags.ts";

export interface TelemetryArgs {
  readonly spec: StackSpec;
}

const groupByService = [
  { path: "env", tagName: "env" },
  { path: "service", tagName: "service" },
];
/** The provider sorts the paths and leaves the names as they stand: any other order sends them crossed. */
const groupByClass = [{ path: "@endpoint.class", tagName: "endpoint_class" }, ...groupByService];
const classedRequests = "operation_name:http.server.request @endpoint.class:*";

/** What becomes of the services' logs and spans: an index that keeps them, and the metrics made of them. */
export class Telemetry extends pulumi.ComponentResource {
  constructor(name: string, { spec }: TelemetryArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:Telemetry", name, {}, opts);
    const child = { parent: this };
    const services = spec.services.map((s) => s.name).join(" OR ");
    const query = `env:${spec.stack} service:(${services})`;

    new datadog.LogsIndex(
      name,
      {
        name: logIndex(spec),
        filters: [{ query }],
        retentionDays: spec.monitoring.logRetentionDays,
        dailyLimit: dailyLogLimit[spec.tier],
        disableDailyLimit: false,
        dailyLimitWarningThresholdPercentage: 80,
        exclusionFilters: [
          {
            name: "Health checks that pass",
            isEnabled: true,
            filters: [{ query: `${healthPaths(spec)} @http.status_code:200`, sampleRate: 1 }],
          },
        ],
        tags: datadogTags(spec),
      },
      child,
    );
    for (const pattern of logPatternsOf(partsOf(spec))) {
      const tags = Object.entries(patternTags[pattern] ?? {});
      new datadog.LogsMetric(
        `${name}-${pattern.replaceAll("_", "-")}`,
        {
          name: logsMetric(spec, pattern),
          filter: { query: `${query} ${logPatterns[pattern]}` },
          compute: { aggregationType: "count" },
          groupBies: [...groupByService, ...tags.map(([tagName, path]) => ({ path, tagName }))],
        },
        child,
      );
    }
    new datadog.SpansMetric(
      `${name}-request-duration`,
      {
        name: requestDurationMetric(spec),
        filter: { query: `${query} ${classedRequests}` },
        compute: { aggregationType: "distribution", path: "@duration", includePercentiles: true },
        groupBies: groupByClass,
      },
      child,
    );
    new datadog.SpansMetric(
      `${name}-request-failed`,
      {
        name: requestFailuresMetric(spec),
        filter: { query: `${query} ${classedRequests} status:error` },
        compute: { aggregationType: "count" },
        groupBies: groupByClass,
      },
      child,
    );
    this.registerOutputs({});
  }
}

function healthPaths({ services }: StackSpec): string {
  return `@http.url_details.path:(${services.map((s) => `"${s.healthPath}"`).join(" OR ")})`;
}
