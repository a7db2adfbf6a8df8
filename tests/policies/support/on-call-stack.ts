/** A stack in which every rule of on-call holds, as a preview knows it. */
import { severities } from "../../../model/on-call/severities.ts";
import type { Registration } from "../../../readiness/engine/registration.ts";
import { datadog, incidentManagement } from "./incident-stack.ts";
import { resource as plain } from "./linked.ts";
import { declared, unknown } from "./stack.ts";

export const pagerduty = (kind: string) =>
  `pagerduty:index/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`;
export const serviceObject = "datadog:pagerduty/serviceObject:ServiceObject";

const course = ["incident.triggered", "incident.acknowledged", "incident.resolved"];

type Links = Readonly<Record<string, readonly Registration[]>>;

function resource(
  type: string,
  name: string,
  props: Readonly<Record<string, unknown>>,
  links: Links = {},
  more: Partial<Registration> = {},
): Registration {
  return { ...plain(type, name, props, links), ...more };
}

/** The least that on-call asks for: three who take turns, two whom incidents go up to, two rotations, four policies, one app and the platform. */
export function readyStack(stack = "prod"): readonly Registration[] {
  const app = declared("readiness:index:App", {}, { name: "portal" });
  const people = [...Array(3).fill("On-call engineer"), "Tech lead", "CTO"].map((jobTitle, i) =>
    resource(pagerduty("User"), `person-${i}`, {
      jobTitle,
      role: "limited_user",
      email: `person-${i}@example.com`,
    }),
  );
  const team = resource(pagerduty("Team"), "portal-on-call", {});
  const members = people.map((person) =>
    resource(
      pagerduty("TeamMembership"),
      person.name,
      { role: "responder" },
      { userId: [person], teamId: [team] },
    ),
  );
  const contacts = people.flatMap((person, i) =>
    ["sms", "phone"].map((channel) =>
      resource(
        pagerduty("UserContactMethod"),
        `${person.name}-${channel}`,
        {
          userId: unknown,
          type: `${channel}_contact_method`,
          address: `770090010${i}`,
          countryCode: 44,
        },
        { userId: [person] },
      ),
    ),
  );
  const notifications = people.flatMap((person) =>
    (
      [
        ["high", "sms", 0],
        ["high", "phone", 0],
        ["high", "phone", 1],
        ["low", "email", 0],
      ] as const
    ).map(([urgency, channel, startDelayInMinutes]) =>
      resource(
        pagerduty("UserNotificationRule"),
        `${person.name}-${urgency}-${channel}-${startDelayInMinutes}`,
        {
          userId: unknown,
          urgency,
          startDelayInMinutes,
          contactMethod: { type: `${channel}_contact_method`, id: unknown },
        },
        {
          userId: [person],
          contactMethod:
            channel === "email"
              ? [person]
              : contacts.filter(({ name }) => name === `${person.name}-${channel}`),
        },
      ),
    ),
  );
  const [turns, leads] = [people.slice(0, 3), people.slice(3)];
  const schedules = ["primary", "backup"].map((rotation, before) => {
    const name = `portal-${stack}-${rotation}`;
    const start = "2026-01-05T09:00:00Z";
    const users = turns.map(() => unknown);
    const layers = [{ start, rotationVirtualStart: start, rotationTurnLengthSeconds: 604_800, users }];
    const timeZone = "Europe/London";
    return resource(
      pagerduty("Schedule"),
      name,
      { name, timeZone, layers },
      { layers: [...turns.slice(before), ...turns.slice(0, before)] },
    );
  });
  const policies = severities.map((severity) => {
    const name = `portal-${stack}-${severity.toLowerCase()}`;
    const levels = ["schedule_reference", "schedule_reference", "user_reference"];
    const rules = levels.map((type) => ({
      escalationDelayInMinutes: 2,
      targets: (type === "user_reference" ? leads : [team]).map(() => ({ type, id: unknown })),
    }));
    const targets = [...schedules, ...leads];
    const links = { rules: targets, teams: [team] };
    return resource(pagerduty("EscalationPolicy"), name, { name, numLoops: 9, rules }, links);
  });
  const customers = resource(pagerduty("BusinessService"), "portal-on-call", {});
  const services = policies.flatMap((policy, i) =>
    ["portal", "portal-platform"].flatMap((app) =>
      pagingService(`${app}-${stack}-sev${i + 1}`, policy, customers),
    ),
  );
  return [
    ...people,
    team,
    ...members,
    ...contacts,
    ...notifications,
    ...schedules,
    ...policies,
    ...services,
    ...incidentEvents(team),
    ...incidentManagement(`portal-platform-${stack}`),
    customers,
    app,
    declared("vercel:index/project:Project", {}, { name: "portal", parent: app.urn }),
    declared(pagerduty("Tag"), {}, { name: "portal" }),
  ];
}

