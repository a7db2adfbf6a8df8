/** CloudWatch's alarms of a state, as far as SNS takes them to PagerDuty services. */
import type { DeclaredService } from "../../policies/declared/chain.ts";
import { integration, service } from "../../policies/declared/on-call.ts";
import { linked, type Resource, type Stack } from "../../policies/resource.ts";
import { whenReadable } from "../../policies/unknown-value.ts";

export const alarmType = { token: "aws:cloudwatch/metricAlarm:MetricAlarm" };
const topic = { token: "aws:sns/topic:Topic" };
const subscription = { token: "aws:sns/topicSubscription:TopicSubscription" };

export interface Alarm {
  readonly resource: Resource;
  readonly name: string;
  readonly services: readonly DeclaredService[];
  /** What it tells besides, or what is not in the state. */
  readonly others: readonly string[];
  readonly strangers: readonly string[];
}

export function alarmsOf(stack: Stack): readonly Alarm[] {
  return (stack.ofType(alarmType) as readonly Resource[]).map((resource) => {
    const isOn = whenReadable(() => resource.props["actionsEnabled"]) !== false;
    const named = isOn ? (whenReadable(() => resource.props["alarmActions"] as readonly string[]) ?? []) : [];
    const topics = isOn ? (linked(resource, "alarmActions", topic) as readonly Resource[]) : [];
    const readers = topics.flatMap(
      (one) => stack.attached(subscription, "topic", one) as readonly Resource[],
    );
    const told = readers.map((reader) => ({
      reader,
      services: (linked(reader, "endpoint", integration) as readonly Resource[]).flatMap((one) =>
        linked(one, "service", service),
      ),
    }));
    const without = told.filter(({ services }) => services.length === 0).map(({ reader }) => reader);
    return {
      resource,
      name: String(whenReadable(() => resource.props["name"]) ?? resource.name),
      services: [...new Set(told.flatMap(({ services }) => services))],
      others: without.map(
        (reader) => `${reader.name} (${String(whenReadable(() => reader.props["protocol"]) ?? "SNS")})`,
      ),
      strangers: named.length > topics.length ? [`${named.length - topics.length} of its actions`] : [],
    };
  });
}
