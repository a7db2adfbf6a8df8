import { describe, expect, it } from "vitest";
import { dashboardRules } from "../../../../policies/rules/monitoring/dashboards.ts";
import { judge } from "../../support/outcome.ts";
import { declared } from "../../support/stack.ts";

const outcome = (id: string, title: string, graphs: readonly string[]) =>
  judge(dashboardRules, id, [
    declared("datadog:index/dashboard:Dashboard", {
      title,
      widgets: [
        { groupDefinition: { widgets: graphs.map((graph) => ({ timeseriesDefinition: { title: graph } })) } },
      ],
    }),
  ]).outcome;

describe.each([
  [
    "Operations",
    [
      ...["Request rate", "Error rate", "Burn rate", "p95 by class", "p99", "Active users"],
      ...["Database CPU", "Memory of functions", "Cache hit rate"],
    ],
  ],
  [
    "Technical",
    [
      ...["Build success", "Deployment frequency", "Lead time", "MTTR"],
      ...["Change failure rate", "Test coverage"],
    ],
  ],
])("the dashboard %s", (name, graphs) => {
  const id = `dashboard-${name.toLowerCase()}`;

  it("is complete with all of its graphs", () => {
    expect(outcome(id, `portal prod: ${name}`, graphs)).toBe("pass");
  });

  it.each(graphs)("is not without %s", (graph) => {
    const others = graphs.filter((other) => other !== graph);
    // Whoever has no cache is not asked how often it is hit.
    const rule = graph === "Cache hit rate" ? `${id}-cache-hit-rate` : id;
    expect(outcome(rule, `portal prod: ${name}`, others)).toBe("fail");
  });

  it("has its name, and no longer one", () => {
    expect(outcome(id, `portal prod: ${name} of the shop`, graphs)).toBe("fail");
  });
});
