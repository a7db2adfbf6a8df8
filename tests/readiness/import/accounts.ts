/** What the accounts of the fake vendors hold, as their interfaces tell it. */

/** What no output may hold: keys, and what an account keeps secret. */
export const secrets = {
  pagerduty: "u+pd-canary-4f1c",
  api: "dd-api-canary-77aa",
  app: "dd-app-canary-12cd",
  integration: "e93facc04764012d7bfb002500d5d1a6",
  login: "canary-basic-9d8e",
} as const;

export type Json = Readonly<Record<string, unknown>>;

const user = (id: string, name: string, more: Json = {}): Json => ({
  id,
  type: "user",
  summary: name,
  name,
  email: `${id.toLowerCase()}@example.com`,
  role: "limited_user",
  time_zone: "Europe/Berlin",
  job_title: null,
  contact_methods: [
    { id: `${id}PH`, type: "phone_contact_method", label: "Mobile", address: "3012345678", country_code: 49 },
    { id: `${id}PU`, type: "push_notification_contact_method", label: "iPhone", address: "device-canary" },
  ],
  notification_rules: [
    {
      id: `${id}NR`,
      type: "assignment_notification_rule",
      start_delay_in_minutes: 0,
      urgency: "high",
      contact_method: { id: `${id}PH`, type: "phone_contact_method" },
    },
  ],
  ...more,
});

/** 120 people: two pages. */
const users = Array.from({ length: 120 }, (_, i) => user(`PU${String(i).padStart(4, "0")}`, `Person ${i}`));

const layer = (id: string, people: readonly string[], more: Json = {}): Json => ({
  id,
  name: id,
  start: "2026-01-05T08:00:00Z",
  end: null,
  rotation_virtual_start: "2026-01-05T08:00:00Z",
  rotation_turn_length_seconds: 604800,
  users: people.map((person) => ({ user: { id: person, type: "user_reference" } })),
  restrictions: [],
  ...more,
});

export const schedules: Readonly<Record<string, Json>> = {
  PSCHED1: {
    id: "PSCHED1",
    type: "schedule",
    name: "Payments, weekly",
    time_zone: "Europe/Berlin",
    // The first goes before the second; the third is over.
    schedule_layers: [
      layer("days", ["PU0001"], {
        restrictions: [{ type: "daily_restriction", start_time_of_day: "09:00:00", duration_seconds: 28800 }],
      }),
      layer("base", ["PU0000", "PU0001", "PU0002"]),
      layer("old", ["PU0003"], { end: "2026-02-01T00:00:00Z" }),
    ],
  },
};

export const pagerDuty: Readonly<Record<string, readonly Json[]>> = {
  users,
  schedules: [{ id: "PSCHED1", name: "Payments, weekly", time_zone: "Europe/Berlin" }],
  escalation_policies: [
    {
      id: "PPOLICY1",
      name: "Payments",
      num_loops: 2,
      escalation_rules: [
        {
          id: "r1",
          escalation_delay_in_minutes: 10,
          targets: [{ id: "PSCHED1", type: "schedule_reference" }],
        },
        { id: "r2", escalation_delay_in_minutes: 15, targets: [{ id: "PU0005", type: "user_reference" }] },
      ],
    },
  ],
  services: [
    {
      id: "PSERVICE",
      name: "Payments API",
      acknowledgement_timeout: 1800,
      auto_resolve_timeout: null,
      alert_creation: "create_alerts_and_incidents",
      escalation_policy: { id: "PPOLICY1", type: "escalation_policy_reference" },
      incident_urgency_rule: {
        type: "use_support_hours",
        during_support_hours: { type: "constant", urgency: "high" },
        outside_support_hours: { type: "constant", urgency: "low" },
      },
      support_hours: {
        type: "fixed_time_per_day",
        time_zone: "Europe/Berlin",
        days_of_week: [1, 2, 3, 4, 5],
        start_time: "09:00:00",
        end_time: "17:00:00",
      },
      scheduled_actions: [
        {
          type: "urgency_change",
          to_urgency: "high",
          at: { type: "named_time", name: "support_hours_start" },
        },
      ],
      integrations: [
        {
          id: "PINTEG1",
          type: "events_api_v2_inbound_integration",
          name: "Datadog",
          vendor: { id: "PAM4FGS", type: "vendor_reference" },
          integration_key: secrets.integration,
        },
      ],
    },
  ],
  maintenance_windows: [
    {
      id: "PWINDOW1",
      description: "Move",
      start_time: "2026-12-01T20:00:00Z",
      end_time: "2026-12-01T22:00:00Z",
      services: [{ id: "PSERVICE", type: "service_reference" }],
    },
  ],
};

/** 101 monitors: two pages. */
export const monitors: readonly Json[] = [
  {
    id: 1001,
    name: "Payments: errors",
    type: "query alert",
    query: "sum(last_5m):sum:payments.errors{*}.as_count() > 5",
    message: "{{#is_alert}}@pagerduty-Payments-API{{/is_alert}}",
    tags: ["team:payments"],
    priority: 2,
    options: {
      thresholds: { critical: 5, warning: 3, critical_recovery: null },
      notify_no_data: false,
      renotify_interval: 20,
      on_missing_data: "default",
      include_tags: true,
      silenced: {},
    },
  },
  {
    id: 1002,
    name: "[Synthetics] Home",
    type: "synthetics alert",
    query: "no_query",
    message: "",
    options: {},
  },
  ...Array.from({ length: 99 }, (_, i) => ({
    id: 2000 + i,
    name: `Host ${i}`,
    type: "metric alert",
    query: `avg(last_5m):avg:system.cpu.user{host:h${i}} > 90`,
    message: "@ops@example.com",
    tags: [],
    options: { thresholds: { critical: 90 } },
  })),
];

export const checks: readonly Json[] = [
  {
    public_id: "abc-def-ghi",
    name: "Home",
    type: "api",
    subtype: "http",
    status: "live",
    message: "@pagerduty-Payments-API",
    tags: ["env:live"],
    locations: ["aws:eu-central-1"],
    monitor_id: 1002,
    config: {
      request: {
        method: "GET",
        url: `https://example.com/health?token=${secrets.login}`,
        headers: { Authorization: `Bearer ${secrets.login}` },
        body: secrets.login,
        basicAuth: { username: "x", password: secrets.login },
      },
      assertions: [
        { type: "statusCode", operator: "is", target: 200 },
        { type: "header", property: "x", operator: "is", target: secrets.login },
      ],
    },
    options: { tick_every: 60, min_location_failed: 1, retry: { count: 1, interval: 300 } },
  },
];

export const downtimes: readonly Json[] = [
  {
    id: "d1",
    attributes: {
      status: "scheduled",
      scope: "env:live",
      monitor_identifier: { monitor_tags: ["*"] },
      schedule: {
        timezone: "UTC",
        recurrences: [{ duration: "9h", rrule: "FREQ=DAILY;INTERVAL=1", start: "2026-01-01T22:00:00" }],
      },
    },
  },
  {
    id: "d2",
    attributes: { status: "ended", scope: "env:live", schedule: { start: "2026-01-01T00:00:00Z" } },
  },
];

export const objectives: readonly Json[] = [
  {
    id: "slo1",
    name: "Availability",
    type: "metric",
    tags: [],
    query: { numerator: "sum:good{*}.as_count()", denominator: "sum:all{*}.as_count()" },
    thresholds: [{ timeframe: "30d", target: 99.9 }],
    timeframe: "30d",
    target_threshold: 99.9,
  },
];
