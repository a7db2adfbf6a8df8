/** The least that reaches a person: one alert of each kind, a service for each severity, two rotations, a lead. */
import type { Registration } from "../../../readiness/engine/registration.ts";
import { resource } from "./linked.ts";
import { declared, unknown } from "./stack.ts";

const pagerduty = (kind: string) => `pagerduty:index/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`;
export const types = {
  user: pagerduty("User"),
  contact: pagerduty("UserContactMethod"),
  notification: pagerduty("UserNotificationRule"),
  schedule: pagerduty("Schedule"),
  policy: pagerduty("EscalationPolicy"),
  service: pagerduty("Service"),
  monitor: "datadog:index/monitor:Monitor",
  check: "datadog:index/syntheticsTest:SyntheticsTest",
} as const;

const amara = resource(types.user, "amara");
const jonas = resource(types.user, "jonas");
const helen = resource(types.user, "helen");
const people = [amara, jonas, helen];
const contacts = people.map((person) =>
  resource(types.contact, `${person.name}-phone`, { type: "phone_contact_method" }, { userId: [person] }),
);
const notifications = people.map((person, i) =>
  resource(
    types.notification,
    `${person.name}-high`,
    { urgency: "high", startDelayInMinutes: 0, contactMethod: { type: "phone_contact_method", id: unknown } },
    { userId: [person], contactMethod: contacts.slice(i, i + 1) },
  ),
);

const layer = {
  start: "2026-01-05T09:00:00Z",
  rotationVirtualStart: "2026-01-05T09:00:00Z",
  rotationTurnLengthSeconds: 604_800,
  users: [unknown, unknown],
};
const rotas = (
  [
    ["primary", [amara, jonas]],
    ["backup", [jonas, amara]],
  ] as const
).map(([name, turns]) =>
  resource(
    types.schedule,
    `portal-prod-${name}`,
    { name: `portal-prod-${name}`, timeZone: "Europe/Zagreb", layers: [layer] },
    { layers: turns },
  ),
);

const level = (type: string, escalationDelayInMinutes: number) => ({
  escalationDelayInMinutes,
  targets: [{ type, id: unknown }],
});
const paging = ([1, 2] as const).flatMap((severity) => {
  const name = `portal-prod-sev${severity}`;
  const wait = severity === 1 ? 1 : 3;
  const rules = ["schedule_reference", "schedule_reference", "user_reference"].map((type) =>
    level(type, wait),
  );
  const policy = resource(types.policy, `${name}-policy`, { name, rules }, { rules: [...rotas, helen] });
  const alertGroupingParameters = { type: "time", config: { timeout: 5 * wait } };
  const props = { name, incidentUrgencyRule: { type: "constant", urgency: "high" }, alertGroupingParameters };
  return [policy, resource(types.service, name, props, { escalationPolicy: [policy] })];
});

const told = (severity: number) => ({
  message: Array.from({ length: 3 - severity }, (_, i) => `@pagerduty-portal-prod-sev${severity + i}`).join(
    " ",
  ),
  tags: ["service:portal", `severity:sev${severity}`],
});
const alerts = [
  resource(types.check, "homepage", {
    ...told(1),
    name: "homepage",
    subtype: "http",
    requestDefinition: { timeout: 5 },
    optionsList: { tickEvery: 60, retry: { count: 2, interval: 1000 } },
  }),
  resource(types.monitor, "outage", {
    ...told(1),
    name: "outage",
    type: "query alert",
    query:
      "sum(last_2m):100 * default_zero(sum:requests.errors{*}.as_count()) / sum:requests.hits{*}.as_count() > 50",
    monitorThresholds: { critical: "50" },
  }),
  resource(types.monitor, "slow", {
    ...told(2),
    name: "slow",
    type: "query alert",
    query: "percentile(last_10m):p95:requests{*} > 0.3",
    // Where it hangs, the check has fired after 82 s.
    evaluationDelay: 120,
    monitorThresholds: { critical: "0.3" },
  }),
];

/** Everything holds in it. */
export const pagedStack: readonly Registration[] = [
  ...people,
  ...contacts,
  ...notifications,
  ...rotas,
  ...paging,
  ...alerts,
  declared("readiness:index:App", {}, { name: "portal" }),
  declared(
    "vercel:index/project:Project",
    { resourceConfig: { functionDefaultTimeout: 30 } },
    { name: "portal" },
  ),
];
