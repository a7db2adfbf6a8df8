import { describe, expect, it } from "vitest";
import { evaluate, type Finding } from "../../../policies/evaluate.ts";
import { onCallRules } from "../../../policies/rules/on-call.ts";
import type { Registration } from "../../../readiness/engine/registration.ts";
import { severities } from "../../../spec/severities.ts";
import { type Change, on, set } from "../mutations/mutation.ts";
import { onCallMutations } from "../mutations/on-call.ts";
import { declared, stackOf, unknown } from "../support/stack.ts";

const pagerduty = (kind: string) => `pagerduty:index/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`;
const datadog = (kind: string) => `datadog:index/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`;
const serviceObject = "datadog:pagerduty/serviceObject:ServiceObject";

type Links = Readonly<Record<string, readonly Registration[]>>;

/** A resource whose inputs take the outputs of others, which a preview does not know. */
function resource(
  type: string,
  name: string,
  props: Readonly<Record<string, unknown>>,
  links: Links = {},
  more: Partial<Registration> = {},
): Registration {
  const propertyDependencies = Object.fromEntries(
    Object.entries(links).map(([property, to]) => [property, to.map(({ urn }) => urn)]),
  );
  return declared(type, props, { name, propertyDependencies, ...more });
}

/** The least that on-call asks for: three people, two rotations, four policies, one app and the platform. */
function readyStack(stack = "prod"): readonly Registration[] {
  const people = ["On-call engineer", "Tech lead", "CTO"].map((jobTitle, i) =>
    resource(pagerduty("User"), `person-${i}`, { jobTitle }),
  );
  const contacts = people.flatMap((person) =>
    ["email", "sms", "phone"].map((channel) =>
      resource(
        pagerduty("UserContactMethod"),
        `${person.name}-${channel}`,
        { userId: unknown, type: `${channel}_contact_method` },
        { userId: [person] },
      ),
    ),
  );
  const notifications = people.flatMap((person) =>
    ["sms", "phone"].map((channel) =>
      resource(
        pagerduty("UserNotificationRule"),
        `${person.name}-high-${channel}-0`,
        {
          userId: unknown,
          urgency: "high",
          startDelayInMinutes: 0,
          contactMethod: { type: `${channel}_contact_method`, id: unknown },
        },
        { userId: [person], contactMethod: contacts },
      ),
    ),
  );
  const schedules = ["primary", "backup"].map((rotation) => {
    const name = `portal-${stack}-${rotation}`;
    const start = "2026-01-05T09:00:00Z";
    const users = people.map(() => unknown);
    const layers = [{ start, rotationVirtualStart: start, rotationTurnLengthSeconds: 604_800, users }];
    const timeZone = "Europe/London";
    return resource(pagerduty("Schedule"), name, { name, timeZone, layers }, { layers: people });
  });
  const policies = severities.map((severity) => {
    const name = `portal-${stack}-${severity.toLowerCase()}`;
    const levels = ["schedule_reference", "schedule_reference", "user_reference"];
    const rules = levels.map((type) => ({ escalationDelayInMinutes: 2, targets: [{ type, id: unknown }] }));
    const targets = [...schedules, ...people];
    return resource(pagerduty("EscalationPolicy"), name, { name, numLoops: 9, rules }, { rules: targets });
  });
  const services = policies.flatMap((policy, i) =>
    ["portal", "portal-platform"].flatMap((app) => pagingService(`${app}-${stack}-sev${i + 1}`, policy)),
  );
  return [
    ...people,
    ...contacts,
    ...notifications,
    ...schedules,
    ...policies,
    ...services,
    ...incidentEvents(),
    ...incidentManagement(`portal-platform-${stack}`),
    declared("readiness:index:App", {}, { name: "portal" }),
    declared(pagerduty("Tag"), {}, { name: "portal" }),
  ];
}

