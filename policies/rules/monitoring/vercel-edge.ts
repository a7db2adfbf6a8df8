/** Which alerts Vercel's own edge must have: what it answers, what it stops, and that its logs arrive. */
import type { Stack } from "../../resource.ts";
import type { Rule } from "../../rule.ts";
import { onPlatform } from "./alerted.ts";

/** Metrics made of logs bear the environment as logs do. */
const ofLogs = { needs: { edge: ["vercel"] }, scope: ({ name }: Stack) => `env:${name}` } as const;

const answers = ".logs.edge_requests";

export const vercelEdgeRules: readonly Rule[] = [
  // Ten times the promised error rate.
  onPlatform("vercel-edge-errors", "MON-45", [">", 1], [answers, "edge_status:5*"], ofLogs),
  // A tenth of the requests without any answer has to be heard of as a SEV2: requirements, "Severities and escalation".
  onPlatform("vercel-edge-unreachable", "MON-45", [">", 10], [".logs.edge_unreachable", answers], {
    ...ofLogs,
    within: 900,
  }),
  onPlatform(
    "vercel-firewall-blocks-unusual",
    "MON-37",
    [">=", 1],
    ["anomalies(", ".logs.firewall_blocks"],
    ofLogs,
  ),
  onPlatform("vercel-edge-silent", "MON-38", ["<", 1], [answers], ofLogs),
];
