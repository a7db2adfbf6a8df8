import { type Change, drop, type Mutation, on, set, unset } from "./mutation.ts";
import { relink } from "./relink.ts";
import { unlink } from "./unlink.ts";

const watch = (type: string) => ({ type, name: "portal-outside-watch" });
const check = watch("aws:route53/healthCheck:HealthCheck");
const alarm = watch("aws:cloudwatch/metricAlarm:MetricAlarm");
const subscription = watch("aws:sns/topicSubscription:TopicSubscription");
const integration = watch("pagerduty:index/serviceIntegration:ServiceIntegration");
const service = "pagerduty:index/service:Service";

const changes: Readonly<Record<string, Change>> = {
  "nobody but Datadog looks": drop(check),
  "it is switched off": on(check, set("disabled", true)),
  "it asks another site": on(check, set("fqdn", "www.example.org")),
  "it asks in plain text": on(check, set("type", "HTTP")),
  "it takes a sick service for well": on(check, set("searchString", "healthy")),
  "it takes a failure for health": on(check, set("invertHealthcheck", true)),
  "it waits for ten failures": on(check, set("failureThreshold", 20)),
  "nothing tells of it": drop(alarm),
  "it looks at something else": on(alarm, set("metricName", "HealthCheckPercentageHealthy")),
  "it fires while all is well": on(alarm, set("comparisonOperator", "GreaterThanThreshold")),
  "one healthy minute of ten is enough": on(alarm, set("statistic", "Maximum")),
  "it waits for an hour": on(alarm, set("evaluationPeriods", 60)),
  "silence is health": on(alarm, set("treatMissingData", "notBreaching")),
  "it tells nobody": on(alarm, unset("alarmActions"), (r) => ({
    ...r,
    propertyDependencies: { ...r.propertyDependencies, alarmActions: [] },
  })),
  "nobody hears when it is over": on(alarm, unset("okActions"), (r) => ({
    ...r,
    propertyDependencies: { ...r.propertyDependencies, okActions: [] },
  })),
  "nobody confirms it": on(subscription, unset("endpointAutoConfirms")),
  "a part of what it says arrives": on(subscription, set("filterPolicy", '{"a":["b"]}')),
  "PagerDuty reads something else": on(integration, set("type", "nagios_inbound_integration")),
  "it rings as a SEV4": on(
    integration,
    relink("service", service, "portal-on-call-platform-sev1", "portal-on-call-platform-sev4"),
  ),
};

export const outsideWatchMutations: readonly Mutation[] = [
  ...Object.entries(changes).map(([title, change]) => ({
    rule: "outage-rings-without-datadog",
    title,
    change,
  })),
  {
    rule: "outage-rings-without-datadog",
    also: ["alarms-tell-somebody"],
    title: "it does nothing",
    change: on(alarm, set("actionsEnabled", false)),
  },
  {
    rule: "outage-rings-without-datadog",
    also: ["backups-notices-to-own-people"],
    title: "it rings at a stranger's",
    change: on(subscription, unlink("endpoint")),
  },
  ...Object.entries({
    "nobody but Datadog has a key": drop(integration),
    "its key takes another vendor's events alone": on(integration, set("vendor", "PAM4FGS")),
    "it can only mail": on(integration, set("type", "generic_email_inbound_integration")),
    "what it tells rings nobody": on(
      integration,
      relink("service", service, "portal-on-call-platform-sev1", "portal-on-call-platform-sev4"),
    ),
  }).map(([title, change]) => ({
    rule: "outside-watch-has-own-key",
    title,
    variant: "data elsewhere",
    change,
  })),
];
