/** What is asked about the domain. */
import type * as aws from "@pulumi/aws";
import { about, logGroup, logsKept, regionOf } from "../../aws.ts";
import { queryLog, zone } from "../../declared/dns.ts";
import { othersLogs } from "../../declared/log-groups.ts";
import { eachRule } from "../../each-rule.ts";
import { mayAllow } from "../../effects/iam-decision.ts";
import { readDocument } from "../../effects/iam-statement.ts";
import { linked, type Resource, resourceType, type Stack } from "../../resource.ts";
import type { Doubt, Rule, Violation } from "../../rule.ts";

const logPolicy = resourceType<aws.cloudwatch.LogResourcePolicyArgs>(
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
);
/** Route 53 Developer Guide, "Public DNS query logging". */
const writer = "route53.amazonaws.com";
const writing = ["logs:CreateLogStream", "logs:PutLogEvents"];

export const queryLogRules: readonly Rule[] = [
  eachRule({
    id: "edge-dns-queries-logged",
    item: "EDGE-19",
    each: zone,
    check: (own, stack) => {
      const logs = stack.attached(queryLog, "zoneId", own);
      if (logs.length === 0) return unlogged(own as Resource, stack);
      return logs.flatMap((log) => {
        const groups = linked(log as Resource, "cloudwatchLogGroupArn", logGroup);
        return [
          ...(groups.length > 0
            ? groups.flatMap((group) => unwritten(group as Resource, stack))
            : about(log as Resource, { observed: "it goes to no log group of this stack", wanted: "kept" })),
          ...about(log as Resource, othersLogs(stack, log as Resource, groups)),
        ];
      });
    },
  }),
  eachRule({
    id: "edge-dns-queries-kept",
    item: "EDGE-19",
    each: zone,
    check: (own, stack, context) => {
      const logs = stack.attached(queryLog, "zoneId", own);
      if (logs.length === 0) return unlogged(own as Resource, stack);
      return logs.flatMap(
        (log) => logsKept(linked(log as Resource, "cloudwatchLogGroupArn", logGroup), context) ?? [],
      );
    },
  }),
];

function unlogged(own: Resource, stack: Stack): Doubt | Violation {
  if (!own.read) return { observed: "what is asked about it is not logged", wanted: "logged" };
  const [other] = stack.ofType(queryLog).map(({ props }) => props.zoneId);
  return other === undefined
    ? { doubt: "whether what is asked about it is logged nobody has read: dns.queryLogId names its log" }
    : {
        observed: `the log that is named is of the zone ${other}`,
        wanted: "its own",
        mend: "name its own log, the one whose zone it is, as dns.queryLogId",
      };
}

/** Why Route 53 cannot write into a log group. */
function unwritten(group: Resource, stack: Stack): readonly Violation[] {
  const region = regionOf(group);
  const elsewhere =
    region === "us-east-1"
      ? []
      : [{ resource: group, observed: `it is in ${region}`, wanted: "in us-east-1" }];
  const resource = `arn:aws:logs:us-east-1:*:log-group:${String(group.props["name"] ?? `${group.name}-*`)}:log-stream:*`;
  // It takes no log for a zone that it may not write; what lets it is another program's, and tells nobody its name.
  if (group.read) return elsewhere;
  const statements = stack
    .ofType(logPolicy)
    .flatMap(({ props }) => readDocument(props.policyDocument))
    .filter(({ effect, principals }) => effect === "Deny" || principals?.of.some((p) => p.name === writer));
  return [
    ...elsewhere,
    ...writing
      .filter((action) => mayAllow(statements, { action, resource }).length === 0)
      .map((action) => ({ observed: `${writer} may not ${action}`, wanted: "allowed" })),
  ].map((found) => ({ resource: group, ...found }));
}
