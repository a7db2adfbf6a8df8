/** What is broken of errors that go to Sentry. */
import { type Change, drop, type Mutation, on, set } from "./mutation.ts";
import { link, pagerduty } from "./on-call-selectors.ts";

const variant = "errors in Sentry";
const alert = (name: string) => ({ type: "sentry:index/sentryIssueAlert:SentryIssueAlert", name });
const dsn = (service: string) => ({
  type: "vercel:index/projectEnvironmentVariable:ProjectEnvironmentVariable",
  name: `${service}-sentry-dsn`,
});

/** Gives the variable another service's key. */
function keyOf(service: string): Change {
  return (r) => ({
    ...r,
    propertyDependencies: {
      ...r.propertyDependencies,
      value:
        r.propertyDependencies["value"]?.map((urn) =>
          urn.replaceAll("reports-errors", `${service}-errors`),
        ) ?? [],
    },
  });
}

export const errorMutations: readonly Mutation[] = [
  {
    rule: "errors-reach-own-project",
    variant,
    title: "a service reports nowhere",
    change: drop(dsn("reports")),
  },
  {
    rule: "errors-reach-own-project",
    also: ["app-variables-known"],
    variant,
    title: "a service reports to a project of nobody's here",
    change: on(
      dsn("reports"),
      link("value", () => false),
    ),
  },
  {
    rule: "errors-reach-own-project",
    variant,
    title: "two services report to one project",
    change: on(dsn("reports"), keyOf("portal")),
  },
  {
    rule: "errors-told",
    variant,
    title: "nobody hears of what is new",
    change: drop(alert("portal-errors-errors-new")),
  },
  {
    rule: "errors-told",
    variant,
    title: "an error that comes in masses is mailed",
    change: on(
      alert("portal-errors-errors-many"),
      set("actions.0.id", "sentry.mail.actions.NotifyEmailAction"),
    ),
  },
  {
    rule: "errors-told",
    variant,
    title: "another environment's errors are told",
    change: on(alert("portal-errors-errors-new"), set("environment", "staging")),
  },
  {
    rule: "errors-told",
    variant,
    title: "what is new has to be back too",
    change: on(alert("portal-errors-errors-new"), set("actionMatch", "all")),
  },
  {
    rule: "errors-told",
    variant,
    title: "errors below fatal are left out",
    change: on(alert("portal-errors-errors-many"), set("filters.0.level", "50")),
  },
  {
    rule: "errors-told",
    variant,
    title: "every second error comes in masses",
    change: on(alert("portal-errors-errors-many"), set("conditions.0.value", "2")),
  },
  {
    rule: "errors-told",
    variant,
    title: "whatever is noted rings",
    change: on(alert("portal-errors-errors-new"), set("filters", [])),
  },
  {
    rule: "errors-told",
    variant,
    title: "errors of one level alone",
    change: on(alert("portal-errors-errors-new"), set("filters.0.match", "eq")),
  },
  {
    rule: "error-alerts-in-time",
    variant,
    title: "what may wait rings as what is urgent does",
    change: on(alert("portal-errors-errors-new"), set("actions.0.service", "201")),
  },
  {
    rule: "properties-sound",
    variant,
    title: "an alert of Sentry's every minute",
    change: on(alert("portal-errors-errors-new"), set("frequency", 1)),
  },
  {
    rule: "error-alerts-in-time",
    variant,
    title: "an hour passes before masses are masses",
    change: on(alert("portal-errors-errors-many"), set("conditions.0.interval", "1h")),
  },
  {
    rule: "error-alerts-in-time",
    variant,
    title: "a PagerDuty service takes none of Sentry's events",
    change: drop(pagerduty("ServiceIntegration", "portal-errors-errors-new")),
  },
  {
    rule: "error-alerts-in-time",
    variant,
    title: "an alert of no severity",
    change: on(alert("portal-errors-errors-new"), set("name", "something is new")),
  },
  {
    rule: "app-traces-sampled",
    variant,
    title: "one trace of ten reaches Sentry",
    change: on(
      {
        type: "vercel:index/projectEnvironmentVariable:ProjectEnvironmentVariable",
        name: "portal-sentry-traces-sample-rate",
      },
      set("value", "0.1"),
    ),
  },
  {
    rule: "app-profiles-sampled",
    variant,
    title: "no profile reaches Sentry",
    change: on(
      {
        type: "vercel:index/projectEnvironmentVariable:ProjectEnvironmentVariable",
        name: "portal-sentry-profiles-sample-rate",
      },
      set("value", "0"),
    ),
  },
];
