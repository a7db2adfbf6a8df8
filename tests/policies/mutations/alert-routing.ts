import { type Change, type Mutation, on, set, unset } from "./mutation.ts";

const monitor = (name: string) => ({ type: "datadog:index/monitor:Monitor", name });
const check = (name: string) => ({ type: "datadog:index/syntheticsTest:SyntheticsTest", name });

/** A SEV3 with a warning. */
const latency = monitor("portal-latency-list");
const homepage = check("portal-uptime-homepage");
const sev3 = "@pagerduty-portal-prod-sev3";

/** Replaces a part of the message. */
function say(old: string | RegExp, text: string): Change {
  return edit("message", (message) => message.replace(old, text));
}

function edit(property: "message" | "name", change: (text: string) => string): Change {
  return (r) => set(property, change(String(r.props[property])))(r);
}

function withoutTag(key: string): Change {
  return (r) =>
    set(
      "tags",
      tagsOf(r.props).filter((tag) => !tag.startsWith(`${key}:`)),
    )(r);
}

function tagsOf(props: Readonly<Record<string, unknown>>): readonly string[] {
  return Array.isArray(props["tags"]) ? props["tags"].map(String) : [];
}

export const alertRoutingMutations: readonly Mutation[] = [
  ...Object.entries({
    newGroupDelay: 86_400,
    "schedulingOptions.customSchedules": [
      { recurrences: [{ rrule: "FREQ=WEEKLY;BYDAY=MO", timezone: "UTC" }] },
    ],
    "schedulingOptions.evaluationWindows": [{ dayStarts: "04:00", timezone: "UTC" }],
    evaluationDelay: 86_400,
    notifyBies: ["*"],
    groupbySimpleMonitor: true,
    groupRetentionDuration: "1h",
    notificationPresetName: "hide_all",
    validate: false,
    forceDelete: true,
    "monitorThresholdWindows.triggerWindow": "last_1d",
    ignoreTagKeys: ["severity"],
  }).map(([option, value]) => ({
    rule: "alert-options-hold-nothing-back",
    title: option,
    change: on(latency, set(option, value)),
  })),
  {
    rule: "alert-values-agree",
    title: "a query that compares with another value",
    change: on(monitor("portal-function-crashes"), (r) => set("query", `${String(r.props["query"])}0`)(r)),
  },
  {
    rule: "alert-values-agree",
    title: "a warning behind the alert",
    change: on(monitor("portal-log-error-burst"), set("monitorThresholds.warning", "500")),
  },
  {
    rule: "alert-values-agree",
    title: "an end that never comes",
    change: on(monitor("portal-log-error-burst"), set("monitorThresholds.criticalRecovery", "-1")),
  },
  {
    rule: "alerts-link-runbook",
    title: "a page that does not exist",
    change: on(latency, say("/slow-responses.md", "/have-a-coffee.md")),
  },
  {
    rule: "alerts-link-runbook",
    title: "a check without a runbook",
    change: on(homepage, say(/Runbook: .*\n/, "")),
  },
  { rule: "alerts-link-dashboard", title: "no link", change: on(latency, say(/Dashboard: .*\n/, "")) },
  { rule: "alerts-have-severity", title: "none", change: on(latency, withoutTag("severity")) },
  {
    rule: "alerts-have-severity",
    title: "two",
    change: on(latency, (r) => set("tags", [...tagsOf(r.props), "severity:sev1"])(r)),
  },
  { rule: "alerts-page-once", title: "nobody", change: on(latency, say(sev3, "")) },
  {
    rule: "alerts-page-once",
    title: "in a branch that is never taken",
    change: on(latency, say(sev3, `{{#is_recovery}}{{#is_alert}}${sev3}{{/is_alert}}{{/is_recovery}}`)),
  },
  {
    rule: "alerts-page-once",
    title: "on some hosts only",
    change: on(
      check("portal-uptime-page-login"),
      say(/(@pagerduty\S+)/, '{{#is_match "host.name" "db"}}$1{{/is_match}}'),
    ),
  },
  { rule: "alerts-page-once", title: "twice", change: on(latency, say(sev3, `${sev3} ${sev3}`)) },
  {
    rule: "alerts-page-declared-service",
    title: "a service that was renamed",
    change: on(latency, say(sev3, "@pagerduty-old-portal-sev3")),
  },
  {
    rule: "alerts-tell-declared-recipients",
    title: "a stranger by mail",
    change: on(latency, say(sev3, `${sev3} @eve@example.org`)),
  },
  {
    rule: "alerts-tell-declared-recipients",
    also: ["alerts-tell-chat"],
    title: "everybody, in reminders",
    change: on(monitor("portal-error-rate-high"), set("escalationMessage", "Still. @all")),
  },
  {
    rule: "alerts-tell-chat",
    title: "reminders tell nobody",
    change: on(monitor("portal-error-rate-high"), set("escalationMessage", "Still.")),
  },
  {
    rule: "alerts-page-by-severity",
    title: "SEV3 to the queue of SEV4",
    change: on(latency, say(sev3, "@pagerduty-portal-prod-sev4")),
  },
  {
    rule: "alerts-page-by-severity",
    also: ["outage-calls-once"],
    title: "the homepage to the queue of SEV4",
    change: on(homepage, say("-prod-sev1", "-prod-sev4")),
  },
  { rule: "alerts-tell-chat", title: "not told", change: on(latency, say(/ @slack-\S+/, "")) },
  {
    rule: "alerts-tell-chat",
    title: "only when it is over",
    change: on(latency, say(/@slack-\S+/, "{{#is_recovery}}$&{{/is_recovery}}")),
  },
  {
    rule: "alerts-say-when-over",
    title: "PagerDuty does not hear of it",
    change: on(latency, say(/\{\{\^is_warning\}\}(.*)\{\{\/is_warning\}\}/, "{{#is_alert}}$1{{/is_alert}}")),
  },
  {
    rule: "warnings-page-nobody",
    title: "every state pages",
    change: on(latency, say(/\{\{\^is_warning\}\}(.*)\{\{\/is_warning\}\}/, "$1")),
  },
  {
    rule: "outages-urgent",
    also: ["outage-calls-once"],
    title: "an outage that waits for the morning",
    change: on(
      monitor("portal-service-outage"),
      withoutTag("severity"),
      (r) => set("tags", [...tagsOf(r.props), "severity:sev3"])(r),
      set("priority", "3"),
      say(/-sev1 @\S+-sev2 @\S+-sev3/, "-sev3"),
    ),
  },
  {
    rule: "paging-alerts-recover",
    also: ["service-levels-agree"],
    title: "no recovery value",
    change: on(monitor("portal-error-rate-high"), unset("monitorThresholds.criticalRecovery")),
  },
  {
    rule: "alert-values-agree",
    title: "over on the wrong side",
    change: on(monitor("portal-traffic-drop"), set("monitorThresholds.criticalRecovery", "10")),
  },
  {
    rule: "alerts-have-distinct-names",
    title: "two of a name",
    change: on(latency, set("name", "[portal prod] portal: the homepage does not answer")),
  },
  {
    rule: "aws-alerts-wait",
    title: "a minute",
    change: on(monitor("platform-database-cpu-high"), set("evaluationDelay", 60)),
  },
  {
    rule: "aws-alerts-not-sev1",
    title: "a SEV1 that comes a quarter of an hour late",
    change: on(
      monitor("platform-database-connections-high"),
      withoutTag("severity"),
      (r) => set("tags", [...tagsOf(r.props), "severity:sev1"])(r),
      set("priority", "1"),
      say("-sev2", "-sev1"),
    ),
  },
  {
    rule: "urgent-alerts-repeat",
    title: "told once",
    change: on(monitor("portal-error-rate-high"), unset("renotifyInterval")),
  },
  {
    rule: "urgent-alerts-repeat",
    title: "of missing data alone",
    change: on(monitor("portal-error-rate-high"), set("renotifyStatuses", ["no data"])),
  },
  {
    rule: "urgent-alerts-repeat",
    title: "a check that is told every two hours",
    change: on(homepage, set("optionsList.monitorOptions.renotifyInterval", 120)),
  },
  { rule: "alerts-prioritised", title: "a SEV3 as P5", change: on(latency, set("priority", "5")) },
  {
    rule: "alerts-prioritised",
    title: "a SEV1 as P3",
    change: on(homepage, set("optionsList.monitorPriority", 3)),
  },
  { rule: "alerts-not-silenced", title: "a draft", change: on(latency, set("draftStatus", "draft")) },
  {
    rule: "alerts-say-when-over",
    title: "no recovery",
    change: on(latency, say(/\{\{#is_recovery\}\}.*\{\{\/is_recovery\}\}\n/, "")),
  },
  {
    rule: "alerts-without-outer-blanks",
    title: "a blank behind the name",
    change: on(
      latency,
      edit("name", (name) => `${name} `),
    ),
  },
  { rule: "alerts-labelled", title: "nobody's", change: on(latency, withoutTag("owner")) },
];
