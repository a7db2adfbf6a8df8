import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Tier } from "../../model/tier.ts";
import { EncryptionKey } from "../encryption-key.ts";
import type { AwsTags } from "../tags.ts";

export interface WebFirewallArgs {
  /** Requests that one address may send in five minutes; more are answered 429. */
  readonly rateLimitPer5Minutes: number;
  /** Largest body of a request; larger ones are answered 413. */
  readonly maxBodyKB: number;
  /** Days that logged requests are kept at least; CloudWatch keeps them for the next longer time it offers. */
  readonly logRetentionDays: number;
  /** CloudFront takes web ACLs from us-east-1 alone. */
  readonly usEast1: aws.Provider;
  readonly tier: Tier;
  readonly tags: AwsTags;
}

/**
 * AWS's managed rule groups, cheapest first; with the limits they need 1,132 of the 1,500 capacity units that
 * a web ACL has at no extra price. The group of anonymous addresses is left out: it blocks hosting providers, and
 * synthetic checks come from there.
 */
const managedGroups = [
  "AWSManagedRulesAmazonIpReputationList",
  "AWSManagedRulesKnownBadInputsRuleSet",
  "AWSManagedRulesSQLiRuleSet",
  "AWSManagedRulesCommonRuleSet",
] as const;

/** What a log must not tell: who is logged in. */
const redactedHeaders = ["authorization", "cookie"] as const;

/** A web ACL for CloudFront that blocks known attacks and floods, and logs what it blocked. */
export class WebFirewall extends pulumi.ComponentResource {
  /** ARN of the web ACL. */
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: WebFirewallArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:WebFirewall", name, {}, opts);
    const inUsEast1 = { parent: this, provider: args.usEast1 };

    const acl = new aws.wafv2.WebAcl(
      name,
      {
        scope: "CLOUDFRONT",
        defaultAction: { allow: {} },
        rules: [
          rateLimit(args.rateLimitPer5Minutes),
          ...managedGroups.map(managedGroup),
          bodyLimit(args.maxBodyKB * 1_000),
        ],
        visibilityConfig: visibility(name),
        tags: args.tags,
      },
      inUsEast1,
    );
    // The log group's name must begin so; AWS adds the resource policy for it when logging is switched on.
    const logName = `aws-waf-logs-${name}`;
    const key = new EncryptionKey(
      name,
      {
        description: "What the firewall blocked",
        logGroups: { region: "us-east-1", pattern: `${logName}-*` },
        tier: args.tier,
        tags: args.tags,
      },
      inUsEast1,
    );
    const logs = new aws.cloudwatch.LogGroup(
      logName,
      { retentionInDays: cloudWatchRetention(args.logRetentionDays), kmsKeyId: key.arn, tags: args.tags },
      inUsEast1,
    );
    new aws.wafv2.WebAclLoggingConfiguration(
      name,
      {
        resourceArn: acl.arn,
        logDestinationConfigs: [logs.arn],
        redactedFields: redactedHeaders.map((header) => ({ singleHeader: { name: header } })),
        // Requests that were let through are in CloudFront's access logs.
        loggingFilter: {
          defaultBehavior: "DROP",
          filters: [
            {
              behavior: "KEEP",
              requirement: "MEETS_ANY",
              conditions: ["BLOCK", "COUNT"].map((action) => ({ actionCondition: { action } })),
            },
          ],
        },
      },
      inUsEast1,
    );

    this.arn = acl.arn;
    this.registerOutputs({ arn: this.arn });
  }
}

function rateLimit(limit: number): aws.types.input.wafv2.WebAclRule {
  return {
    name: "rate-limit",
    priority: 0,
    action: { block: { customResponse: { responseCode: 429 } } },
    statement: { rateBasedStatement: { aggregateKeyType: "IP", evaluationWindowSec: 300, limit } },
    visibilityConfig: visibility("rate-limit"),
  };
}

function managedGroup(group: string, index: number): aws.types.input.wafv2.WebAclRule {
  return {
    name: group,
    priority: index + 1,
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: "AWS",
        name: group,
        // It blocks whatever is over 8 KB, a long form too; what counts instead is `bodyLimit`.
        ...(group === "AWSManagedRulesCommonRuleSet" && {
          ruleActionOverrides: [{ name: "SizeRestrictions_BODY", actionToUse: { count: {} } }],
        }),
      },
    },
    visibilityConfig: visibility(group),
  };
}

/**
 * A large body passes that says how large it is, and that no more than the limit. The WAF itself gets to see its
 * first 16 KB alone, so it is the label of AWS's rule that tells a large one.
 */
function bodyLimit(bytes: number): aws.types.input.wafv2.WebAclRule {
  return {
    name: "body-limit",
    priority: managedGroups.length + 1,
    action: { block: { customResponse: { responseCode: 413 } } },
    statement: {
      andStatement: {
        statements: [
          {
            labelMatchStatement: {
              scope: "LABEL",
              key: "awswaf:managed:aws:core-rule-set:SizeRestrictions_Body",
            },
          },
          {
            notStatement: {
              statement: {
                regexMatchStatement: {
                  regexString: upTo(bytes),
                  fieldToMatch: { singleHeader: { name: "content-length" } },
                  textTransformations: [{ priority: 0, type: "NONE" }],
                },
              },
            },
          },
        ],
      },
    },
    visibilityConfig: visibility("body-limit"),
  };
}

/** A regular expression for the numbers from 0 to `most`, without leading zeros. */
export function upTo(most: number): string {
  const digits = [...String(most)].map(Number);
  const forms = digits.flatMap((digit, i) => {
    const least = i === 0 && digits.length > 1 ? 1 : 0;
    if (digit - 1 < least) return [];
    const rest = digits.length - i - 1;
    return [`${digits.slice(0, i).join("")}[${least}-${digit - 1}]${rest > 0 ? `[0-9]{${rest}}` : ""}`];
  });
  const shorter = digits.length > 1 ? [`[0-9]{1,${digits.length - 1}}`] : [];
  return `^(${[...shorter, ...forms, most].join("|")})$`;
}

function visibility(metricName: string): aws.types.input.wafv2.WebAclVisibilityConfig {
  return { cloudwatchMetricsEnabled: true, metricName, sampledRequestsEnabled: true };
}

/** What CloudWatch Logs accepts (API reference, PutRetentionPolicy), in days. */
const cloudWatchRetentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** The shortest retention that CloudWatch offers and that is not shorter than `days`; ten years at most. */
export function cloudWatchRetention(days: number): number {
  return cloudWatchRetentions.find((offered) => offered >= days) ?? 3653;
}
