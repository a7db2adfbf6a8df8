/** Error tracking in Sentry: each service reports to a project of its own, and what is urgent rings in time. */

import type { Unwrap } from "@pulumi/pulumi";
import type * as sentry from "@pulumiverse/sentry";
import { type Severity, severities } from "../../model/on-call/severities.ts";
import { project as app, type Project, serviceOf, variable, variablesOf } from "../declared/application.ts";
import { levelSeconds } from "../declared/chain.ts";
import { deliveryOf } from "../declared/delivery.ts";
import { total } from "../declared/detection.ts";
import { integration, policy, responseMinutes, service } from "../declared/on-call.ts";
import { eachRule } from "../each-rule.ts";
import { linked, type Resource, resourceType, type Stack } from "../resource.ts";
import { type Rule, stackRule, type Violation } from "../rule.ts";

const project = resourceType<sentry.SentryProjectArgs>("sentry:index/sentryProject:SentryProject");
const key = resourceType<sentry.SentryKeyArgs>("sentry:index/sentryKey:SentryKey");
const issueAlert = resourceType<sentry.SentryIssueAlertArgs>(
  "sentry:index/sentryIssueAlert:SentryIssueAlert",
);
type IssueAlert = Resource<Unwrap<sentry.SentryIssueAlertArgs>>;

const needs = { errors: ["sentry"] } as const;
/** From the event to the rule, and to PagerDuty: Sentry promises no number. */
const processingSeconds = 60;
/** What Sentry's frequency conditions look back on. */
const intervals: Readonly<Record<string, number>> = { "1m": 60, "5m": 300, "15m": 900, "1h": 3600 };
/** Of one error, within an hour at most; fewer are told one by one. */
const massOfEvents = { least: 10, most: 1_000 };
/** Sentry's numbers of levels. No error is left out, and less than a warning wakes nobody. */
const level = { warning: 30, error: 40 } as const;
/** Longer, and who has lost the first message hears nothing for the rest of the day. */
const longestSilence = 24 * 60;

const endsWith =
  (name: string) =>
  ({ id }: Readonly<Record<string, string>>) =>
    id?.endsWith(`.${name}`) === true;

/** What has to be told, each by an alert of its own or by one for all. */
const occasions: Readonly<Record<string, (alert: IssueAlert) => boolean>> = {
  "an error that is new": ({ props }) => props.conditions.some(endsWith("FirstSeenEventCondition")),
  "an error that is back": ({ props }) => props.conditions.some(endsWith("RegressionEventCondition")),
  "one error in masses": ({ props }) =>
    props.conditions.some(
      (one) =>
        endsWith("EventFrequencyCondition")(one) &&
        one["comparisonType"] === "count" &&
        Number(one["value"]) >= massOfEvents.least &&
        Number(one["value"]) <= massOfEvents.most &&
        (one["interval"] ?? "") in intervals,
    ),
};

export const errorRules: readonly Rule[] = [
  eachRule({
    id: "errors-reach-own-project",
    item: "APP-16",
    needs,
    each: app,
    check: (site, stack) => {
      const dsn = variablesOf(site, stack).get("SENTRY_DSN");
      if (!dsn) return { observed: "SENTRY_DSN is not set for production", wanted: "set" };
      const own = projectsOf(dsn as Resource);
      if (own.length === 0) {
        return { observed: "SENTRY_DSN is no key of a project of this stack", wanted: "its own" };
      }
      const others = stack
        .ofType(variable)
        .filter((v) => v.props.key === "SENTRY_DSN" && v !== dsn)
        .filter((v) => projectsOf(v as Resource).some((one) => own.includes(one)));
      return others.length > 0
        ? { observed: "another service reports to the same project", wanted: "a project of its own" }
        : undefined;
    },
  }),
  eachRule({
    id: "errors-told",
    item: "ALERT-22",
    needs,
    each: project,
    check: (one, stack) => {
      const telling = stack.attached(issueAlert, "project", one).filter((alert) => tells(alert, stack));
      return [
        ...Object.entries(occasions)
          .filter(([, of]) => !telling.some(of))
          .map(([what]) => ({ observed: `no alert tells PagerDuty of ${what}`, wanted: "told" })),
        ...telling
          .filter(({ props: { filters = [] } }) => !filters.some(leavesNotesOut))
          .map((alert) => ({
            resource: alert as Resource,
            observed: "it pages for notes and for what is logged to find faults, too",
            wanted: "a LevelFilter of warnings or errors, and what is worse",
          })),
      ];
    },
  }),
  stackRule({
    id: "error-alerts-in-time",
    item: "PAGE-03",
    needs,
    tiers: ["production"],
    checkStack: (stack) => {
      const alerts = stack.ofType(issueAlert);
      if (alerts.length === 0) return { observed: "no alert of Sentry's is declared", wanted: "declared" };
      return [...alerts.flatMap((alert) => late(alert, stack) ?? []), ...mixedUp(alerts)];
    },
  }),
];

