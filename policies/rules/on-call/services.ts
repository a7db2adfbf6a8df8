import { platform } from "../../../model/on-call/routing.ts";
import { type Severity, severities } from "../../../model/on-call/severities.ts";
import type { DeclaredDependency, DeclaredService } from "../../declared/chain.ts";
import {
  app,
  businessService,
  dependency,
  mayWait,
  ofSeverity,
  policy,
  project,
  responseMinutes,
  service,
  severityOf,
} from "../../declared/on-call.ts";
import { isForgotten, isShared, loudAtNight, quiet, quietByDay } from "../../declared/urgency.ts";
import { eachRule } from "../../each-rule.ts";
import { groupedMinutes } from "../../effects/pagerduty-intake.ts";
import { equals, show } from "../../expect.ts";
import { linked, type Resource } from "../../resource.ts";
import { type Rule, resourceRule, stackRule } from "../../rule.ts";

/** Less than five minutes is no time to look at what one has acknowledged. */
const shortestAcknowledgement = 300;
/** PagerDuty's own default (REST API, service: acknowledgement_timeout); SEV3 comes back within a day. */
const acknowledgementSeconds: Partial<Readonly<Record<Severity, number>>> = {
  SEV1: 1800,
  SEV2: 1800,
  SEV3: 86_400,
};

