/** The way by which an outage rings without Datadog: health check, alarm, topic, PagerDuty. */
import type * as aws from "@pulumi/aws";
import type { Chain } from "./declared/chain.ts";
import { integration, policy, service } from "./declared/on-call.ts";
import { subscription, topic } from "./notices.ts";
import { linked, type Resource, resourceType, type Stack } from "./resource.ts";

export const healthCheck = resourceType<aws.route53.HealthCheckArgs>("aws:route53/healthCheck:HealthCheck");
export const alarm = resourceType<aws.cloudwatch.MetricAlarmArgs>("aws:cloudwatch/metricAlarm:MetricAlarm");
export type Check = Resource<NonNullable<(typeof healthCheck)["props"]>>;
export type Alarm = Resource<NonNullable<(typeof alarm)["props"]>>;

/** Whom an alarm reaches over its topics. */
export function reachedBy(one: Alarm, stack: Stack): readonly Pick<Chain, "service" | "policy">[] {
  return linked(one as Resource, "alarmActions", topic)
    .flatMap((target) => stack.attached(subscription, "topic", target))
    .flatMap((told) => linked(told as Resource, "endpoint", integration))
    .flatMap((key) => linked(key as Resource, "service", service))
    .flatMap((target) => {
      const [escalation] = linked(target as Resource, "escalationPolicy", policy);
      return escalation ? [{ service: target, policy: escalation }] : [];
    });
}
