/** Alerts on what a stack may have or not: wanted where one of its parts has it, or nobody knows. */
import { expect, it } from "vitest";
import { platformAlertRules } from "../../../../policies/rules/monitoring/platform-alerts.ts";
import { judge } from "../../support/outcome.ts";
import { declared, unknown } from "../../support/stack.ts";

const databases = (...classes: readonly unknown[]) =>
  classes.map((instanceClass, i) =>
    declared("aws:rds/instance:Instance", { instanceClass }, { name: `db-${i}` }),
  );
const caches = (...props: readonly object[]) =>
  props.map((own, i) =>
    declared("aws:elasticache/replicationGroup:ReplicationGroup", { ...own }, { name: `cache-${i}` }),
  );

it.each([
  ["database-cpu-credits-low", "one of two is burstable", databases("db.m7g.large", "db.t4g.medium"), "fail"],
  ["database-cpu-credits-low", "none is burstable", databases("db.m7g.large"), "pass"],
  ["database-cpu-credits-low", "none is declared", [], "fail"],
  ["database-cpu-credits-low", "its class is not known yet", databases(unknown), "unknown"],
  [
    "cache-cpu-credits-low",
    "one of two is burstable",
    caches({ nodeType: "cache.m7g.large" }, { nodeType: "cache.t4g.small" }),
    "fail",
  ],
  ["cache-cpu-credits-low", "none is burstable", caches({ nodeType: "cache.m7g.large" }, {}), "pass"],
  ["cache-cpu-credits-low", "none is declared", [], "fail"],
  ["cache-replication-lag", "one of two has replicas", caches({ numCacheClusters: 1 }, {}), "fail"],
  ["cache-replication-lag", "none has replicas", caches({ numCacheClusters: 1 }), "pass"],
  ["cache-replication-lag", "none is declared", [], "fail"],
])("without a monitor %s-alerted, where %s", (alert, _where, resources, expected) => {
  expect(judge(platformAlertRules, `${alert}-alerted`, resources).outcome).toBe(expected);
});
