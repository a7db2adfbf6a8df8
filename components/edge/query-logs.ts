import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { cloudWatchRetention } from "./web-firewall.ts";

export interface QueryLogsArgs {
  /** The zone's name. */
  readonly domain: string;
  readonly zoneId: pulumi.Input<string>;
  /** Days that questions are kept at least. */
  readonly retentionDays: number;
  /** Route 53 writes into log groups of us-east-1 alone. */
  readonly usEast1: aws.Provider;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * What resolvers ask about the domain: who looks for names that are not there, and what was answered while somebody had
 * the zone. CloudWatch's price by volume; resolvers keep answers, so that it is far below one line for each visit.
 */
export class QueryLogs extends pulumi.ComponentResource {
  constructor(name: string, args: QueryLogsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:QueryLogs", name, {}, opts);
    const child = { parent: this };
    const inUsEast1 = { ...child, provider: args.usEast1 };
    const account = aws.getCallerIdentityOutput({}, child).accountId;
    const groupName = `/aws/route53/${args.domain}`;

    const logs = new aws.cloudwatch.LogGroup(
      name,
      { name: groupName, retentionInDays: cloudWatchRetention(args.retentionDays), tags: args.tags },
      inUsEast1,
    );
    // Route 53, Developer Guide: "Public DNS query logging".
    const policy = new aws.cloudwatch.LogResourcePolicy(
      name,
      {
        policyName: name,
        policyDocument: pulumi.jsonStringify({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Principal: { Service: "route53.amazonaws.com" },
              Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
              Resource: pulumi.interpolate`arn:aws:logs:us-east-1:${account}:log-group:${groupName}:*`,
              Condition: { StringEquals: { "aws:SourceAccount": account } },
            },
          ],
        }),
      },
      inUsEast1,
    );
    new aws.route53.QueryLog(
      name,
      { zoneId: args.zoneId, cloudwatchLogGroupArn: logs.arn },
      // Route 53 refuses a log group that it may not write to.
      { ...child, dependsOn: [policy] },
    );
    this.registerOutputs();
  }
}
