/** Whether what happened in the network can be looked up. */
import type * as aws from "@pulumi/aws";
import { about, logGroup, logsKept, names, ownKey, type ResourceOf, vpc } from "../../aws.ts";
import { othersLogs } from "../../declared/log-groups.ts";
import { type Role, rightsOf, role, rolePolicy } from "../../declared/roles.ts";
import { eachRule } from "../../each-rule.ts";
import { mayAllow } from "../../effects/iam-decision.ts";
import { isRefused } from "../../effects/iam-refusal.ts";
import { linked, type Resource, resourceType, type Stack } from "../../resource.ts";
import { type Rule, resourceRule } from "../../rule.ts";

const flowLog = resourceType<aws.ec2.FlowLogArgs>("aws:ec2/flowLog:FlowLog");
type FlowLog = ResourceOf<typeof flowLog>;

/** VPC User Guide, "IAM role for publishing flow logs to CloudWatch Logs". */
const writing = ["logs:CreateLogStream", "logs:PutLogEvents"];
/** Without these a record does not tell who talked to whom, and whether it was let through. */
const fieldsNeeded = ["srcaddr", "dstaddr", "srcport", "dstport", "protocol", "start", "end", "action"];

export const logRules: readonly Rule[] = [
  // CIS AWS Foundations v5, 3.7 and Security Hub, EC2.6 ask for refused traffic; an intruder's is not refused.
  eachRule({
    id: "network-traffic-logged",
    item: "NET-03",
    each: vpc,
    check: (network, stack) => {
      const logs = stack.attached(flowLog, "vpcId", network);
      // AWS does not lead from a network to them.
      if (network.read && logs.length === 0)
        return {
          doubt:
            "its flow log is not known: flowLogId of the database, or of the cache, in the stack file names it",
        };
      return logs.some(({ props: { trafficType, logFormat } }) => trafficType === "ALL" && isWhole(logFormat))
        ? undefined
        : {
            observed: "no flow log takes all its traffic",
            wanted: "logged",
            mend: "make a flow log of ALL its traffic, with the fields of AWS's default format",
          };
    },
  }),
  eachRule({
    id: "network-traffic-logs-arrive",
    item: "NET-03",
    existing: (log, stack) =>
      linked(log as Resource, "iamRoleArn", role).flatMap((writer) =>
        unwritten(writer, stack).map((action) => ({
          resource: writer as Resource,
          observed: `it may not ${action}`,
          wanted: "allowed",
        })),
      ),
    each: flowLog,
    check: (log, stack) => {
      const { logDestinationType = "cloud-watch-logs", deliverCrossAccountRole } = log.props;
      const writers = linked(log as Resource, "iamRoleArn", role);
      const groups = linked(log as Resource, "logDestination", logGroup);
      const elsewhere = writers.filter((writer) => {
        const aims = stack
          .attached(rolePolicy, "role", writer)
          .flatMap((policy) => linked(policy as Resource, "policy", logGroup));
        return aims.length > 0 && groups.some((group) => !aims.includes(group));
      });
      const lacking = writers.flatMap((writer) => unwritten(writer, stack, aimOf(writer, log)));
      return [
        ...(logDestinationType === "cloud-watch-logs"
          ? []
          : [{ doubt: `nobody has looked at where its ${logDestinationType} is` }]),
        ...(deliverCrossAccountRole === undefined ? [] : [{ doubt: "it is delivered to another account" }]),
        ...(writers.length > 0
          ? []
          : about(log as Resource, names(log as Resource, "iamRoleArn", role, "a role"))),
        ...lacking.map((action) => ({ observed: `its role may not ${action}`, wanted: "allowed" })),
        ...elsewhere.map(() => ({
          observed: "its role writes into another log group",
          wanted: "into its own",
        })),
        ...othersLogs(stack, log as Resource, groups),
      ];
    },
  }),
  resourceRule({
    id: "network-traffic-logs-kept",
    item: "NET-03",
    type: flowLog,
    check: (log, context) => logsKept(linked(log as Resource, "logDestination", logGroup), context),
  }),
  resourceRule({
    id: "network-traffic-logs-encrypted",
    item: "NET-03",
    type: flowLog,
    check: (log) => {
      const groups = linked(log as Resource, "logDestination", logGroup);
      if (groups.length === 0) return names(log as Resource, "logDestination", logGroup, "a log group");
      return groups.flatMap((group) => about(group as Resource, ownKey(group as Resource, "kmsKeyId")));
    },
  }),
];

/** What a role lacks to write, to one place where that is told. */
function unwritten(writer: Role, stack: Stack, resource?: string): readonly string[] {
  const { statements } = rightsOf(writer, stack);
  return writing
    .map((action) => ({ action, ...(resource !== undefined && { resource }) }))
    .filter(
      (ask) => mayAllow(statements, ask).length === 0 || isRefused(statements, "account", ask) !== false,
    )
    .map(({ action }) => action);
}

/** Of what is read the whole ARN is known; of one's own, the rights name its resource. */
function aimOf(writer: Role, { props }: FlowLog): string | undefined {
  return writer.read ? `${props.logDestination}:log-stream:*` : undefined;
}

/** Whether a format of records, the default where there is none, tells all that is needed. */
function isWhole(format: string | undefined): boolean {
  return format === undefined || fieldsNeeded.every((field) => format.includes(`\${${field}}`));
}
