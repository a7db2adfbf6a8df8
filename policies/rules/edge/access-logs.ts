/** The log of every request, and the bucket where it goes. */
import type * as aws from "@pulumi/aws";
import { about } from "../../aws.ts";
import { bucket, bucketPolicy, lifecycle } from "../../declared/buckets.ts";
import { distribution } from "../../declared/edge.ts";
import { eachRule } from "../../each-rule.ts";
import { readBucketPolicy } from "../../effects/bucket-policy.ts";
import { mayAllow } from "../../effects/iam-decision.ts";
import { isRefused } from "../../effects/iam-refusal.ts";
import type { Statement } from "../../effects/iam-statement.ts";
import { kept } from "../../effects/lifecycle.ts";
import { linked, type Resource, resourceType } from "../../resource.ts";
import type { Rule } from "../../rule.ts";

const logSource = resourceType<aws.cloudwatch.LogDeliverySourceArgs>(
  "aws:cloudwatch/logDeliverySource:LogDeliverySource",
);
const logDelivery = resourceType<aws.cloudwatch.LogDeliveryArgs>("aws:cloudwatch/logDelivery:LogDelivery");
const logDestination = resourceType<aws.cloudwatch.LogDeliveryDestinationArgs>(
  "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination",
);

const logService = "delivery.logs.amazonaws.com";

/** Days. PCI DSS 4.0, 10.5.1: a year; a month is enough to find staging's mistakes. */
const accessLogDays = { staging: 30, production: 365 } as const;

/** Days. Logs say who a customer is by address: GDPR, Article 5 (1) e, lets nobody keep that for ever. */
const longest = 3_650;

/** Without these a record does not say who asked for what, when and with what success. */
const neededFields = ["date", "time", "c-ip", "cs-method", "cs-uri-stem", "sc-status"];

/** Who reads it is logged in as that customer. */
const cookies = "cs(Cookie)";

export const accessLogRules: readonly Rule[] = [
  eachRule({
    id: "edge-access-logged",
    item: "EDGE-09",
    each: distribution,
    check: (site, stack) => {
      const deliveries = stack
        .attached(logSource, "resourceArn", site)
        .filter(({ props }) => props.logType === "ACCESS_LOGS")
        .flatMap((source) => stack.attached(logDelivery, "deliverySourceName", source))
        .filter(
          (delivery) => linked(delivery as Resource, "deliveryDestinationArn", logDestination).length > 0,
        );
      if (deliveries.length === 0) {
        return { observed: "its access logs go nowhere", wanted: "delivered to a bucket" };
      }
      return deliveries.flatMap((delivery) => {
        // Where nothing is said, everything is recorded.
        const fields = delivery.props.recordFields ?? [...neededFields, cookies];
        return [
          ...neededFields
            .filter((field) => !fields.includes(field))
            .map((field) => ({ observed: `its records leave out ${field}`, wanted: "recorded" })),
          ...fields
            .filter((field) => field === cookies)
            .map(() => ({ observed: "its records tell cookies", wanted: "left out" })),
        ].flatMap((found) => about(delivery as Resource, found));
      });
    },
  }),
  eachRule({
    id: "edge-access-logs-accepted",
    item: "EDGE-09",
    each: logDestination,
    check: (destination, stack) => {
      const stores = linked(destination as Resource, "deliveryDestinationConfiguration", bucket);
      if (stores.length !== 1) return { observed: "it is not one bucket of this stack", wanted: "one" };
      const statements = stores
        .flatMap((store) => stack.attached(bucketPolicy, "bucket", store))
        .flatMap(({ props }) => readBucketPolicy(props.policy));
      const wide = statements
        .filter(({ effect, principals }) => effect === "Allow" && isForLogs(principals))
        .flatMap(({ actions: { not, of } }) => (not ? ["anything but its exceptions"] : of))
        .filter((action) => !/^s3:(PutObject|GetBucketAcl)$/i.test(action));
      if (wide.length > 0)
        return { observed: `who delivers logs may ${wide.join()}`, wanted: "s3:PutObject" };
      const accepting = mayAllow(statements, {
        action: "s3:PutObject",
        resource: "/AWSLogs/*",
        trusting: true,
      });
      const refused = isRefused(
        statements,
        { service: logService },
        { action: "s3:PutObject", resource: "/*", trusting: true },
      );
      return refused === false && accepting.some(({ principals }) => isForLogs(principals))
        ? undefined
        : { observed: "its bucket does not accept what is delivered", wanted: logService };
    },
  }),
  eachRule({
    id: "edge-access-logs-kept",
    adjustable: true,
    item: "EDGE-09",
    each: logDestination,
    check: (destination, stack, { tier, floor }) => {
      const { current, earlier } = kept(
        linked(destination as Resource, "deliveryDestinationConfiguration", bucket)
          .flatMap((store) => stack.attached(lifecycle, "bucket", store))
          .map(({ props }) => props),
      );
      const days = floor(accessLogDays[tier]);
      if (current === Number.POSITIVE_INFINITY)
        return { observed: "no lifecycle says how long logs are kept", wanted: "said" };
      // What has expired is an earlier version from then on.
      if (current + earlier > longest) {
        return { observed: `logs are kept for ${current + earlier} days`, wanted: `≤ ${longest}` };
      }
      return current >= days
        ? undefined
        : { observed: `logs are kept for ${current} days`, wanted: `≥ ${days}` };
    },
  }),
];

function isForLogs(principals: Statement["principals"]): boolean {
  return principals?.of.some(({ name }) => name === logService) ?? false;
}
