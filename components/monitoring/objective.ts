/** From an objective to Datadog's SLO, over 7, 30 and 90 days; 30 days is what alerts and dashboards speak of. */
import * as datadog from "@pulumi/datadog";
import type * as pulumi from "@pulumi/pulumi";
import type { Objective } from "../../model/alerts/objectives.ts";
import { seriesQuery, withinQuery } from "../../model/alerts/query.ts";
import { levelsOf, trafficTag } from "../../model/alerts/traffic.ts";
import type { ServiceSpec, StackSpec } from "../../model/config/stack-spec.ts";
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
  service: ServiceSpec,
  spec: StackSpec,
  checks: readonly datadog.SyntheticsTest[],
  opts: pulumi.CustomResourceOptions,
): datadog.ServiceLevelObjective {
  const { name, title, description, targetPercent, warningPercent } = objective;
  return new datadog.ServiceLevelObjective(
    `${service.name}-${name}`,
    {
      name: `[${spec.product} ${spec.stack}] ${service.name}: ${title}`,
      description,
      tags: [
        ...datadogTags(spec, { service: service.name, objective: name }),
        ...(objective.kind === "requests" ? healthyTags(service) : []),
      ],
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

/** What a healthy service is like: by that, alerts are told from chance. */
function healthyTags(service: ServiceSpec): readonly string[] {
  const levels = service.requestsPerMinute ? levelsOf(service.requestsPerMinute) : [];
  return [`error-target:${service.serviceLevels.errorRate.targetPercent}`, ...levels.map(trafficTag)];
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
    case "fast-requests":
      return {
        type: "metric",
        query: {
          numerator: withinQuery(objective.total, objective.below),
          denominator: seriesQuery(objective.total),
        },
      };
  }
}
