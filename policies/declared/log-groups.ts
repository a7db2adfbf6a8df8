/** What writes into which log group. */
import type * as aws from "@pulumi/aws";
import { type Resource, resourceType, type Stack } from "../resource.ts";
import type { Violation } from "../rule.ts";
import { whenKnown } from "../unknown-value.ts";
import { queryLog } from "./dns.ts";
import { logging } from "./edge.ts";

const database = resourceType<aws.rds.InstanceArgs>("aws:rds/instance:Instance");
const cache = resourceType<aws.elasticache.ReplicationGroupArgs>(
  "aws:elasticache/replicationGroup:ReplicationGroup",
);
const flowLog = resourceType<aws.ec2.FlowLogArgs>("aws:ec2/flowLog:FlowLog");

/** RDS writes by name, the others by reference. */
export function writersOf(stack: Stack, group: Resource<unknown>): readonly Resource[] {
  const name = whenKnown(() => (group.props as { readonly name?: string }).name) ?? "";
  return [
    ...stack.attached(flowLog, "logDestination", group),
    ...stack.attached(cache, "logDeliveryConfigurations", group),
    ...stack.attached(logging, "logDestinationConfigs", group),
    ...stack.attached(queryLog, "cloudwatchLogGroupArn", group),
    ...stack
      .ofType(database)
      .filter(({ props }) => name.startsWith(`/aws/rds/instance/${props.identifier}/`)),
  ] as readonly Resource[];
}

/** What else writes into these log groups: each service's role, key and reader are others. */
export function othersLogs(
  stack: Stack,
  writer: Resource,
  groups: readonly Resource<unknown>[],
): readonly Violation[] {
  return groups.flatMap((group) =>
    writersOf(stack, group)
      .filter((other) => other !== writer)
      .map((other) => ({ observed: `it writes into the log of ${other.name}`, wanted: "into its own" })),
  );
}
