import { platform } from "../../../model/on-call/routing.ts";
import { severities } from "../../../model/on-call/severities.ts";
import { quiet } from "../../declared/coverage.ts";
import { app, ofSeverity, policy, service, severityOf } from "../../declared/on-call.ts";
import { equals, show } from "../../expect.ts";
import { linked } from "../../resource.ts";
import { type Rule, resourceRule, stackRule } from "../../rule.ts";

/** PagerDuty's own default (REST API, service: acknowledgement_timeout). */
const acknowledgementSeconds = 1800;

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
    where: ofSeverity("SEV1", "SEV2"),
    check: ({ props: { acknowledgementTimeout } }) => {
      const seconds = Number(acknowledgementTimeout);
      return seconds > 0 && seconds <= acknowledgementSeconds
        ? undefined
        : {
            observed: `acknowledgementTimeout is ${show(acknowledgementTimeout)}`,
            wanted: `≤ ${acknowledgementSeconds} seconds`,
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
];

/** `product-portal-prod`, `portal-prod` and `prod`: the product's name stands before the service's. */
function endingsOf(name: string): readonly string[] {
  const words = name.split("-");
  return words.map((_, i) => words.slice(i).join("-"));
}
