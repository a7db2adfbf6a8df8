import * as aws from "@pulumi/aws";
import * as pagerduty from "@pulumi/pagerduty";
import * as pulumi from "@pulumi/pulumi";
import type { Tier } from "../model/tier.ts";
import { EncryptionKey } from "./encryption-key.ts";
import type { AwsTags } from "./tags.ts";

export interface OutsideWatchArgs {
  /** Host name that customers use, and the path where the service at its root says how it is. */
  readonly domain: string;
  readonly healthPath: string;
  /** The site does not answer yet. */
  readonly pending: boolean;
  /** PagerDuty's id of the service that rings for outages. */
  readonly pagingServiceId: pulumi.Input<string>;
  /** Route 53 reports its health checks to us-east-1 alone. */
  readonly usEast1: aws.Provider;
  readonly tier: Tier;
  readonly tags: AwsTags;
}

/** A failing region of Route 53's is no outage: three checks of each in a row, and most regions agree. */
const failureThreshold = 3;
/** Minutes of outage after which it rings: Datadog has rung before, unless it is Datadog that is down. */
const minutes = 3;

/**
 * Rings for an outage without Datadog: while Datadog is down, or its key of PagerDuty's is cut, nothing else would.
 * Route 53 asks for the service's health, CloudWatch rings PagerDuty through a topic. No data counts as an outage.
 * Under five dollars a month, of which one is the key's.
 */
export class OutsideWatch extends pulumi.ComponentResource {
  constructor(name: string, args: OutsideWatchArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:OutsideWatch", name, {}, opts);
    const { tags } = args;
    const child = { parent: this };
    const inUsEast1 = { ...child, provider: args.usEast1 };

    const check = new aws.route53.HealthCheck(
      name,
      {
        type: "HTTPS_STR_MATCH",
        fqdn: args.domain,
        port: 443,
        enableSni: true,
        resourcePath: args.healthPath,
        // With its quotes it is no part of "unhealthy".
        searchString: '"healthy"',
        requestInterval: 30,
        failureThreshold,
        disabled: args.pending,
        tags,
      },
      child,
    );
    const topic = this.#topic(name, args);
    new aws.cloudwatch.MetricAlarm(
      name,
      {
        alarmDescription: `${args.domain} is down, as Route 53 sees it. Datadog may be, too.`,
        namespace: "AWS/Route53",
        metricName: "HealthCheckStatus",
        dimensions: { HealthCheckId: check.id },
        statistic: "Minimum",
        period: 60,
        evaluationPeriods: minutes,
        comparisonOperator: "LessThanThreshold",
        threshold: 1,
        treatMissingData: "breaching",
        alarmActions: [topic.arn],
        okActions: [topic.arn],
        tags,
      },
      inUsEast1,
    );
    const integration = new pagerduty.ServiceIntegration(
      name,
      {
        name: "Amazon CloudWatch",
        service: args.pagingServiceId,
        type: "aws_cloudwatch_inbound_integration",
      },
      { ...child, additionalSecretOutputs: ["integrationKey"] },
    );
    new aws.sns.TopicSubscription(
      name,
      {
        topic: topic.arn,
        protocol: "https",
        // PagerDuty, "Amazon CloudWatch Integration Guide".
        endpoint: pulumi.interpolate`https://events.pagerduty.com/integration/${integration.integrationKey}/enqueue`,
        endpointAutoConfirms: true,
      },
      { ...inUsEast1, additionalSecretOutputs: ["endpoint"] },
    );
    this.registerOutputs();
  }

  #topic(name: string, { usEast1, tier, tags }: OutsideWatchArgs): aws.sns.Topic {
    const child = { parent: this, provider: usEast1 };
    const service = "cloudwatch.amazonaws.com";
    const key = new EncryptionKey(
      name,
      { description: "Alarms of the watch outside Datadog", services: [service], tier, tags },
      child,
    );
    const topic = new aws.sns.Topic(name, { kmsMasterKeyId: key.arn, tags }, child);
    new aws.sns.TopicPolicy(
      name,
      {
        arn: topic.arn,
        policy: {
          Version: "2012-10-17",
          Statement: [
            {
              Sid: "CloudWatchAlarms",
              Effect: "Allow",
              Principal: { Service: service },
              Action: "sns:Publish",
              Resource: topic.arn,
              Condition: {
                StringEquals: {
                  "aws:SourceAccount": aws.getCallerIdentityOutput({}, { parent: this }).accountId,
                },
              },
            },
          ],
        },
      },
      child,
    );
    return topic;
  }
}
