/** Alerts that compare with the past: until there is a past, they cannot fire. */
import { type MonitorProps, monitor, tagged, tagOf } from "../../declared/monitoring.ts";
import { eachRule } from "../../each-rule.ts";
import { type Expression, seriesIn } from "../../effects/metric-expression.ts";
import { parseQuery } from "../../effects/monitor-query.ts";
import type { Resource, Stack } from "../../resource.ts";
import type { Rule } from "../../rule.ts";

/** Datadog, "Anomaly Monitor", "Seasonality": it takes three times the season; weekly, unless another is named. */
const learningDays: Readonly<Record<string, number>> = { hourly: 1, daily: 3, weekly: 21 };

/** A product that was launched this week is not unwatched for longer. */
const longestDays = 7;

export const learningRules: readonly Rule[] = [
  eachRule({
    id: "anomalies-backed-by-thresholds",
    item: "MON-36",
    each: monitor,
    where: isAnomaly,
    check: (resource, stack) => {
      const query = parseQuery(resource.props.query);
      if (query?.kind !== "metric" || query.expression.kind !== "function") {
        return { doubt: "its query says what no rule can read" };
      }
      const days = daysOf(query.expression);
      if (days === undefined) return { doubt: "after what time its season comes back" };
      const metrics = seriesIn(query.expression).map(({ metric }) => metric);
      return days <= longestDays || metrics.every((metric) => hasThreshold(metric, resource, stack))
        ? undefined
        : {
            observed: `it learns for ${days} days before it can fire, and no threshold stands beside it`,
            wanted: `one on ${metrics.join(" and ")}, or a season of a day`,
          };
    },
  }),
];

function isAnomaly({ props }: Resource<MonitorProps>): boolean {
  return props.type !== "slo alert" && props.query.includes("anomalies(");
}

function daysOf({ args }: Expression & { kind: "function" }): number | undefined {
  // The basic algorithm knows no season: it looks at the last hours.
  if (args[0] === "'basic'") return 0;
  const [, season = "weekly"] = args.map((arg) => /^seasonality='(\w+)'$/.exec(arg)).find(Boolean) ?? [];
  return learningDays[season];
}

/** Whether another alert of the same subject compares the metric with a number. */
function hasThreshold(metric: string, of: Resource<MonitorProps>, stack: Stack): boolean {
  return tagged(stack.ofType(monitor), { service: tagOf(of, "service") ?? "" })
    .filter(({ props }) => props.type === "query alert" && !/\b(anomalies|forecast)\(/.test(props.query))
    .some(({ props }) => props.query.includes(`:${metric}{`));
}