export const serviceRules: readonly Rule[] = [
  stackRule({
    id: "paging-service-per-severity",
    item: "ONC-11",
    checkStack: (stack) => {
      const apps = stack.ofType(app).map(({ name }) => name);
      if (apps.length === 0) return { observed: "no service is declared", wanted: "declared" };
      const declared = new Set(stack.ofType(service).flatMap(({ props }) => endingsOf(props.name ?? "")));
      return [...apps, platform]
        .flatMap((name) => severities.map((severity) => `${name}-${stack.name}-${severity.toLowerCase()}`))
        .filter((name) => !declared.has(name))
        .map((name) => ({ observed: `no PagerDuty service ${name} is declared`, wanted: "declared" }));
    },
  }),
  stackRule({
    id: "sites-are-services",
    item: "ONC-11",
    checkStack: (stack) => {
      const sites = stack.ofType(project);
      if (sites.length === 0) return { observed: "no project is declared", wanted: "declared" };
      const byApp = Map.groupBy(sites, ({ parent }) => (parent?.type === app.token ? parent : undefined));
      return [...byApp].flatMap(([own, of]) =>
        // What is asked of every service is asked of the apps' components.
        (own ? of.slice(1) : of).map((resource) => ({
          resource: resource as Resource,
          observed: own ? `${own.name} is another project's app too` : "it belongs to no app of the stack",
          wanted: "an app of its own",
        })),
      );
    },
  }),
  resourceRule({
    id: "paging-service-escalates",
    item: "ONC-12",
    type: service,
    check: (resource) => {
      const severity = severityOf(resource);
      const policies = linked(resource, "escalationPolicy", policy);
      return severity && policies.some((p) => severityOf(p) === severity)
        ? undefined
        : {
            observed: `its escalation policy is ${policies.map((p) => p.name).join() || "none of the stack"}`,
            wanted: `the policy of ${severity ?? "a severity"}`,
          };
    },
  }),
  resourceRule({
    id: "paging-service-urgent",
    item: "ONC-13",
    existing: (target) =>
      isForgotten(target)
        ? {
            observed: "what comes outside of support hours stays of low urgency when they begin",
            wanted: "raised then, or it never escalates",
            mend: "declare scheduledActions that raise the urgency at support_hours_start",
          }
        : neverRings(target),
    tiers: ["production"],
    type: service,
    where: ofSeverity("SEV1", "SEV2", "SEV3"),
    check: (target, { now }) =>
      severityOf(target) === "SEV3" ? quietByDay(target, now) : quiet(target, now),
  }),
  resourceRule({
    id: "minor-faults-wake-nobody",
    item: "ONC-40",
    type: service,
    where: ofSeverity("SEV3", "SEV4"),
    check: (target, { now }) =>
      severityOf(target) === "SEV3" && isShared(target) ? undefined : loudAtNight(target, now),
  }),
  eachRule({
    id: "paging-services-have-customers",
    item: "ONC-41",
    each: service,
    check: (target, stack) =>
      stack.attached(dependency, "dependency", target).some(supports)
        ? undefined
        : { observed: "no business service is said to depend on it", wanted: "one" },
  }),
  resourceRule({
    id: "acknowledgement-expires",
    item: "ONC-14",
    existing: ({ props: { acknowledgementTimeout, incidentUrgencyRule } }) =>
      acknowledgementTimeout === "null" && incidentUrgencyRule?.urgency === "high"
        ? {
            observed: "what is acknowledged and forgotten pages nobody again",
            wanted: "a timeout",
            mend: "set acknowledgementTimeout to 1800 seconds",
          }
        : undefined,
    type: service,
    where: ofSeverity(...severities),
    check: (resource) => {
      const { acknowledgementTimeout } = resource.props;
      const limit = acknowledgementSeconds[severityOf(resource) ?? "SEV1"];
      const seconds = Number(acknowledgementTimeout);
      const never = limit === undefined && acknowledgementTimeout === "null";
      if (never || (seconds >= shortestAcknowledgement && seconds <= (limit ?? seconds))) return undefined;
      return {
        observed: `acknowledgementTimeout is ${show(acknowledgementTimeout || undefined)}`,
        wanted: limit ? `≤ ${limit} seconds` : '"null" or a time to look at it',
      };
    },
  }),
  resourceRule({
    id: "incidents-stay-open",
    item: "ONC-15",
    existing: ({ props }) =>
      props.autoResolveTimeout && props.autoResolveTimeout !== "null"
        ? {
            observed: `an open incident is closed after ${props.autoResolveTimeout} seconds, mended or not`,
            wanted: "left open",
            mend: 'set autoResolveTimeout to "null"',
          }
        : undefined,
    type: service,
    check: ({ props }) => equals(props, "autoResolveTimeout", "null"),
  }),
  resourceRule({
    id: "paging-service-keeps-alerts",
    item: "ONC-16",
    existing: ({ props }) =>
      props.alertCreation ? equals(props, "alertCreation", "create_alerts_and_incidents") : undefined,
    type: service,
    check: ({ props }) => equals(props, "alertCreation", "create_alerts_and_incidents"),
  }),
  resourceRule({
    id: "second-fault-pages-too",
    item: "ONC-33",
    type: service,
    check: (resource) => {
      const minutes = groupedMinutes(resource.props);
      const limit = responseMinutes[severityOf(resource) ?? "SEV1"];
      if (minutes === undefined) return { doubt: "its alerts are grouped in a way that is not known here" };
      if (minutes <= limit) return undefined;
      const lasting = Number.isFinite(minutes) ? `for ${minutes} minutes` : "until it is resolved";
      return {
        observed: `what fires joins an open incident, untold, ${lasting}`,
        wanted: `for ≤ ${limit} minutes, the response time`,
      };
    },
  }),
];

function neverRings({ props: { incidentUrgencyRule: rule, name = "" } }: DeclaredService) {
  return rule?.type === "constant" && rule.urgency === "low" && !mayWait(name)
    ? {
        observed: "urgency is low, which rings nobody and escalates to nobody",
        wanted: "high",
        mend: "set incidentUrgencyRule.urgency to high, or say in its name that it can wait",
      }
    : undefined;
}

/** Whether it says that a business service of the stack depends on a service, and not the other way round. */
function supports(link: DeclaredDependency): boolean {
  const { dependentServices, supportingServices } = link.props.dependency ?? {};
  return (
    linked(link as Resource, "dependency", businessService).length > 0 &&
    supportingServices?.some(({ type }) => type === "service") === true &&
    dependentServices?.some(({ type }) => type === "business_service") === true
  );
}

/** `product-portal-prod`, `portal-prod` and `prod`: the product's name stands before the service's. */
function endingsOf(name: string): readonly string[] {
  const words = name.split("-");
  return words.map((_, i) => words.slice(i).join("-"));
}
