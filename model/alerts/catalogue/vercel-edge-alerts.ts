/**
 * Alerts on Vercel's own edge, made of the lines that its log drain brings: of a share of lines, since a function's
 * request brings as many as the function wrote.
 */
import type { StackSpec } from "../../config/stack-spec.ts";
import type { PlatformRows } from "../alert.ts";
import type { MetricSignal, Series } from "../signal.ts";
import { logCountOfAll } from "../telemetry.ts";

const onVercel = { dashboard: "Operations", needs: { edge: ["vercel"] } } as const;

export const vercelEdgeAlerts = {
  "vercel-edge-errors": {
    ...onVercel,
    title: "Vercel's edge answers with errors",
    meaning: "Visitors get errors, perhaps without any request reaching a service: no trace tells of those.",
    severity: "SEV3",
    runbook: "infrastructure",
    graph: "Edge errors",
    signals: (spec) => {
      const answers = logCountOfAll(spec, "edge_requests");
      const failed = { ...answers, filter: { ...answers.filter, edge_status: "5*" } };
      // Ten times the promised error rate, of an hour. A failed request may have several lines:
      // with three for each, and fifteen more, chance still rings less than once a quarter.
      return [share(spec, failed, { percent: 1, more: 15, windowMinutes: 60 })];
    },
  },
  "vercel-edge-unreachable": {
    ...onVercel,
    title: "Vercel's edge gets no answer from behind it",
    meaning:
      "Functions, or what a rewrite leads to, answer nothing: their own metrics and logs are silent, too.",
    severity: "SEV2",
    runbook: "infrastructure",
    graph: "Edge without an answer",
    signals: (spec) => [
      share(spec, logCountOfAll(spec, "edge_unreachable"), { percent: 5, more: 8, windowMinutes: 10 }),
    ],
  },
  "vercel-firewall-blocks-unusual": {
    ...onVercel,
    title: "Vercel's firewall blocks unusually many requests",
    meaning: "An attack that is being stopped, or a rule or rate limit that hits customers.",
    severity: "SEV4",
    runbook: "security",
    graph: "Requests that the firewall blocked",
    signals: (spec) => [
      {
        kind: "anomaly",
        expression: { series: logCountOfAll(spec, "firewall_blocks") },
        direction: "above",
        // No threshold stands beside it, so it may not learn for three weeks first.
        season: "daily",
        windowMinutes: 30,
        evaluationDelaySeconds: 0,
        onMissingData: "resolve",
      },
    ],
  },
  // Our own checks come through the edge all day, so it has something to report at any time.
  "vercel-edge-silent": {
    ...onVercel,
    title: "no log of Vercel's edge arrives",
    meaning: "Nobody watches edge and firewall: the log drain is broken, or brings functions alone.",
    severity: "SEV3",
    runbook: "telemetry",
    graph: "Answers of the edge",
    signals: (spec) => [
      {
        ...counted({ series: logCountOfAll(spec, "edge_requests") }),
        windowMinutes: 15,
        comparator: "<",
        thresholds: { critical: 1 },
        unit: "",
        onMissingData: "show_and_notify_no_data",
      },
    ],
  },
} as const satisfies PlatformRows;

function share(
  spec: StackSpec,
  part: Series,
  { percent, more, windowMinutes }: Readonly<Record<"percent" | "more" | "windowMinutes", number>>,
): MetricSignal {
  return {
    ...counted({ part, whole: [logCountOfAll(spec, "edge_requests")] }),
    windowMinutes,
    comparator: ">",
    thresholds: { critical: percent, recovery: percent },
    more,
    unit: "%",
    // Where nothing is answered at all, another alert tells.
    onMissingData: "resolve",
  };
}

function counted(expression: MetricSignal["expression"]) {
  return { kind: "metric", expression, over: "sum", evaluationDelaySeconds: 0 } as const;
}
