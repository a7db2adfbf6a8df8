/** From an objective to Datadog's SLO, over 7, 30 and 90 days; 30 days is what alerts and dashboards speak of. */
import * as datadog from "@pulumi/datadog";
import type * as pulumi from "@pulumi/pulumi";
import type { Objective } from "../../model/alerts/objectives.ts";
import { seriesQuery } from "../../model/alerts/query.ts";
import type { StackSpec } from "../../model/config/stack-spec.ts";
import { sloPeriods } from "../../model/service-levels/burn-rate.ts";
import { datadogTags } from "../tags.ts";

/** An objective, and what stands for it in Datadog. */
export interface DeclaredObjective {
  readonly objective: Objective;
  readonly resource: datadog.ServiceLevelObjective;
}

/**
 * @param checks the service's synthetic checks, which an objective of uptime counts
 */
export function createObjective(
  objective: Objective,
  service: string,
  spec: StackSpec,
  checks: readonly datadog.SyntheticsTest[],
  opts: pulumi.CustomResourceOptions,
): datadog.ServiceLevelObjective {
  const { name, title, description, targetPercent, warningPercent } = objective;
  return new datadog.ServiceLevelObjective(
    `${service}-${name}`,
    {
      name: `[${spec.product} ${spec.stack}] ${service}: ${title}`,
      description,
      tags: datadogTags(spec, { service, objective: name }),
      timeframe: "30d",
      targetThreshold: targetPercent,
      warningThreshold: warningPercent,
      thresholds: sloPeriods.map((days) => ({
        timeframe: `${days}d`,
        target: targetPercent,
        warning: warningPercent,
      })),
      ...indicator(objective, checks),
    },
    opts,
  );
}

type Indicator = Pick<datadog.ServiceLevelObjectiveArgs, "type"> & Partial<datadog.ServiceLevelObjectiveArgs>;

function indicator(objective: Objective, checks: readonly datadog.SyntheticsTest[]): Indicator {
  switch (objective.kind) {
    case "requests": {
      const total = seriesQuery(objective.total);
      return {
        type: "metric",
        query: { numerator: `${total} - ${seriesQuery(objective.failed)}`, denominator: total },
      };
    }
    case "checks":
      return { type: "monitor", monitorIds: checks.map((check) => check.monitorId) };
    case "time-slices":
      return {
        type: "time_slice",
        sliSpecification: {
          timeSlice: {
            comparator: "<=",
            threshold: objective.below,
            queryIntervalSeconds: 300,
            query: {
              formula: { formulaExpression: "latency" },
              queries: [{ metricQuery: { name: "latency", query: seriesQuery(objective.series) } }],
            },
          },
        },
      };
  }
}
