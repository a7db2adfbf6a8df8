import { describe, expect, it } from "vitest";
import { type Finding, messageOf } from "../../../model/finding.ts";
import { contextOf, evaluate, outOfForce } from "../../../policies/evaluate.ts";
import type { Rule } from "../../../policies/rule.ts";
import { onCallRules } from "../../../policies/rules/on-call.ts";
import { type Change, drop, on, set, unset } from "../mutations/mutation.ts";
import { escalationMutations } from "../mutations/on-call-escalation.ts";
import { incidentMutations } from "../mutations/on-call-incidents.ts";
import { maintenanceMutations } from "../mutations/on-call-maintenance.ts";
import { peopleMutations } from "../mutations/on-call-people.ts";
import { pagingServiceMutations } from "../mutations/on-call-services.ts";
import { urgencyMutations } from "../mutations/on-call-urgency.ts";
import { datadog } from "../support/incident-stack.ts";
import { pagerduty, readyStack, serviceObject } from "../support/on-call-stack.ts";
import { stackOf, unknown } from "../support/stack.ts";

const onCallMutations = [
  ...escalationMutations,
  ...peopleMutations,
  ...pagingServiceMutations,
  ...urgencyMutations,
  ...incidentMutations,
  ...maintenanceMutations,
];
/** Of the stack that has what most teams have. */
const ofUsualStack = onCallMutations.filter(({ variant }) => variant === undefined);
const inForce = (rule: Rule) => outOfForce(rule, contextOf("prod")) === undefined;

/** What is wrong with a stack after a change. */
function faults(change: Change, stack = "prod"): readonly Finding[] {
  const registrations = readyStack(stack).flatMap((r) => change(r) ?? []);
  return evaluate(onCallRules, stackOf(registrations, stack)).filter(
    ({ outcome }) => outcome !== "pass" && outcome !== "not-applicable",
  );
}

const rulesOf = (findings: readonly Finding[]) => [...new Set(findings.map((f) => `${f.by}: ${f.outcome}`))];

/** Two people take its turns. */
const pairOf: Change = (r) => ({
  ...(unset("layers.0.users.2")(r) ?? r),
  propertyDependencies: { layers: r.propertyDependencies["layers"]?.slice(0, 2) ?? [] },
});

