import { type Mutation, on, set } from "./mutation.ts";

const monitor = (name: string) => ({ type: "datadog:index/monitor:Monitor", name });
const check = (name: RegExp) => ({ type: "datadog:index/syntheticsTest:SyntheticsTest", name });
const policy = (severity: string) => ({
  type: "pagerduty:index/escalationPolicy:EscalationPolicy",
  name: new RegExp(`-${severity}$`),
});

export const proofMutations: readonly Mutation[] = [
  {
    rule: "escalation-reaches-two-people",
    title: "the second level of SEV3 is the primary rotation again",
    change: on(policy("sev3"), (r) => {
      const rules = r.propertyDependencies["rules"]?.filter((urn) => !urn.endsWith("-backup")) ?? [];
      return { ...r, propertyDependencies: { ...r.propertyDependencies, rules } };
    }),
  },
  {
    rule: "notifications-ring-their-owner",
    title: "one person's calls go to a colleague's phone",
    change: on(
      { type: "pagerduty:index/userNotificationRule:UserNotificationRule", name: /-amara-high-phone-0$/ },
      (r) => {
        const contactMethod = (r.propertyDependencies["contactMethod"] ?? []).map((urn) =>
          urn.replace("-amara-", "-jonas-"),
        );
        return { ...r, propertyDependencies: { ...r.propertyDependencies, contactMethod } };
      },
    ),
  },
  {
    rule: "alerts-in-time",
    title: "a SEV1 waits a quarter of an hour for its data",
    change: on(monitor("portal-service-outage"), set("evaluationDelay", 900)),
  },
  {
    rule: "alerts-in-time",
    title: "a SEV2 judges four hours at a time",
    change: on(
      monitor("portal-latency-overall"),
      set("query", "percentile(last_4h):p95:trace.http.server.request{env:prod,service:portal} > 0.3"),
    ),
  },
  {
    rule: "alerts-in-time",
    also: ["outage-pages-within-two-minutes", "failing-requests-noticed"],
    title: "PagerDuty pauses what it takes for transient",
    change: on(
      { type: "pagerduty:index/service:Service", name: /-portal-sev1$/ },
      set("autoPauseNotificationsParameters", { enabled: true, timeout: 300 }),
    ),
  },
  {
    rule: "outage-pages-within-two-minutes",
    also: ["alerts-in-time", "people-called-again"],
    title: "one person's phone rings a minute after they were told",
    change: on(
      {
        type: "pagerduty:index/userNotificationRule:UserNotificationRule",
        name: /-amara-high-(sms|phone)-0$/,
      },
      set("startDelayInMinutes", 1),
    ),
  },
  {
    rule: "outage-pages-within-two-minutes",
    also: ["alerts-in-time", "check-options-look-closely"],
    title: "a location that cannot connect tries on for half a minute, three times",
    change: on(check(/^portal-uptime-(homepage|health)$/), set("optionsList.retry.interval", 15_000)),
  },
  {
    rule: "outage-calls-once",
    title: "each alert of SEV2 is an incident of its own",
    change: on(
      { type: "pagerduty:index/service:Service", name: /-portal-sev2$/ },
      set("alertGroupingParameters", undefined),
    ),
  },
  {
    rule: "outage-calls-once",
    title: "what fires after a minute does not join",
    change: on(
      { type: "pagerduty:index/service:Service", name: /-portal-sev1$/ },
      set("alertGroupingParameters.config.timeout", 1),
    ),
  },
  {
    rule: "outage-calls-once",
    title: "a SEV1 leaves SEV2 to ring by itself",
    change: on(check(/^portal-uptime-(homepage|health)$/), (r) => ({
      ...r,
      props: { ...r.props, message: String(r.props["message"]).replace(/ @pagerduty-\S+-sev2/, "") },
    })),
  },
  {
    rule: "outage-calls-once",
    title: "the check of a page rings as soon as the homepage's",
    change: on(check(/^portal-uptime-page-login$/), set("optionsList.minFailureDuration", undefined)),
  },
  {
    rule: "outage-calls-once",
    title: "errors ring before the outage that they are",
    change: on(monitor("portal-error-rate-high"), set("evaluationDelay", undefined)),
  },
  {
    rule: "outage-pages-within-two-minutes",
    also: ["alerts-in-time", "outage-calls-once"],
    title: "a check waits for a site that hangs",
    change: on(check(/^portal-uptime-(homepage|health)$/), set("requestDefinition.timeout", 20)),
  },
  {
    rule: "alerts-in-time",
    title: "levels of SEV1 that take four minutes",
    change: on(policy("sev1"), set("rules.1.escalationDelayInMinutes", 2)),
  },
  {
    rule: "alerts-outlast-silence",
    title: "an urgent alert is taken back after an hour without data",
    change: on(monitor("portal-error-rate-high"), set("timeoutH", 1)),
  },
];
