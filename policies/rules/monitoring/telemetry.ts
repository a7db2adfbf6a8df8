/** What must be recorded, so that alerts and people have something to look at. */
import type * as datadog from "@pulumi/datadog";
import type * as vercel from "@pulumiverse/vercel";
import { everyService } from "../../declared/monitoring.ts";
import { taking, throwingAway } from "../../effects/log-filter.ts";
import { all, atLeast, atMost, equals } from "../../expect.ts";
import { type Resource, resourceType } from "../../resource.ts";
import { type Rule, resourceRule, stackRule } from "../../rule.ts";
import { metricRules } from "./metrics.ts";
import { wayInRules } from "./ways-in.ts";

const index = resourceType<datadog.LogsIndexArgs>("datadog:index/logsIndex:LogsIndex");
const rum = resourceType<datadog.RumApplicationArgs>("datadog:index/rumApplication:RumApplication");
const variable = resourceType<vercel.ProjectEnvironmentVariableArgs>(
  "vercel:index/projectEnvironmentVariable:ProjectEnvironmentVariable",
);

/** A fortnight tells what changed since the release before last; staging's tests are of this week. */
const logRetentionDays = { staging: 7, production: 15 } as const;

/** Events a day that a small service of each tier writes. */
const dailyLimit = { staging: 100_000, production: 1_000_000 } as const;

export const telemetryRules: readonly Rule[] = [
  stackRule({
    id: "service-logs-indexed",
    item: "MON-27",
    checkStack: (stack) => {
      const queries = stack.ofType(index).flatMap(({ props }) => props.filters.map(({ query }) => query));
      return everyService(stack, (service) => {
        const flaws = queries.map((query) => taking(query, { env: stack.name, service }));
        if (flaws.includes(undefined)) return undefined;
        const unclear = flaws.find((flaw) => flaw && "doubt" in flaw);
        return unclear ?? { observed: `no log index takes all logs of ${service}`, wanted: "one that does" };
      });
    },
  }),
  resourceRule({
    id: "exclusions-lose-no-fault",
    item: "MON-27",
    type: index,
    check: ({ props }) =>
      (props.exclusionFilters ?? [])
        .filter(({ isEnabled }) => isEnabled !== false)
        .flatMap(({ filters = [] }) => filters)
        .filter(({ sampleRate = 1 }) => sampleRate > 0)
        .flatMap(({ query = "" }) => throwingAway(query) ?? []),
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
    check: ({ props }, { tier }) =>
      all(
        // Where nothing more is taken after a few events, the fault of the day is not among them.
        atLeast(props, "dailyLimit", dailyLimit[tier]),
        equals(props, "disableDailyLimit", false),
        atLeast(props, "dailyLimitWarningThresholdPercentage", 50, "%"),
        atMost(props, "dailyLimitWarningThresholdPercentage", 90, "%"),
      ),
  }),
  ...metricRules,
  ...wayInRules,
  stackRule({
    id: "visits-recorded",
    item: "MON-29",
    checkStack: (stack) =>
      everyService(stack, (service) =>
        stack
          .ofType(rum)
          .some(({ props }) => props.name.endsWith(`-${service}`) && props.rumEventProcessingState === "ALL")
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
