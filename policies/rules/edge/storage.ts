/** The buckets of the edge: static files and access logs. */
import type * as aws from "@pulumi/aws";
import { about } from "../../aws.ts";
import {
  bucket,
  bucketPolicy,
  encryption,
  lifecycle,
  ownership,
  publicAccess,
  versioning,
} from "../../declared/buckets.ts";
import { distribution } from "../../declared/edge.ts";
import { eachRule } from "../../each-rule.ts";
import { all, atLeast, equals } from "../../expect.ts";
import { type PolicyStatement, statementsOf } from "../../policy-document.ts";
import { linked, resourceType } from "../../resource.ts";
import { type Rule, resourceRule } from "../../rule.ts";

const accessControl = resourceType<aws.cloudfront.OriginAccessControlArgs>(
  "aws:cloudfront/originAccessControl:OriginAccessControl",
);
const logSource = resourceType<aws.cloudwatch.LogDeliverySourceArgs>(
  "aws:cloudwatch/logDeliverySource:LogDeliverySource",
);
const logDelivery = resourceType<aws.cloudwatch.LogDeliveryArgs>("aws:cloudwatch/logDelivery:LogDelivery");
const logDestination = resourceType<aws.cloudwatch.LogDeliveryDestinationArgs>(
  "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination",
);

/** Days. PCI DSS 4.0, 10.5.1: a year; a month is enough to find staging's mistakes. */
const accessLogDays = { staging: 30, production: 365 } as const;

export const storageRules: readonly Rule[] = [
  eachRule({
    id: "edge-access-logged",
    item: "EDGE-09",
    each: distribution,
    check: (site, stack) => {
      const deliveries = stack
        .attached(logSource, "resourceArn", site)
        .filter(({ props }) => props.logType === "ACCESS_LOGS")
        .flatMap((source) => stack.attached(logDelivery, "deliverySourceName", source))
        .filter((delivery) => linked(delivery, "deliveryDestinationArn", logDestination).length > 0);
      return deliveries.length > 0
        ? undefined
        : { observed: "its access logs go nowhere", wanted: "delivered to a bucket" };
    },
  }),
  eachRule({
    id: "edge-access-logs-kept",
    adjustable: true,
    item: "EDGE-09",
    each: logDestination,
    check: (destination, stack, { tier, floor }) => {
      const expiries = linked(destination, "deliveryDestinationConfiguration", bucket)
        .flatMap((store) => stack.attached(lifecycle, "bucket", store))
        .flatMap(({ props }) => props.rules ?? [])
        .filter((rule) => rule.status === "Enabled" && rule.expiration !== undefined);
      if (expiries.length === 0)
        return { observed: "no lifecycle says how long logs are kept", wanted: "said" };
      return expiries.flatMap(
        (rule) => atLeast(rule, "expiration.days", floor(accessLogDays[tier]), "days") ?? [],
      );
    },
  }),
  // Security Hub, S3.8.
  eachRule({
    id: "edge-buckets-not-public",
    item: "EDGE-10",
    each: bucket,
    check: (store, stack) => {
      const [block] = stack.attached(publicAccess, "bucket", store);
      if (!block) return { observed: "public access is not blocked", wanted: "blocked" };
      return all(
        equals(block.props, "blockPublicAcls", true),
        equals(block.props, "blockPublicPolicy", true),
        equals(block.props, "ignorePublicAcls", true),
        equals(block.props, "restrictPublicBuckets", true),
      );
    },
  }),
  // Security Hub, S3.12.
  eachRule({
    id: "edge-buckets-without-acls",
    item: "EDGE-10",
    each: bucket,
    check: (store, stack) =>
      stack
        .attached(ownership, "bucket", store)
        .some(({ props }) => props.rule.objectOwnership === "BucketOwnerEnforced")
        ? undefined
        : { observed: "access control lists count", wanted: "BucketOwnerEnforced" },
  }),
  eachRule({
    id: "edge-buckets-encrypted",
    item: "EDGE-10",
    each: bucket,
    check: (store, stack) =>
      stack
        .attached(encryption, "bucket", store)
        .some(({ props }) =>
          props.rules.some((rule) => rule.applyServerSideEncryptionByDefault?.sseAlgorithm),
        )
        ? undefined
        : { observed: "no encryption is declared", wanted: "encrypted" },
  }),
  // Security Hub, S3.5.
  eachRule({
    id: "edge-buckets-tls-only",
    item: "EDGE-10",
    each: bucket,
    check: (store, stack) =>
      stack
        .attached(bucketPolicy, "bucket", store)
        .some(({ props }) => statementsOf(props.policy).some(deniesPlainHttp))
        ? undefined
        : { observed: "its policy allows plain HTTP", wanted: "TLS alone" },
  }),
  // Security Hub, S3.14.
  eachRule({
    id: "edge-buckets-versioned",
    item: "EDGE-11",
    each: bucket,
    check: (store, stack) =>
      stack
        .attached(versioning, "bucket", store)
        .some(({ props }) => props.versioningConfiguration.status === "Enabled")
        ? undefined
        : { observed: "versioning is off", wanted: "Enabled" },
  }),
  // Security Hub, CloudFront.13.
  resourceRule({
    id: "edge-static-requests-signed",
    item: "EDGE-12",
    type: distribution,
    check: (site) => {
      const open = site.props.origins
        .filter(({ customOriginConfig }) => customOriginConfig === undefined)
        .filter((origin) => !Object.hasOwn(origin, "originAccessControlId"))
        .map(({ originId }) => `requests to ${originId} are not signed`);
      const controls = linked(site, "origins", accessControl);
      return [
        ...(controls.length === 0
          ? [{ observed: "no access control of this stack is used", wanted: "used" }]
          : []),
        ...open.map((observed) => ({ observed, wanted: "signed" })),
        ...controls.flatMap((control) =>
          about(
            control,
            all(
              equals(control.props, "signingBehavior", "always"),
              equals(control.props, "signingProtocol", "sigv4"),
              equals(control.props, "originAccessControlOriginType", "s3"),
            ),
          ),
        ),
      ];
    },
  }),
  eachRule({
    id: "edge-static-files-for-cloudfront-alone",
    item: "EDGE-12",
    each: distribution,
    check: (site, stack) =>
      linked(site, "origins", bucket)
        .flatMap((files) => stack.attached(bucketPolicy, "bucket", files))
        .filter(({ props }) =>
          statementsOf(props.policy).some((s) => s.Effect === "Allow" && !isForOneDistribution(s)),
        )
        .map((policy) => ({
          resource: policy,
          observed: "it allows more than this distribution to read",
          wanted: "cloudfront.amazonaws.com with the distribution's ARN as aws:SourceArn",
        })),
  }),
];

function deniesPlainHttp({ Effect, Principal, Action, Condition }: PolicyStatement): boolean {
  return (
    Effect === "Deny" &&
    Principal === "*" &&
    Action === "s3:*" &&
    String(Condition?.["Bool"]?.["aws:SecureTransport"]) === "false"
  );
}

/** CloudFront's service asks for every customer of AWS: without the condition, anybody's distribution may read. */
function isForOneDistribution({ Principal, Condition }: PolicyStatement): boolean {
  return (
    typeof Principal === "object" &&
    Principal["Service"] === "cloudfront.amazonaws.com" &&
    Object.keys(Condition?.["StringEquals"] ?? {}).some((key) => key.toLowerCase() === "aws:sourcearn")
  );
}