function pagingService(name: string, policy: Registration): readonly Registration[] {
  // Mutations name the resource by what the component calls it, where the stack's name does not occur.
  const own = `on-call-${name.replace(/-(prod|staging)-/, "-")}`;
  const service = resource(
    pagerduty("Service"),
    own,
    {
      name,
      escalationPolicy: unknown,
      incidentUrgencyRule: { type: "constant", urgency: "high" },
      acknowledgementTimeout: "1800",
      autoResolveTimeout: "null",
      alertCreation: "create_alerts_and_incidents",
    },
    { escalationPolicy: [policy] },
  );
  const integration = resource(
    pagerduty("ServiceIntegration"),
    own,
    { service: unknown },
    { service: [service] },
    { additionalSecretOutputs: ["integrationKey"] },
  );
  return [
    service,
    integration,
    resource(pagerduty("ServiceDependency"), own, {}, { dependency: [service] }),
    resource(serviceObject, own, { serviceName: name, serviceKey: unknown }, { serviceKey: [integration] }),
    resource(
      pagerduty("SlackConnection"),
      own,
      { sourceId: unknown, configs: [{ events: ["incident.triggered"] }] },
      { sourceId: [service] },
    ),
  ];
}

function incidentEvents(): readonly Registration[] {
  const team = resource(pagerduty("Team"), "portal-on-call", {});
  const key = resource(datadog("ApiKey"), "portal-on-call", {});
  const events = ["incident.triggered", "incident.acknowledged", "incident.resolved"];
  const webhook = resource(
    pagerduty("WebhookSubscription"),
    "portal-on-call",
    { active: true, events },
    { filters: [team], deliveryMethods: [key] },
    { additionalSecretOutputs: ["deliveryMethods"] },
  );
  return [team, key, webhook];
}

/** @param pages what the PagerDuty services that an incident pages are called, without their severity */
function incidentManagement(pages: string): readonly Registration[] {
  const type = resource(datadog("IncidentType"), "portal-incidents", {
    configuration: { allowIncidentDeletion: false, createMessage: "SEV-1, SEV-2, SEV-3 and SEV-4" },
  });
  const part = (kind: string, name: string, props: Readonly<Record<string, unknown>>) =>
    resource(
      datadog(kind),
      `portal-incidents-${name}`,
      { incidentType: unknown, ...props },
      { incidentType: [type] },
    );
  const notice = (name: string, severity: number, props: Readonly<Record<string, unknown>>) =>
    part("IncidentNotificationRule", `${name}-sev${severity}`, {
      enabled: true,
      trigger: "incident_saved_trigger",
      conditions: [{ field: "severity", values: [`SEV-${severity}`] }],
      ...props,
    });
  return [
    type,
    ...["Operations lead", "Communications lead", "Scribe"].map((name) =>
      part("IncidentUserDefinedRole", name.toLowerCase().replace(" ", "-"), {
        name,
        policy: { isSingle: true },
      }),
    ),
    part("IncidentUserDefinedField", "trigger", { name: "trigger", validValues: [{ value: "deployment" }] }),
    ...[1, 2].map((n) => notice("page", n, { handles: [`@pagerduty-${pages}-sev${n}`] })),
    ...[1, 2, 3].map((n) =>
      notice("update", n, { handles: ["@slack-example-incidents"], renotifyOns: ["status", "severity"] }),
    ),
    part("IncidentPostmortemTemplate", "template", {
      isDefault: true,
      content: [
        ...["Summary", "Impact", "Timeline", "Root causes", "Detection", "What went well"],
        ...["What went badly", "Action items"],
      ]
        .map((heading) => `## ${heading}`)
        .concat("| Action | Owner | Due |")
        .join("\n"),
    }),
  ];
}

/** What is wrong with a stack after a change. */
function faults(change: Change, stack = "prod"): readonly Finding[] {
  const registrations = readyStack(stack).flatMap((r) => change(r) ?? []);
  return evaluate(onCallRules, stackOf(registrations, stack)).filter(
    ({ outcome }) => outcome !== "pass" && outcome !== "not-applicable",
  );
}

const rulesOf = (findings: readonly Finding[]) => [
  ...new Set(findings.map((f) => `${f.rule}: ${f.outcome}`)),
];