function pagingService(name: string, policy: Registration, customers: Registration): readonly Registration[] {
  // Mutations name the resource by what the component calls it, where the stack's name does not occur.
  const own = `on-call-${name.replace(/-(prod|staging)-/, "-")}`;
  const service = resource(
    pagerduty("Service"),
    own,
    {
      name,
      escalationPolicy: unknown,
      ...urgency(name.at(-1)),
      acknowledgementTimeout: "1800",
      autoResolveTimeout: "null",
      alertCreation: "create_alerts_and_incidents",
    },
    { escalationPolicy: [policy] },
  );
  const integration = resource(
    pagerduty("ServiceIntegration"),
    own,
    { service: unknown, vendor: "PAM4FGS" },
    { service: [service] },
    { additionalSecretOutputs: ["integrationKey"] },
  );
  return [
    service,
    integration,
    resource(
      pagerduty("ServiceDependency"),
      own,
      {
        dependency: {
          supportingServices: [{ type: "service", id: unknown }],
          dependentServices: [{ type: "business_service", id: unknown }],
        },
      },
      { dependency: [service, customers] },
    ),
    resource(serviceObject, own, { serviceName: name, serviceKey: unknown }, { serviceKey: [integration] }),
    resource(
      pagerduty("SlackConnection"),
      own,
      {
        sourceId: unknown,
        sourceType: "service_reference",
        notificationType: "responder",
        workspaceId: "T0EXAMPLE1",
        channelId: "C0INCIDENT1",
        configs: [
          { events: [...course, "incident.unacknowledged", "incident.escalated", "incident.reassigned"] },
        ],
      },
      { sourceId: [service] },
    ),
  ];
}

/** High, low, or by day. */
function urgency(severity: string | undefined): Readonly<Record<string, unknown>> {
  const constant = (level: string) => ({ type: "constant", urgency: level });
  if (severity !== "3") return { incidentUrgencyRule: constant(severity === "4" ? "low" : "high") };
  return {
    incidentUrgencyRule: {
      type: "use_support_hours",
      duringSupportHours: constant("high"),
      outsideSupportHours: constant("low"),
    },
    supportHours: {
      type: "fixed_time_per_day",
      timeZone: "Europe/London",
      daysOfWeeks: [1, 2, 3, 4, 5],
      startTime: "09:00:00",
      endTime: "18:00:00",
    },
    scheduledActions: [
      {
        type: "urgency_change",
        toUrgency: "high",
        ats: [{ type: "named_time", name: "support_hours_start" }],
      },
    ],
  };
}

function incidentEvents(team: Registration): readonly Registration[] {
  const key = resource(datadog("ApiKey"), "portal-on-call", {});
  const webhook = resource(
    pagerduty("WebhookSubscription"),
    "portal-on-call",
    {
      active: true,
      events: [...course, "incident.unacknowledged", "incident.reopened"],
      filters: [{ type: "team_reference", id: unknown }],
      deliveryMethods: [{ type: "http_delivery_method", url: unknown }],
    },
    { filters: [team], deliveryMethods: [key] },
    { additionalSecretOutputs: ["deliveryMethods"] },
  );
  return [key, webhook];
}
