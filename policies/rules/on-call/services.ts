import { platform } from "../../../model/on-call/routing.ts";
import { type Severity, severities } from "../../../model/on-call/severities.ts";
import { quiet } from "../../declared/coverage.ts";
import { app, ofSeverity, policy, responseMinutes, service, severityOf } from "../../declared/on-call.ts";
import { groupedMinutes } from "../../effects/pagerduty-intake.ts";
import { equals, show } from "../../expect.ts";
import { linked } from "../../resource.ts";
import { type Rule, resourceRule, stackRule } from "../../rule.ts";

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
    tiers: ["production"],
    type: service,
    where: ofSeverity("SEV1", "SEV2", "SEV3"),
    check: (target, { now }) => quiet(target, now),
  }),
  resourceRule({
    id: "acknowledgement-expires",
    item: "ONC-14",
    type: service,
    where: ofSeverity("SEV1", "SEV2", "SEV3"),
    check: (resource) => {
      const { acknowledgementTimeout } = resource.props;
      const limit = acknowledgementSeconds[severityOf(resource) ?? "SEV1"] ?? 0;
      const seconds = Number(acknowledgementTimeout);
      return seconds > 0 && seconds <= limit
        ? undefined
        : {
            observed: `acknowledgementTimeout is ${show(acknowledgementTimeout)}`,
            wanted: `≤ ${limit} seconds`,
          };
    },
  }),
  resourceRule({
    id: "incidents-stay-open",
    item: "ONC-15",
    type: service,
    check: ({ props }) => equals(props, "autoResolveTimeout", "null"),
  }),
  resourceRule({
    id: "paging-service-keeps-alerts",
    item: "ONC-16",
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

/** `product-portal-prod`, `portal-prod` and `prod`: the product's name stands before the service's. */
function endingsOf(name: string): readonly string[] {
  const words = name.split("-");
  return words.map((_, i) => words.slice(i).join("-"));
}