describe("on-call rules", () => {
  it.each(["prod", "staging"])("hold in a ready %s stack, in which no id is known yet", (stack) => {
    expect(faults((r) => r, stack)).toEqual([]);
  });

  it.each(onCallMutations)("$rule fails alone: $title", ({ rule, change, stack }) => {
    expect(rulesOf(faults(change, stack))).toEqual([`${rule}: fail`]);
  });

  it("have a mutation each", () => {
    expect(new Set(onCallMutations.map(({ rule }) => rule))).toEqual(
      new Set(onCallRules.map(({ id }) => id)),
    );
  });

  it("fail in an empty stack", () => {
    const passing = evaluate(onCallRules, stackOf([])).filter(({ outcome }) => outcome !== "fail");
    expect(passing).toEqual([]);
  });

  it("ask staging for fewer people and no urgency", () => {
    const lowUrgency = on(pagerduty("Service"), set("incidentUrgencyRule.urgency", "low"));
    expect(rulesOf(faults(lowUrgency, "staging"))).toEqual([]);
    const pair = on(pagerduty("Schedule"), (r) => ({
      ...r,
      propertyDependencies: { layers: r.propertyDependencies["layers"]?.slice(0, 2) ?? [] },
    }));
    expect(rulesOf(faults(pair, "staging"))).toEqual([]);
    expect(rulesOf(faults(pair, "prod"))).toEqual(["rotations-staffed: fail"]);
  });

  it("count the waits before the last level, not its own", () => {
    const policy = { type: pagerduty("EscalationPolicy"), name: "portal-prod-sev1" };
    expect(faults(on(policy, set("rules.2.escalationDelayInMinutes", 60)))).toEqual([]);
    expect(faults(on(policy, set("rules.0.escalationDelayInMinutes", 3)))).toMatchObject([
      {
        message: expect.stringContaining(
          "its last level is told after 5 minutes, must be after < 5 (ONC-02)",
        ),
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

  it("let a night's work silence what is expected of it", () => {
    const dependency = { type: pagerduty("ServiceDependency"), name: "on-call-portal-platform-sev2" };
    const work = on(dependency, (r) => ({
      ...r,
      type: pagerduty("MaintenanceWindow"),
      props: { startTime: "2026-12-05T22:00:00Z", endTime: "2026-12-06T06:00:00Z" },
      propertyDependencies: { services: r.propertyDependencies["dependency"] ?? [] },
    }));
    expect(faults(work)).toEqual([]);
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
    ["paging-service-per-severity", "Service", "name"],
    ["paging-service-escalates", "Service", "name"],
    ["paging-service-urgent", "Service", "incidentUrgencyRule"],
    ["acknowledgement-expires", "Service", "acknowledgementTimeout"],
    ["incidents-stay-open", "Service", "autoResolveTimeout"],
    ["paging-service-keeps-alerts", "Service", "alertCreation"],
    ["datadog-pages-by-name", "Service", "name"],
    ["incidents-in-slack", "SlackConnection", "configs"],
    ["incidents-recorded-in-datadog", "WebhookSubscription", "events"],
    ["incidents-kept", "IncidentType", "configuration"],
    ["incident-severities-explained", "IncidentType", "configuration.createMessage"],
    ["incident-roles-declared", "IncidentUserDefinedRole", "name"],
    ["incident-pages-on-call", "IncidentNotificationRule", "handles"],
    ["incident-changes-in-slack", "IncidentNotificationRule", "renotifyOns"],
    ["incident-trigger-recorded", "IncidentUserDefinedField", "validValues"],
    ["post-mortem-asks-everything", "IncidentPostmortemTemplate", "content"],
    ["post-mortem-actions-owned", "IncidentPostmortemTemplate", "content"],
    ["post-mortem-template-used", "IncidentPostmortemTemplate", "isDefault"],
  ])("%s is unknown where %s.%s is", (rule, kind, path) => {
    const type = kind.startsWith("Incident") ? datadog(kind) : pagerduty(kind);
    expect(rulesOf(faults(on(type, set(path, unknown))))).toContain(`${rule}: unknown`);
  });
});
