/** What an alert says and whom it tells. */
import type * as pagerduty from "@pulumi/pagerduty";
import { runbookPages } from "../../../model/alerts/links.ts";
import { monitor } from "../../declared/monitoring.ts";
import { resourceType, type Stack } from "../../resource.ts";
import { type Rule, resourceRule } from "../../rule.ts";
import { allAlerts, demand, everyAlert } from "./every-alert.ts";

const pagingService = resourceType<pagerduty.ServiceArgs>("pagerduty:index/service:Service");

/** By these an alert is searched for, counted and silenced. */
const labels = ["product", "environment", "owner", "service", "alert"];

export const messageRules: readonly Rule[] = [
  everyAlert("alerts-link-runbook", "ALERT-01", ({ message }) => {
    const page = /\/runbooks\/([\w-]+)\.md#/.exec(message)?.[1];
    const known = runbookPages.some((name) => name === page);
    return demand(
      known,
      `its message links ${page ? `the page ${page}` : "no runbook"}`,
      "a page of the runbooks",
    );
  }),
  everyAlert("alerts-link-dashboard", "ALERT-02", ({ message }) =>
    demand(/https:\/\/\S+\/dashboard\//.test(message), "its message links no dashboard", "a link to one"),
  ),
  everyAlert("alerts-page-once", "ALERT-04", ({ handles }) =>
    demand(handles.length === 1, `its message names ${handles.length} PagerDuty services`, "one"),
  ),
  everyAlert("alerts-page-declared-service", "ALERT-05", ({ handles }, stack) => {
    const unknown = handles.filter((handle) => !isDeclared(handle, stack));
    return demand(
      unknown.length === 0,
      `it pages ${unknown.join(", ")}`,
      "a PagerDuty service of this stack",
    );
  }),
  everyAlert("alerts-page-by-severity", "ALERT-06", ({ handles, severity }, stack) => {
    // Of an alert without severity, and of a service that is not declared, other rules speak.
    const wrong = handles.filter((h) => severity && isDeclared(h, stack) && !h.endsWith(`-${severity}`));
    return demand(wrong.length === 0, `it pages ${wrong.join(", ")}`, `the PagerDuty service of ${severity}`);
  }),
  everyAlert("alerts-tell-slack", "ALERT-07", ({ message }) =>
    demand(/@slack-[\w-]+/.test(message), "its message names no Slack channel", "one"),
  ),
  resourceRule({
    id: "warnings-page-nobody",
    item: "ALERT-08",
    type: monitor,
    where: ({ props }) => props.monitorThresholds?.warning !== undefined,
    check: ({ props }) => {
      const told = props.message.replaceAll(/\{\{\^is_warning\}\}.*?\{\{\/is_warning\}\}/gs, "");
      return demand(!told.includes("@pagerduty-"), "its warnings page too", "inside {{^is_warning}}");
    },
  }),
  allAlerts("alerts-have-distinct-names", "ALERT-10", (alerts) =>
    [...Map.groupBy(alerts, ({ name }) => name)].flatMap(([name, [, ...twins]]) =>
      twins.map(({ resource }) => ({
        resource,
        observed: `another alert is named ${name}`,
        wanted: "distinct",
      })),
    ),
  ),
  everyAlert("alerts-say-when-over", "ALERT-16", ({ message }) =>
    demand(
      /\{\{#is_recovery\}\}.+\{\{\/is_recovery\}\}/s.test(message),
      "its message has no recovery",
      "a line for it",
    ),
  ),
  everyAlert("alerts-without-outer-blanks", "ALERT-17", ({ name, message }) =>
    demand(
      name === name.trim() && message === message.trim(),
      "its name or message has blanks at an end",
      "none",
    ),
  ),
  everyAlert("alerts-labelled", "ALERT-18", ({ tags }) => {
    const missing = labels.filter((label) => !tags.some((tag) => tag.startsWith(`${label}:`)));
    return demand(missing.length === 0, `it has no tag ${missing.join(", ")}`, "tagged");
  }),
];

/** Names of a stack's PagerDuty services: every alert asks, and a large stack has thousands of both. */
const declaredNames = new WeakMap<Stack, ReadonlySet<string | undefined>>();

function isDeclared(handle: string, stack: Stack): boolean {
  const names =
    declaredNames.get(stack) ?? new Set(stack.ofType(pagingService).map(({ props }) => props.name));
  declaredNames.set(stack, names);
  return names.has(handle);
}
