/** The values at which an alert fires, warns and is over. */
import { type MonitorProps, monitor } from "../../declared/monitoring.ts";
import { comparedWith } from "../../effects/monitor-query.ts";
import { type Rule, resourceRule, type Violation } from "../../rule.ts";
import { whenKnown } from "../../unknown-value.ts";

type Thresholds = NonNullable<MonitorProps["monitorThresholds"]>;

export const valueRules: readonly Rule[] = [
  resourceRule({
    id: "alert-values-agree",
    item: "ALERT-20",
    existing: true,
    type: monitor,
    // A composite compares nothing by itself.
    where: ({ props }) => props.type !== "composite",
    check: ({ props }) => {
      const { monitorThresholds = {} } = props;
      // Of an objective's monitor the query holds an id that only the deployment knows.
      const text = props.type === "slo alert" ? whenKnown(() => props.query) : props.query;
      const query = text === undefined ? undefined : comparedWith(text);
      if (text !== undefined && !query)
        return { doubt: "its query says what no rule can read", unlooked: true };
      return [
        ...asQueried(query?.limit, monitorThresholds),
        ...inclusive(text ?? "", query?.comparator),
        ...inOrder(query?.comparator ?? ">", monitorThresholds),
      ];
    },
  }),
];

/** Datadog refuses a monitor whose query and options differ; a state that says so is not what runs. */
function asQueried(limit: number | undefined, { critical }: Thresholds): readonly Violation[] {
  if (critical === undefined) return [{ observed: "monitorThresholds.critical is not set", wanted: "set" }];
  if (limit === undefined || limit === Number(critical)) return [];
  return [
    { observed: `its query compares with ${limit}`, wanted: `${critical}, monitorThresholds.critical` },
  ];
}

/** Datadog, "Forecasts Monitor", "Anomaly Monitor": what is predicted is compared by `>=` or `<=` alone. */
function inclusive(query: string, comparator: string | undefined): readonly Violation[] {
  return /\b(forecast|anomalies|outliers)\(/.test(query) && /^[<>]$/.test(comparator ?? "")
    ? [{ observed: `its query compares a prediction by ${comparator}`, wanted: `${comparator}=` }]
    : [];
}

/** From good to bad: what ends a warning, the warning, the alert; and what ends the alert, before it. */
function inOrder(comparator: string, thresholds: Thresholds): readonly Violation[] {
  const sign = comparator.startsWith("<") ? -1 : 1;
  const pairs = [
    ["warning", "critical"],
    ["criticalRecovery", "critical"],
    ["warningRecovery", "warning"],
  ] as const;
  return pairs.flatMap(([before, after]) => {
    const [sooner, later] = [thresholds[before], thresholds[after]];
    if (sooner === undefined) return [];
    const apart = (Number(later) - Number(sooner)) * sign;
    // A measure of what there is never falls below nothing: an alert that waits for less is never over.
    const reachable = sign < 0 || Number(later) < 0 || Number(sooner) >= 0;
    if (apart > 0 && reachable) return [];
    return [
      {
        observed: `monitorThresholds.${before} is ${sooner}`,
        wanted: `on the good side of ${after}, ${later}`,
      },
    ];
  });
}
