/** Topics of SNS through which AWS's services tell people. */
import type * as aws from "@pulumi/aws";
import { kmsKey } from "./aws.ts";
import { mayAllow } from "./effects/iam-decision.ts";
import { admitted } from "./effects/iam-principal.ts";
import { isRefused } from "./effects/iam-refusal.ts";
import { readDocument, type Statement } from "./effects/iam-statement.ts";
import { linked, type Resource, resourceType, type Stack } from "./resource.ts";
import type { Violation } from "./rule.ts";

export const topic = resourceType<aws.sns.TopicArgs>("aws:sns/topic:Topic");
export const topicPolicy = resourceType<aws.sns.TopicPolicyArgs>("aws:sns/topicPolicy:TopicPolicy");
export const subscription = resourceType<aws.sns.TopicSubscriptionArgs>(
  "aws:sns/topicSubscription:TopicSubscription",
);

/** SNS Developer Guide, "Key management": who sends to an encrypted topic needs both. */
const encrypting = ["kms:GenerateDataKey", "kms:Decrypt"];

/** Why a service's messages do not get into a topic: its policy, or that of its key. */
export function refusals(
  target: Resource<NonNullable<(typeof topic)["props"]>>,
  service: string,
  stack: Stack,
): readonly Violation[] {
  const policies = stack.attached(topicPolicy, "arn", target);
  const letsIn = policies.flatMap(({ props }) => readDocument(props.policy));
  return [
    ...(letsServiceIn(letsIn, service, "sns:Publish")
      ? []
      : [
          {
            resource: target as Resource,
            observed: `${service} may not publish to it`,
            wanted: "allowed",
          },
        ]),
    ...linked(target as Resource, "kmsMasterKeyId", kmsKey)
      .filter(({ props }) => {
        const statements = readDocument(props.policy);
        return !encrypting.every((action) => letsServiceIn(statements, service, action));
      })
      .map((key) => ({
        resource: key as Resource,
        observed: `${service} may not encrypt notices with it`,
        wanted: "allowed",
      })),
  ];
}

function letsServiceIn(statements: readonly Statement[], service: string, action: string): boolean {
  return (
    statements.some(
      (s) =>
        s.effect === "Allow" &&
        admitted(s).some((whom) => "name" in whom && whom.name === service) &&
        mayAllow([s], { action }).length > 0,
    ) && isRefused(statements, { service }, { action, trusting: true }) === false
  );
}
