/** What each dashboard must show: requirements, "Health and monitoring". */
import type * as datadog from "@pulumi/datadog";
import type { Unwrap } from "@pulumi/pulumi";
import type { ItemId } from "../../../model/checklist/checklist.ts";
import type { PartNeeds } from "../../../model/parts.ts";
import { cachesOfAws } from "../../../model/parts.ts";
import { monitor, syntheticCheck, tagOf } from "../../declared/monitoring.ts";
import { resourceType } from "../../resource.ts";
import { type Rule, stackRule } from "../../rule.ts";
import { objectiveRules } from "./objectives.ts";
import { platformAlertRules } from "./platform-alerts.ts";
import { serviceAlertRules } from "./service-alerts.ts";

const dashboard = resourceType<datadog.DashboardArgs>("datadog:index/dashboard:Dashboard");
type Group = Unwrap<datadog.types.input.DashboardWidgetGroupDefinition>;

/** Alerts that have a rule of their own. */
const demanded = new Set(
  [...serviceAlertRules, ...platformAlertRules, ...objectiveRules].map(({ id }) =>
    id.replace(/-alerted$/, ""),
  ),
);

export const dashboardRules: readonly Rule[] = [
  shows("Operations", "MON-24", [
    "request rate",
    "error rate",
    "burn rate",
    "p95",
    "p99",
    "active users",
    "database",
    "memory",
  ]),
  shows("Operations", "MON-24", ["cache hit rate"], { cache: cachesOfAws }),
  shows("Business", "MON-25", [
    "signups",
    "active sessions",
    "feature usage",
    "conversion",
    "revenue",
    "support tickets",
  ]),
  shows("Technical", "MON-26", [
    "build success",
    "deployment frequency",
    "lead time",
    "mttr",
    "change failure rate",
    "test coverage",
  ]),
  stackRule({
    id: "dashboard-links-runbooks",
    item: "MON-24",
    checkStack: (stack) => {
      // What a team adds links its runbook itself, as every alert does.
      const alerts = [
        ...stack
          .ofType(monitor)
          .flatMap((r) => tagOf(r, "alert") ?? [])
          .filter((alert) => demanded.has(alert)),
        ...stack.ofType(syntheticCheck).flatMap((r) => tagOf(r, "alert") ?? []),
      ];
      const notes = stack.ofType(dashboard).flatMap(({ props }) => groupsOf(props).flatMap(notesOf));
      if (notes.length === 0) return { observed: "no dashboard has notes", wanted: "links to runbooks" };
      const missing = [...new Set(alerts)].filter(
        (alert) => !notes.some((note) => note.includes(`#${alert})`)),
      );
      if (missing.length === 0) return undefined;
      return { observed: `no dashboard links the runbook of ${missing.join(", ")}`, wanted: "linked" };
    },
  }),
];

/** A dashboard of this name is there, and for each subject a graph that names it in its title. */
function shows(name: string, item: ItemId, subjects: readonly string[], needs?: PartNeeds): Rule {
  const about = needs ? `-${subjects.join("-").replaceAll(" ", "-")}` : "";
  return stackRule({
    id: `dashboard-${name.toLowerCase()}${about}`,
    item,
    ...(needs && { needs }),
    checkStack: (stack) => {
      const found = stack.ofType(dashboard).filter(({ props }) => props.title.endsWith(`: ${name}`));
      if (found.length === 0) return { observed: `no dashboard ${name} is declared`, wanted: "declared" };
      return found.flatMap((resource) => {
        const titles = groupsOf(resource.props).flatMap(titlesOf).join("\n");
        const missing = subjects.filter((subject) => !titles.toLowerCase().includes(subject));
        if (missing.length === 0) return [];
        return [{ resource, observed: `it does not show ${missing.join(", ")}`, wanted: "shown" }];
      });
    },
  });
}

function groupsOf({ widgets = [] }: Unwrap<datadog.DashboardArgs>): readonly Group[] {
  return widgets.flatMap(({ groupDefinition }) => groupDefinition ?? []);
}

/** Titles of graphs. Other properties of a widget may hold ids that are not known yet. */
function titlesOf({ widgets = [] }: Group): readonly string[] {
  return widgets.flatMap((widget) => widget.timeseriesDefinition?.title ?? []);
}

function notesOf({ widgets = [] }: Group): readonly string[] {
  return widgets.flatMap((widget) => widget.noteDefinition?.content ?? []);
}
