import { describe, expect, it } from "vitest";
import { Monitoring } from "../../../components/monitoring.ts";
import { isOfKind } from "../../../model/alerts/alert.ts";
import { alertsOf } from "../../../model/alerts/catalogue.ts";
import { runbookUrl } from "../../../model/alerts/links.ts";
import { expressionQuery } from "../../../model/alerts/query.ts";
import { loadSpec } from "../../../model/config/stack-spec.ts";
import { prodConfig } from "../../model/prod-config.ts";
import { declare } from "../support/declare.ts";

interface Graph {
  readonly title: string;
  readonly markers?: readonly { readonly value: string; readonly label: string }[];
  readonly requests: readonly object[];
}
interface Widget {
  readonly timeseriesDefinition?: Graph;
  readonly noteDefinition?: { readonly content: string };
}

const spec = loadSpec("prod", prodConfig());
const alerts = alertsOf(spec);
const declared = await declare(() => new Monitoring("portal-monitoring", { spec, secretOf: String }));

function widgetsOf(dashboard: string): readonly Widget[] {
  const { inputs } = declared.find(({ name }) => name === `portal-monitoring-${dashboard}`) ?? {};
  const groups = (inputs?.["widgets"] ?? []) as { groupDefinition: { widgets: Widget[] } }[];
  return groups.flatMap(({ groupDefinition }) => groupDefinition.widgets);
}

function graphOf(title: string, dashboard = "operations"): Graph {
  const found = widgetsOf(dashboard).flatMap(({ timeseriesDefinition: g }) => (g?.title === title ? g : []));
  const [graph] = found;
  if (!graph || found.length > 1) throw new Error(`${found.length} graphs ${title}`);
  return graph;
}

describe("an alert's graph", () => {
  const metrics = alerts.filter((a) => isOfKind(a, "metric"));

  it.each(metrics.map((a) => [a.key, a] as const))("of %s draws its query and its thresholds", (_, alert) => {
    const { critical, warning } = alert.signal.thresholds;
    const { requests, markers } = graphOf(alert.graph ?? "", alert.dashboard.toLowerCase());
    const query = expressionQuery(alert.signal.expression);
    expect(requests).toContainEqual(expect.objectContaining({ q: query }));
    expect(markers).toContainEqual(
      expect.objectContaining({ value: `y = ${critical}`, label: alert.severity }),
    );
    if (warning !== undefined) {
      expect(markers).toContainEqual(expect.objectContaining({ value: `y = ${warning}` }));
    }
  });

  it("is shared by alerts of one title, and drawn once", () => {
    const { requests, markers = [] } = graphOf("Error rate");
    expect(requests).toHaveLength(1);
    expect(
      markers.filter(({ label }) => label !== "warning").map(({ value, label }) => [label, value]),
    ).toEqual([
      ["SEV3", "y = 0.5"],
      ["SEV2", "y = 1"],
      ["SEV1", "y = 50"],
    ]);
  });

  it("of events has their thresholds too", () => {
    expect(graphOf("Largest contentful paint").markers).toContainEqual(
      expect.objectContaining({ value: "y = 2500000000", label: "SEV4" }),
    );
  });

  it("of a forecast and of an anomaly draws what they see", () => {
    expect(JSON.stringify(graphOf("Database storage forecast"))).toContain("forecast(");
    expect(JSON.stringify(graphOf("Usual traffic"))).toContain("anomalies(");
  });
});

describe("an objective's burn rate", () => {
  it("is drawn with the rates that alert", () => {
    const { requests, markers = [] } = graphOf("Burn rate: requests succeed");
    expect(JSON.stringify(requests)).toContain('"measure":"burn_rate"');
    expect(markers.map(({ label, value }) => [label, value])).toEqual([
      ["SEV2", "y = 14.4"],
      ["SEV3", "y = 6"],
      ["SEV4", "y = 3"],
    ]);
  });

  it("is drawn for each class, and not for uptime, which has none", () => {
    const titles = widgetsOf("operations").flatMap(({ timeseriesDefinition: g }) => g?.title ?? []);
    expect(titles.filter((title) => title.startsWith("Burn rate:"))).toHaveLength(6);
  });
});

describe("the notes", () => {
  it("link every alert's runbook, the worst first", () => {
    const notes = widgetsOf("operations").flatMap(({ noteDefinition }) => noteDefinition?.content ?? []);
    const text = notes.join("\n");
    for (const { id, runbook } of alerts) expect(text).toContain(runbookUrl(spec, runbook, id));
    for (const note of notes) {
      const order = [...note.matchAll(/^- (SEV\d)/gm)].map(([, severity]) => severity);
      expect(order).toEqual(order.toSorted());
    }
  });
});

it("deployments are seen as one version taking over from another", () => {
  expect(JSON.stringify(graphOf("Deployments: requests by version"))).toContain("by {version}");
});
