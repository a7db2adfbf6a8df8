import { describe, expect, it } from "vitest";
import { type Finding, messageOf } from "../../../model/finding.ts";
import { contextOf, evaluate, outOfForce } from "../../../policies/evaluate.ts";
import { alertRoutingRules } from "../../../policies/rules/alert-routing.ts";
import type { Registration } from "../../../readiness/engine/registration.ts";
import { declared, stackOf, unknown } from "../support/stack.ts";

/** Of a stack that has a chat. */
const rules = alertRoutingRules.filter((rule) => outOfForce(rule, contextOf("prod")) === undefined);

const recipients = [
  ...["portal-prod-sev2", "portal-prod-sev3"].map((name) =>
    declared("pagerduty:index/service:Service", { name }, { name }),
  ),
  declared("datadog:slack/channel:Channel", { accountName: "example", channelName: "#incidents" }),
  declared("pagerduty:index/user:User", { email: "Ana.Ruiz@example.com" }, { name: "ana" }),
  declared("datadog:index/webhook:Webhook", { name: "statuspage" }),
];

const message = [
  "Runbook: https://github.com/example/portal/blob/main/runbooks/database.md#database-storage-low",
  "Dashboard: https://app.datadoghq.eu/dashboard/lists?q=portal",
  "{{#is_recovery}}It is over.{{/is_recovery}}",
  "{{^is_warning}}@pagerduty-portal-prod-sev2{{/is_warning}} @slack-example-incidents",
].join("\n");

/** An alert as it should be, with changes. */
function alert(change: Readonly<Record<string, unknown>> = {}, name = "database-storage-low"): Registration {
  const props = {
    type: "query alert",
    name,
    message,
    query: "avg(last_15m):max:aws.rds.cpuutilization{product:portal} > 90",
    monitorThresholds: { critical: "90", warning: "80", criticalRecovery: "75" },
    evaluationDelay: 900,
    priority: "2",
    renotifyInterval: 30,
    renotifyOccurrences: 4,
    tags: [
      "product:portal",
      "environment:prod",
      "owner:web",
      "service:portal",
      "severity:sev2",
      "alert:database-storage-low",
    ],
    ...change,
  };
  return declared("datadog:index/monitor:Monitor", props, { name });
}

function check(): Registration {
  const { message: _, ...labels } = alert().props;
  return declared("datadog:index/syntheticsTest:SyntheticsTest", {
    ...labels,
    name: "homepage",
    message: message.replace(/\{\{.is_warning\}\}/g, ""),
    optionsList: { monitorPriority: 2, monitorOptions: { renotifyInterval: 10, renotifyOccurrences: 3 } },
  });
}

function failures(...registrations: readonly Registration[]): readonly string[] {
  return findings(...registrations).map(({ by: rule, outcome }) =>
    outcome === "fail" ? rule : `${rule}: ${outcome}`,
  );
}

function findings(...registrations: readonly Registration[]): readonly Finding[] {
  return evaluate(rules, stackOf([...recipients, ...registrations])).filter((f) => f.outcome !== "pass");
}

it.each(rules.map(({ id }) => id))("%s does not hold for a stack without anything", (id) => {
  const rule = rules.filter((r) => r.id === id);
  expect(evaluate(rule, stackOf([])).map((f) => f.outcome)).toEqual(["fail"]);
});

