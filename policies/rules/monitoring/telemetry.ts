/** What must be recorded, so that alerts and people have something to look at. */
import type * as datadog from "@pulumi/datadog";
import type * as vercel from "@pulumiverse/vercel";
import { everyService } from "../../declared/monitoring.ts";
import { all, atLeast, equals, present } from "../../expect.ts";
import { type Resource, resourceType } from "../../resource.ts";
import { type Rule, resourceRule, stackRule } from "../../rule.ts";

const index = resourceType<datadog.LogsIndexArgs>("datadog:index/logsIndex:LogsIndex");
const logsMetric = resourceType<datadog.LogsMetricArgs>("datadog:index/logsMetric:LogsMetric");
const spansMetric = resourceType<datadog.SpansMetricArgs>("datadog:index/spansMetric:SpansMetric");
const rum = resourceType<datadog.RumApplicationArgs>("datadog:index/rumApplication:RumApplication");
const variable = resourceType<vercel.ProjectEnvironmentVariableArgs>(
  "vercel:index/projectEnvironmentVariable:ProjectEnvironmentVariable",
);

/** A fortnight tells what changed since the release before last; staging's tests are of this week. */
const logRetentionDays = { staging: 7, production: 15 } as const;

export const telemetryRules: readonly Rule[] = [
  stackRule({
    id: "service-logs-indexed",
    item: "MON-27",
    checkStack: (stack) => {
      const queries = stack.ofType(index).flatMap(({ props }) => props.filters.map(({ query }) => query));
      return everyService(stack, (service) =>
        queries.some((query) => query.split(/[^\w-]+/).includes(service))
          ? undefined
          : { observed: `no log index takes the logs of ${service}`, wanted: "one that does" },
      );
    },
  }),
  resourceRule({
    id: "logs-retained",
    adjustable: true,
    item: "MON-27",
    type: index,
    check: ({ props }, { tier, floor }) =>
      atLeast(props, "retentionDays", floor(logRetentionDays[tier]), "days"),
  }),
  resourceRule({
    id: "log-volume-limited",
    item: "MON-27",
    type: index,
    check: ({ props }) => all(present(props, "dailyLimit"), equals(props, "disableDailyLimit", false)),
  }),
  stackRule({
    id: "error-logs-counted",
    item: "MON-28",
    checkStack: (stack) =>
      stack.ofType(logsMetric).some(({ props }) => /status:\(?error/.test(props.filter.query))
        ? undefined
        : { observed: "no metric counts error logs", wanted: "declared" },
  }),
  stackRule({
    id: "requests-counted",
    item: "MON-28",
    checkStack: (stack) =>
      stack.ofType(logsMetric).some(({ props }) => groupedBy(props.groupBies, "status_code"))
        ? undefined
        : { observed: "no metric counts requests by status code", wanted: "declared" },
  }),
  stackRule({
    id: "class-latency-measured",
    item: "MON-28",
    checkStack: (stack) =>
      stack
        .ofType(spansMetric)
        .some(
          ({ props: { compute, groupBies } }) =>
            compute.path === "@duration" &&
            compute.includePercentiles &&
            groupedBy(groupBies, "endpoint_class"),
        )
        ? undefined
        : { observed: "no metric has percentiles of durations by endpoint class", wanted: "declared" },
  }),
  stackRule({
    id: "visits-recorded",
    item: "MON-29",
    checkStack: (stack) =>
      everyService(stack, (service) =>
        stack
          .ofType(rum)
          .some(({ props }) => props.name.endsWith(`-${service}`) && props.rumEventProcessingState !== "NONE")
          ? undefined
          : { observed: `no RUM application records visits of ${service}`, wanted: "declared" },
      ),
  }),
  resourceRule({
    id: "visit-token-secret",
    item: "MON-29",
    type: rum,
    check: ({ additionalSecretOutputs }) =>
      additionalSecretOutputs.includes("clientToken")
        ? undefined
        : { observed: "clientToken is plain in state", wanted: "an additional secret output" },
  }),
  stackRule({
    id: "traces-complete",
    item: "MON-30",
    checkStack: (stack) =>
      everyService(stack, (service) => {
        const samplers = stack
          .ofType(variable)
          .filter(({ parent, props }) => parent?.name === service && props.key === "OTEL_TRACES_SAMPLER");
        if (samplers.length === 0)
          return { observed: `${service} is not told to report every trace`, wanted: "told" };
        return samplers.flatMap((resource) => {
          const violation = equals(resource.props, "value", "always_on");
          return violation ? [{ ...violation, resource: resource as Resource }] : [];
        });
      }),
  }),
];

function groupedBy(
  groups: readonly { readonly tagName?: string | undefined }[] | undefined,
  tag: string,
): boolean {
  return groups?.some(({ tagName }) => tagName === tag) ?? false;
}
