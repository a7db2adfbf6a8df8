/** What gets lost in silence: messages, alarms, events and logs that nobody reads or ends. */

import { equals } from "../../expect.ts";
import { linked, type Resource, type Stack } from "../../resource.ts";
import { whenReadable } from "../../unknown-value.ts";
import { type Check, listOf, type Other } from "./other.ts";

const queue = { token: "aws:sqs/queue:Queue" };
const topic = { token: "aws:sns/topic:Topic" };

/** Types that may send what they cannot deliver to a queue, and the property that says so. */
const redrives: Readonly<Record<string, string>> = {
  "aws:cloudwatch/eventTarget:EventTarget": "deadLetterConfig",
  "aws:lambda/function:Function": "deadLetterConfig",
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": "destinationConfig",
  "aws:scheduler/schedule:Schedule": "target",
  "aws:sns/topicSubscription:TopicSubscription": "redrivePolicy",
  "aws:sqs/queue:Queue": "redrivePolicy",
  "aws:sqs/redrivePolicy:RedrivePolicy": "redrivePolicy",
};

/** Whether it keeps what others could not handle. */
function isForDead(one: Resource, stack: Stack): boolean {
  return (
    /dlq|dead|poison|failed/i.test(`${one.name} ${one.props["name"] ?? ""}`) ||
    Object.entries(redrives).some(
      ([token, property]) => stack.attached({ token }, property, one as Resource<unknown>).length > 0,
    )
  );
}

const deadLetters: Check = (one, stack) => {
  const apart = stack.attached({ token: "aws:sqs/redrivePolicy:RedrivePolicy" }, "queueUrl", one);
  const said = whenReadable(() => one.props["redrivePolicy"]) ?? "";
  return said !== "" ||
    linked(one, "redrivePolicy", queue).length > 0 ||
    apart.length > 0 ||
    isForDead(one, stack)
    ? undefined
    : {
        observed: "what nobody can handle is tried again until it is dropped",
        wanted: "a dead-letter queue",
        mend: "set redrivePolicy with another queue as deadLetterTargetArn, and alert on its length",
      };
};

const tells: Check = (alarm, stack) => {
  const tellsOf = (property: string) => ((alarm.props[property] ?? []) as readonly string[]).length > 0;
  if (!["alarmActions", "okActions", "insufficientDataActions"].some(tellsOf)) {
    return isPartOfAnother(alarm, stack)
      ? undefined
      : {
          observed: "it tells nobody",
          wanted: "told to somebody",
          mend: "name a topic that somebody subscribes in alarmActions",
        };
  }
  return equals({ actionsEnabled: true, ...alarm.props }, "actionsEnabled", true);
};

/** Types that act on an alarm, and the property that names it. */
const actors: Readonly<Record<string, string>> = {
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": "alarmRule",
  "aws:codedeploy/deploymentGroup:DeploymentGroup": "alarmConfiguration",
  "aws:ecs/service:Service": "alarms",
};

/** Of a composite alarm, which tells in its place, or of a deployment, which is taken back. */
function isPartOfAnother(alarm: Resource, stack: Stack): boolean {
  const name = String(alarm.props["name"] ?? alarm.name);
  return Object.entries(actors).some(([token, property]) =>
    (stack.ofType({ token }) as readonly Resource[]).some(
      (one) =>
        linked(one, property, { token: alarm.type }).includes(alarm) ||
        JSON.stringify(whenReadable(() => one.props[property]) ?? "").includes(name),
    ),
  );
}

const heard: Check = (one, stack) => {
  const alarms = stack.attached({ token: "aws:cloudwatch/metricAlarm:MetricAlarm" }, "alarmActions", one);
  const readers = stack.attached({ token: "aws:sns/topicSubscription:TopicSubscription" }, "topic", one);
  return alarms.length === 0 || readers.length > 0
    ? undefined
    : { doubt: "alarms are told to it, and this program subscribes nobody to it" };
};

interface EventRule {
  readonly conditions?: unknown;
  readonly actions?: Drops | null;
}
interface Drops {
  readonly suppress?: boolean;
  readonly dropEvent?: boolean;
}
const drops = (actions: Drops | null | undefined) =>
  actions?.suppress === true || actions?.dropEvent === true;
/** Nothing narrows it, or nothing but that it is grave. */
const grave = /^\s*event\.severity\s+(matches|==)\s+['"](critical|error)['"]\s*$/i;

const passesOn: Check = ({ props }) => {
  const catchAll = props["catchAll"] as { readonly actions?: Drops } | null | undefined;
  const wide = listOf<{ readonly rules?: unknown }>(props["sets"])
    .flatMap(({ rules }) => listOf<EventRule>(rules))
    .some(
      ({ conditions, actions }) =>
        drops(actions) &&
        listOf<{ readonly expression?: string }>(conditions).every(({ expression = "" }) =>
          grave.test(expression),
        ),
    );
  return wide || drops(catchAll?.actions)
    ? {
        observed: "it suppresses whatever is critical",
        wanted: "told",
        mend: "narrow the condition of its rule that suppresses, or let what is critical through",
      }
    : undefined;
};

export const messageRules: readonly Other[] = [
  { id: "queues-keep-dead-letters", item: "GOV-16", types: { [queue.token]: deadLetters } },
  {
    id: "alarms-tell-somebody",
    item: "ALERT-04",
    types: { "aws:cloudwatch/metricAlarm:MetricAlarm": tells, [topic.token]: heard },
  },
  {
    id: "orchestrations-let-alerts-through",
    item: "ALERT-15",
    types: {
      "pagerduty:index/eventOrchestrationService:EventOrchestrationService": passesOn,
      "pagerduty:index/eventOrchestrationGlobal:EventOrchestrationGlobal": passesOn,
    },
  },
  // Security Hub, CloudWatch.16 asks for a time; without one they stay for ever, and with them what customers entered.
  {
    id: "logs-end",
    item: "GOV-16",
    types: {
      "aws:cloudwatch/logGroup:LogGroup": ({ props, read }) =>
        // What the program itself says may be zero, which is for ever; of what is read, its writers' rules ask.
        read || Object.keys(props).includes("retentionInDays")
          ? undefined
          : { observed: "retentionInDays is not set", wanted: "a number of days" },
    },
  },
  // CIS AWS Foundations v5, 1.3 and 1.11: a key that does not expire is found in a log, a laptop or a repository.
  {
    id: "users-without-access-keys",
    item: "CI-01",
    types: {
      "aws:iam/accessKey:AccessKey": ({ props }) =>
        props["status"] === "Inactive"
          ? undefined
          : {
              observed: "it is a key that does not expire",
              wanted: "a role taken on for an hour",
              mend: "let what uses it take on a role, by OIDC or IAM Identity Center, and delete the key",
            },
    },
  },
];