describe("an alert that reaches the right people", () => {
  it("passes every rule, with a check beside it", () => {
    expect(failures(alert(), check())).toEqual([]);
  });

  it.each([
    ["an unknown runbook", { message: message.replace("database.md", "panic.md") }, "alerts-link-runbook"],
    [
      "a service of nobody",
      { message: message.replace("portal-prod-sev2", "other") },
      "alerts-page-declared-service",
    ],
    ["another severity's service", { message: message.replace("sev2", "sev3") }, "alerts-page-by-severity"],
    ["pages on warnings", { message: message.replace(/\{\{.is_warning\}\}/g, "") }, "warnings-page-nobody"],
    ["an hour between reminders", { renotifyInterval: 60 }, "urgent-alerts-repeat"],
    ["reminders that never come", { renotifyOccurrences: 0 }, "urgent-alerts-repeat"],
    ["no reminders", { renotifyInterval: undefined, renotifyOccurrences: undefined }, "urgent-alerts-repeat"],
    [
      "an end where it began",
      { monitorThresholds: { critical: "90", warning: "80", criticalRecovery: "90" } },
      "alert-values-agree",
    ],
    [
      "a warning behind it",
      { monitorThresholds: { critical: "90", warning: "95", criticalRecovery: "80" } },
      "alert-values-agree",
    ],
    [
      "another value in its query",
      { monitorThresholds: { critical: "99", warning: "80", criticalRecovery: "80" } },
      "alert-values-agree",
    ],
    ["one notification for all", { notifyBies: ["*"] }, "alert-options-hold-nothing-back"],
    ["no end", { monitorThresholds: { critical: "90", warning: "80" } }, "paging-alerts-recover"],
    ["no delay", { evaluationDelay: undefined }, "aws-alerts-wait"],
    ["a draft", { draftStatus: "draft" }, "alerts-not-silenced"],
    ["a message that ends in a line break", { message: `${message}\n` }, "alerts-without-outer-blanks"],
  ])("%s fails one rule", (_title, change, rule) => {
    expect(failures(alert(change))).toEqual([rule]);
  });

  const handle = "@pagerduty-portal-prod-sev2";

  it("opens incidents of lesser severities beside its own, and of no other", () => {
    const both = { message: message.replace(handle, `${handle} @pagerduty-portal-prod-sev3`) };
    expect(failures(alert(both))).toEqual([]);
    const other = { message: message.replace(handle, `${handle} @pagerduty-shop-prod-sev3`) };
    expect(failures(alert(other))).toEqual(["alerts-page-once", "alerts-page-declared-service"]);
    const tags = String(alert().props["tags"]).replace("sev2", "sev3").split(",");
    expect(failures(alert({ ...both, tags }))).toContain("alerts-page-by-severity");
  });

  it("ends all that it opens", () => {
    const both = message.replace(
      handle,
      `${handle} {{^is_recovery}}@pagerduty-portal-prod-sev3{{/is_recovery}}`,
    );
    expect(failures(alert({ message: both }))).toEqual(["alerts-say-when-over"]);
  });

  const inside = (block: string) => ({
    message: message.replace(/\{\{\^is_warning\}\}.*\{\{\/is_warning\}\}/, block),
  });

  it.each<[string, Readonly<Record<string, unknown>>, readonly string[]]>([
    [
      "never",
      inside(`{{#is_recovery}}{{#is_alert}}${handle}{{/is_alert}}{{/is_recovery}}`),
      ["alerts-page-once"],
    ],
    [
      "only on some hosts",
      inside(`{{^is_warning}}{{#is_match "host.name" "db"}}${handle}{{/is_match}}{{/is_warning}}`),
      ["alerts-page-once"],
    ],
    [
      "on warnings alone",
      inside(`{{#is_warning}}${handle}{{/is_warning}}`),
      ["alerts-page-once", "warnings-page-nobody"],
    ],
    ["but not at its end", inside(`{{#is_alert}}${handle}{{/is_alert}}`), ["alerts-say-when-over"]],
    ["in a comment", inside(`{{!-- ${handle} --}}`), ["alerts-page-once"]],
    ["in the middle of a word", inside(`low${handle}`), ["alerts-page-once"]],
    [
      "but not of silence that it notifies of",
      {
        ...inside(`{{#is_alert}}${handle}{{/is_alert}}{{#is_recovery}}${handle}{{/is_recovery}}`),
        onMissingData: "show_and_notify_no_data",
      },
      ["alerts-page-once"],
    ],
    [
      "and a stranger by mail",
      { message: `${message} @eve@example.org` },
      ["alerts-tell-declared-recipients"],
    ],
    ["and everybody", { message: `${message} @all` }, ["alerts-tell-declared-recipients"]],
    [
      "and a stranger in reminders",
      { escalationMessage: "@webhook-elsewhere" },
      ["alerts-tell-declared-recipients", "alerts-tell-chat"],
    ],
    ["and another's channel", { message: `${message} @slack-example-random` }, ["alerts-tell-chat"]],
    [
      "and the channel in a comment",
      { message: message.replace(/(@slack\S+)/, "{{!-- $1 --}}") },
      ["alerts-tell-chat"],
    ],
    [
      "with the runbook of another alert",
      { message: message.replace("#database-storage-low", "#backup-failed") },
      ["alerts-link-runbook"],
    ],
    [
      "with a dashboard elsewhere",
      { message: message.replace("app.datadoghq.eu", "example.org") },
      ["alerts-link-dashboard"],
    ],
  ])("pages %s", (_title, change, rules) => {
    expect(failures(alert(change))).toEqual(rules);
  });

  it.each([
    [
      "in either branch",
      inside(`{{^is_warning}}{{#is_match "a" "b"}}${handle}{{else}}${handle}{{/is_match}}{{/is_warning}}`),
    ],
    ["outside of warnings", inside(`{{#is_warning}}Soon.{{else}}${handle}{{/is_warning}}`)],
    [
      "where it fires and ends",
      inside(`{{#is_alert}}${handle}{{/is_alert}}{{#is_recovery}}${handle}{{/is_recovery}}`),
    ],
    [
      "and tells its own people and webhooks",
      { message: `${message} @ana.ruiz@example.com @webhook-statuspage` },
    ],
    ["and shows an address", { message: `${message} or write to ops@example.org` }],
  ])("pages %s, which is as good", (_title, change) => {
    expect(failures(alert(change))).toEqual([]);
  });

  it.each([
    ["sev1", "pass"],
    ["sev2", "pass"],
    ["sev3", "fail"],
  ])("is as urgent as an outage that begins: %s", (severity, expected) => {
    const tags = ["alert:database-storage-low", `severity:${severity}`];
    const rule = rules.filter(({ id }) => id === "outages-urgent");
    expect(evaluate(rule, stackOf([alert({ tags })])).map(({ outcome }) => outcome)).toEqual([expected]);
  });

  it("cannot be judged where nobody can read its message", () => {
    const unclosed = findings(alert({ message: `${message} {{#is_alert}}` }));
    expect(new Set(unclosed.map(({ outcome }) => outcome))).toEqual(new Set(["unknown"]));
    expect(unclosed[0]?.observed).toBe("its message cannot be read: {{#is_alert}} is not closed");
  });

  it("is over on the good side of its threshold, which depends on the direction", () => {
    const low = {
      query: "avg(last_15m):min:aws.rds.freeable_memory{product:portal} < 100",
      monitorThresholds: { critical: "100", warning: "150", criticalRecovery: "200" },
    };
    expect(failures(alert(low))).toEqual([]);
    const wrong = { ...low, monitorThresholds: { critical: "100", warning: "150", criticalRecovery: "50" } };
    expect(failures(alert(wrong))).toEqual(["alert-values-agree"]);
  });

  it("may be muted by a downtime that ends, and by no other", () => {
    const mute = (oneTimeSchedule: object) =>
      declared("datadog:index/downtimeSchedule:DowntimeSchedule", { scope: "env:prod", oneTimeSchedule });
    expect(failures(alert(), mute({ end: "2026-03-01T00:00:00Z" }))).toEqual([]);
    const [finding] = findings(alert(), mute({}));
    expect(finding && messageOf(finding, "prod")).toBe(
      "subject: it never ends, must be given an end (ALERT-15). Publish the monitor, or give the downtime an end.",
    );
  });

  it("names itself where another has the same name", () => {
    const twin = { ...alert({ name: "database-storage-low" }, "twin"), name: "twin" };
    expect(findings(alert(), twin).map(({ by, urn }) => [by, urn])).toEqual([
      ["alerts-have-distinct-names", twin.urn],
    ]);
  });
});

describe("what is not known yet", () => {
  it("leaves the rules about messages undecided, and fails none", () => {
    const outcomes = findings(alert({ message: unknown }), check()).map(({ outcome }) => outcome);
    expect(new Set(outcomes)).toEqual(new Set(["unknown"]));
  });

  it("is no matter where it is an objective's id in a query", () => {
    const burn = alert({ type: "slo alert", query: unknown, evaluationDelay: undefined }, "burn");
    expect(failures(alert(), burn)).toEqual([]);
  });
});
