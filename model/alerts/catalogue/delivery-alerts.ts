/** Alerts on how changes get to production. What is live stays live, so they are tickets. */
import type { ServiceRows } from "../alert.ts";
import { logCount } from "../telemetry.ts";

export const deliveryAlerts = {
  "deployment-pipeline-failed": {
    title: "the deployment pipeline fails",
    meaning: "Nothing can be shipped, fixes included.",
    severity: "SEV4",
    runbook: "deployments",
    dashboard: "Technical",
    graph: "Failed pipelines",
    signals: ({ repository, branch }) => [
      {
        kind: "ci-pipelines",
        search: `ci_level:pipeline @git.repository.id:"github.com/${repository}" @git.branch:${branch} @ci.status:error`,
        compute: { aggregate: "count" },
        windowMinutes: 15,
        comparator: ">",
        thresholds: { critical: 0 },
        unit: "",
        onMissingData: "default",
      },
    ],
  },
  "deployment-build-failed": {
    title: "a build fails at Vercel",
    meaning: "The pipeline passed and still nothing new goes live.",
    severity: "SEV4",
    runbook: "deployments",
    dashboard: "Technical",
    graph: "Failed builds at Vercel",
    signals: (service, spec) => [
      {
        kind: "metric",
        expression: { series: logCount(spec, service, "build_failures") },
        over: "sum",
        windowMinutes: 15,
        comparator: ">",
        thresholds: { critical: 0 },
        unit: "",
        evaluationDelaySeconds: 0,
        onMissingData: "default",
      },
    ],
  },
} as const satisfies ServiceRows;