/** The projects whose key a variable is. */
function projectsOf(dsn: Resource) {
  return linked(dsn, "value", key).flatMap((one) => linked(one as Resource, "project", project));
}

/** Whether it tells PagerDuty of what it sees, in this stack's environment and of every error. */
function tells({ props }: IssueAlert, stack: Stack): boolean {
  const { actions, actionMatch, filters = [], environment = stack.name, frequency } = props;
  const pages = actions.some(
    (one) => endsWith("PagerDutyNotifyServiceAction")(one) && Boolean(one["account"] && one["service"]),
  );
  const everyError = filters.every(
    (one) =>
      endsWith("LevelFilter")(one) &&
      one["match"] === "gte" &&
      Number(one["level"]) <= level.error &&
      props.filterMatch !== "none",
  );
  return (
    pages && everyError && actionMatch === "any" && environment === stack.name && frequency <= longestSilence
  );
}

function leavesNotesOut(filter: Readonly<Record<string, string>>): boolean {
  return endsWith("LevelFilter")(filter) && Number(filter["level"]) >= level.warning;
}

/** Alerts of two severities that tell one PagerDuty service: what may wait rings at once, or what may not waits. */
function mixedUp(alerts: readonly IssueAlert[]): readonly Violation[] {
  const told = alerts.flatMap((alert) =>
    alert.props.actions.flatMap(({ service: id }) =>
      id ? [{ id, alert, severity: severityOf(alert) }] : [],
    ),
  );
  return told.flatMap(({ id, alert, severity }, i) => {
    const other = told.slice(0, i).find((one) => one.id === id && one.severity !== severity);
    return other
      ? [
          {
            resource: alert as Resource,
            observed: `it tells the PagerDuty service that ${other.severity ?? "another alert"} is told to`,
            wanted: "its severity's own",
          },
        ]
      : [];
  });
}

function severityOf({ props }: IssueAlert): Severity | undefined {
  return severities.find((one) => props.name?.includes(`(${one})`));
}

/** That its last level hears of it after the response time, or that nothing of its severity rings at all. */
function late(alert: IssueAlert, stack: Stack): Violation | undefined {
  const resource = alert as Resource;
  const severity = severityOf(alert);
  if (!severity) return { resource, observed: "its name says no severity", wanted: "one, such as (SEV3)" };
  const sites = sitesOf(alert, stack);
  // That nobody reports to its project, another rule tells.
  if (sites.length === 0) return undefined;
  const targets = pagedFor(sites, severity, stack);
  if (targets.length === 0) {
    return {
      resource,
      observed: `no PagerDuty service of ${severity} has an integration for Sentry`,
      wanted: "one of the service's own",
    };
  }
  const limit = responseMinutes[severity] * 60;
  const window = Math.max(0, ...alert.props.conditions.map((one) => intervals[one["interval"] ?? ""] ?? 0));
  for (const target of targets) {
    for (const escalation of linked(target as Resource, "escalationPolicy", policy)) {
      const way = total(deliveryOf({ service: target, policy: escalation }, stack));
      const seconds = window + processingSeconds + way + (levelSeconds(escalation).at(-1) ?? 0);
      if (seconds <= limit) continue;
      return {
        resource,
        observed: `its last level hears of it after ${seconds} s, ${processingSeconds} s of it assumed`,
        wanted: `≤ ${limit} s (${severity})`,
      };
    }
  }
  return undefined;
}

/** The sites whose errors an alert is about. */
function sitesOf(alert: IssueAlert, stack: Stack) {
  const own = linked(alert as Resource, "project", project);
  return stack.ofType(app).filter((site) => {
    const dsn = variablesOf(site, stack).get("SENTRY_DSN");
    return dsn && projectsOf(dsn as Resource).some((one) => own.includes(one));
  });
}

/** The PagerDuty services of a severity and of some sites that take Sentry's events. */
function pagedFor(sites: readonly Project[], severity: Severity, stack: Stack) {
  const endings = sites.map((site) => `${serviceOf(site)}-${stack.name}-${severity.toLowerCase()}`);
  return stack
    .ofType(service)
    .filter(({ props }) =>
      endings.some((ending) => props.name === ending || props.name?.endsWith(`-${ending}`)),
    )
    .filter((target) =>
      stack.attached(integration, "service", target).some(({ props }) => /sentry/i.test(props.name ?? "")),
    );
}