describe("on-call rules", () => {
  it.each(["prod", "staging"])("hold in a ready %s stack, in which no id is known yet", (stack) => {
    expect(faults((r) => r, stack)).toEqual([]);
  });

  it.each(ofUsualStack)("$rule fails alone: $title", ({ rule, also = [], change, stack }) => {
    const told = rulesOf(faults(change, stack)).map((text) => text.split(":")[0]);
    const expected = [rule, ...also].filter((id) => onCallRules.some((r) => r.id === id));
    expect(told.toSorted()).toEqual(expected.toSorted());
  });

  it("have a mutation each", () => {
    expect(new Set(onCallMutations.map(({ rule }) => rule))).toEqual(
      new Set(onCallRules.filter(inForce).map(({ id }) => id)),
    );
  });

  it("fail in an empty stack", () => {
    const passing = evaluate(onCallRules.filter(inForce), stackOf([])).filter(
      ({ outcome }) => outcome !== "fail",
    );
    expect(passing).toEqual([]);
  });

  it("ask staging for fewer people and no urgency", () => {
    const lowUrgency = on(pagerduty("Service"), set("incidentUrgencyRule.urgency", "low"));
    expect(rulesOf(faults(lowUrgency, "staging"))).toEqual([]);
    const pair = on(pagerduty("Schedule"), pairOf);
    expect(rulesOf(faults(pair, "staging"))).toEqual([]);
    expect(rulesOf(faults(pair, "prod"))).toEqual(["rotations-staffed: fail"]);
  });

  it("count the waits before the last level, not its own", () => {
    const policy = { type: pagerduty("EscalationPolicy"), name: "portal-prod-sev1" };
    expect(faults(on(policy, set("rules.2.escalationDelayInMinutes", 20)))).toEqual([]);
    expect(faults(on(policy, set("rules.0.escalationDelayInMinutes", 3)))).toMatchObject([
      {
        observed: "its last level is told after 5 minutes",
        wanted: "after < 5",
      },
    ]);
  });

  it("accept no timeout of zero seconds, which PagerDuty takes for none", () => {
    const change = on(
      { type: pagerduty("Service"), name: "on-call-portal-sev1" },
      set("acknowledgementTimeout", "0"),
    );
    expect(rulesOf(faults(change))).toEqual(["acknowledgement-expires: fail"]);
  });

  const named = (kind: string) =>
    readyStack().flatMap(({ type, name }) => (type === pagerduty(kind) ? [name] : []));

  it.each(named("Service"))("miss the PagerDuty service %s", (name) => {
    const change = drop({ type: pagerduty("Service"), name });
    expect(rulesOf(faults(change))).toContain("paging-service-per-severity: fail");
  });

  it.each(named("EscalationPolicy"))("miss the escalation policy %s", (name) => {
    const change = drop({ type: pagerduty("EscalationPolicy"), name });
    expect(rulesOf(faults(change))).toContain("escalation-policy-per-severity: fail");
  });

  it.each([
    ["Summary", "post-mortem-asks-everything"],
    ["Impact", "post-mortem-asks-everything"],
    ["Timeline", "post-mortem-asks-everything"],
    ["Root causes", "post-mortem-asks-everything"],
    ["Detection", "post-mortem-asks-everything"],
    ["What went well", "post-mortem-asks-everything"],
    ["What went badly", "post-mortem-asks-everything"],
    ["Owner", "post-mortem-actions-owned"],
    ["Due", "post-mortem-actions-owned"],
  ])("miss %s in the template", (text, rule) => {
    const change = on(datadog("IncidentPostmortemTemplate"), (r) => ({
      ...r,
      props: { ...r.props, content: String(r.props["content"]).replace(text, "Other") },
    }));
    expect(rulesOf(faults(change))).toEqual([`${rule}: fail`]);
  });

  it.each([["status"], ["severity"], []])("want incidents told on each change, not on %j alone", (...ons) => {
    const change = on(datadog("IncidentNotificationRule"), set("renotifyOns", ons));
    expect(rulesOf(faults(change))).toEqual(["incident-changes-in-chat: fail"]);
  });

  it.each([
    [1, []],
    [2, ["people-called-at-once: fail", "people-sent-sms-at-once: fail"]],
  ])("let a person be told after %i minutes: %j", (delay, expected) => {
    const rules = { type: pagerduty("UserNotificationRule"), name: /-high-/ };
    const patient = on(pagerduty("EscalationPolicy"), set("rules.0.escalationDelayInMinutes", 3));
    const later = on({ ...rules, name: /-1$/ }, set("startDelayInMinutes", 2));
    const change = on({ ...rules, name: /-0$/ }, set("startDelayInMinutes", delay));
    const told = faults((r) => {
      const changed = patient(later(r) ?? r);
      return changed && change(changed);
    });
    expect(
      rulesOf(told)
        .filter((text) => text.includes("-at-once"))
        .sort(),
    ).toEqual(expected);
  });

  it.each([
    [1, 2, []],
    [1, 1, ["people-called-again: fail"]],
    [2, 2, ["people-called-again: fail"]],
    [2, 3, []],
  ])(
    "want the second call, after %i minutes, before the first level ends after %i: %j",
    (delay, wait, expected) => {
      const patient = on(
        { type: pagerduty("EscalationPolicy"), name: /-sev[12]$/ },
        set("rules.0.escalationDelayInMinutes", wait),
      );
      const again = on(
        { type: pagerduty("UserNotificationRule"), name: /-high-phone-1$/ },
        set("startDelayInMinutes", delay),
      );
      const told = faults((r) => {
        const changed = patient(r);
        return changed && again(changed);
      });
      expect([...new Set(rulesOf(told))].filter((text) => text.startsWith("people"))).toEqual(expected);
    },
  );

  it("let a backup of production be two people, and no primary", () => {
    const pair = (rotation: string) =>
      on({ type: pagerduty("Schedule"), name: `portal-prod-${rotation}` }, pairOf);
    expect(faults(pair("backup"))).toEqual([]);
    expect(rulesOf(faults(pair("primary")))).toEqual(["rotations-staffed: fail"]);
  });

  it("see two PagerDuty services of one name", () => {
    const change = on(
      { type: pagerduty("Service"), name: "on-call-portal-platform-sev4" },
      set("name", "portal-prod-sev4"),
    );
    expect(faults(change).map((f) => messageOf(f, "prod"))).toContainEqual(
      expect.stringMatching(
        /^on-call-\S+: its name portal-prod-sev4 is also that of on-call-\S+, another PagerDuty service, must be distinct/,
      ),
    );
  });

  it("see through a key that belongs to another service", () => {
    const change = on({ type: serviceObject, name: "on-call-portal-sev1" }, (r) => ({
      ...r,
      propertyDependencies: {
        serviceKey: r.propertyDependencies["serviceKey"]?.map((urn) => urn.replace("sev1", "sev4")) ?? [],
      },
    }));
    expect(rulesOf(faults(change))).toEqual(["datadog-pages-by-name: fail"]);
  });

  it.each([
    ["escalation-policy-per-severity", "EscalationPolicy", "rules"],
    ["escalation-within-response-time", "EscalationPolicy", "rules.0.escalationDelayInMinutes"],
    ["escalation-repeats", "EscalationPolicy", "numLoops"],
    ["escalation-starts-on-call", "EscalationPolicy", "rules.0.targets.0.type"],
    ["escalation-reaches-leaders", "User", "jobTitle"],
    ["rotations-staffed", "Schedule", "name"],
    ["rotation-without-gaps", "Schedule", "layers.0.end"],
    ["rotation-starts-fixed", "Schedule", "layers.0.start"],
    ["people-reachable-by-phone", "UserContactMethod", "type"],
    ["people-sent-sms-at-once", "UserNotificationRule", "startDelayInMinutes"],
    ["people-called-at-once", "UserNotificationRule", "urgency"],
    ["rotation-turns-bearable", "Schedule", "layers.0.rotationTurnLengthSeconds"],
    ["phone-numbers-ring", "UserContactMethod", "address"],
    ["people-told-of-low-urgency", "UserNotificationRule", "urgency"],
    ["people-may-respond", "User", "role"],
    ["paging-service-per-severity", "Service", "name"],
    ["paging-service-escalates", "Service", "name"],
    ["paging-service-urgent", "Service", "incidentUrgencyRule"],
    ["acknowledgement-expires", "Service", "acknowledgementTimeout"],
    ["incidents-stay-open", "Service", "autoResolveTimeout"],
    ["paging-service-keeps-alerts", "Service", "alertCreation"],
    ["second-fault-pages-too", "Service", "alertGroupingParameters"],
    ["datadog-pages-by-name", "Service", "name"],
    ["paging-names-distinct", "Service", "name"],
    ["incidents-in-slack", "SlackConnection", "configs"],
    ["incidents-recorded-in-datadog", "WebhookSubscription", "events"],
    ["incidents-in-slack", "SlackConnection", "configs.0.priorities"],
    ["datadog-pages-by-name", "ServiceIntegration", "vendor"],
    ["slack-in-one-workspace", "SlackConnection", "workspaceId"],
    ["people-of-one-organisation", "User", "email"],
    ["people-mailed-at-their-organisation", "UserContactMethod", "type"],
    ["incidents-kept", "IncidentType", "configuration"],
    ["incident-severities-explained", "IncidentType", "configuration.createMessage"],
    ["incident-roles-declared", "IncidentUserDefinedRole", "name"],
    ["incident-pages-on-call", "IncidentNotificationRule", "handles"],
    ["incident-changes-in-chat", "IncidentNotificationRule", "renotifyOns"],
    ["incident-trigger-recorded", "IncidentUserDefinedField", "validValues"],
    ["incident-notices-stay-inside", "IncidentNotificationRule", "handles"],
    ["post-mortem-asks-everything", "IncidentPostmortemTemplate", "content"],
    ["post-mortem-actions-owned", "IncidentPostmortemTemplate", "content"],
    ["post-mortem-template-used", "IncidentPostmortemTemplate", "isDefault"],
  ])("%s is unknown where %s.%s is", (rule, kind, path) => {
    const type = kind.startsWith("Incident") ? datadog(kind) : pagerduty(kind);
    expect(rulesOf(faults(on(type, set(path, unknown))))).toContain(`${rule}: unknown`);
  });
});
