import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Tier } from "../../model/tier.ts";
import { PrivateBucket } from "../private-bucket.ts";

export interface AccessLogsArgs {
  readonly distributionArn: pulumi.Input<string>;
  readonly retentionDays: number;
  readonly tier: Tier;
  /** CloudFront hands its logs over in us-east-1, wherever the bucket is. */
  readonly usEast1: aws.Provider;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * CloudFront Developer Guide, "Standard logging reference": all but `cs(Cookie)`, with which whoever reads the log
 * would be logged in as a customer.
 */
const recordFields = [
  "date",
  "time",
  "x-edge-location",
  "sc-bytes",
  "c-ip",
  "cs-method",
  "cs(Host)",
  "cs-uri-stem",
  "sc-status",
  "cs(Referer)",
  "cs(User-Agent)",
  "cs-uri-query",
  "x-edge-result-type",
  "x-edge-request-id",
  "x-host-header",
  "cs-protocol",
  "cs-bytes",
  "time-taken",
  "x-forwarded-for",
  "ssl-protocol",
  "ssl-cipher",
  "x-edge-response-result-type",
  "cs-protocol-version",
  "c-port",
  "time-to-first-byte",
  "x-edge-detailed-result-type",
  "sc-content-type",
  "sc-content-len",
];

/** Every request to CloudFront, as JSON by hour, in a private bucket (standard logging, version 2). */
export class AccessLogs extends pulumi.ComponentResource {
  constructor(name: string, args: AccessLogsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:AccessLogs", name, {}, opts);
    const { tier, tags } = args;
    const inUsEast1 = { parent: this, provider: args.usEast1 };

    const store = new PrivateBucket(
      name,
      { tier, expireAfterDays: args.retentionDays, tags },
      { parent: this },
    );
    const source = new aws.cloudwatch.LogDeliverySource(
      name,
      { logType: "ACCESS_LOGS", resourceArn: args.distributionArn, tags },
      inUsEast1,
    );
    const destination = new aws.cloudwatch.LogDeliveryDestination(
      name,
      {
        outputFormat: "json",
        deliveryDestinationConfiguration: { destinationResourceArn: store.bucket.arn },
        tags,
      },
      inUsEast1,
    );
    // The statement of CloudWatch Logs' user guide, "Logs sent to Amazon S3".
    const policy = store.declarePolicy({
      Sid: "LogDelivery",
      Effect: "Allow",
      Principal: { Service: "delivery.logs.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: pulumi.interpolate`${store.bucket.arn}/AWSLogs/*`,
      Condition: {
        StringEquals: {
          "s3:x-amz-acl": "bucket-owner-full-control",
          "aws:SourceAccount": source.arn.apply((arn) => arn.split(":")[4] ?? ""),
        },
        ArnLike: { "aws:SourceArn": source.arn },
      },
    });
    new aws.cloudwatch.LogDelivery(
      name,
      {
        deliverySourceName: source.name,
        deliveryDestinationArn: destination.arn,
        recordFields,
        s3DeliveryConfigurations: [
          { suffixPath: "/{DistributionId}/{yyyy}/{MM}/{dd}/{HH}", enableHiveCompatiblePath: false },
        ],
        tags,
      },
      { ...inUsEast1, dependsOn: [policy] },
    );

    this.registerOutputs({ bucket: store.bucket.id });
  }
}
