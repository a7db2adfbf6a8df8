/** The web ACL in front of CloudFront. */
import type * as aws from "@pulumi/aws";
import { logGroup, logsKept } from "../../aws.ts";
import { distribution, inCloudFrontRegion } from "../../declared/edge.ts";
import { eachRule } from "../../each-rule.ts";
import { equals } from "../../expect.ts";
import { linked, resourceType } from "../../resource.ts";
import { type Rule, resourceRule } from "../../rule.ts";

const webAcl = resourceType<aws.wafv2.WebAclArgs>("aws:wafv2/webAcl:WebAcl");
const logging = resourceType<aws.wafv2.WebAclLoggingConfigurationArgs>(
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
);

/**
 * The baseline of AWS's managed rules (WAF developer guide, "Baseline rule groups"), SQL injection, since the
 * services have a database, and addresses known for attacks.
 */
const neededGroups = [
  "AWSManagedRulesCommonRuleSet",
  "AWSManagedRulesKnownBadInputsRuleSet",
  "AWSManagedRulesSQLiRuleSet",
  "AWSManagedRulesAmazonIpReputationList",
];

/** Twenty requests a second for five minutes: more than a browser sends, less than a flood. */
const rateCeiling = 6_000;

/** Headers that say who is logged in (OWASP Logging cheat sheet, "Data to exclude"). */
const secretHeaders = ["authorization", "cookie"];

export const firewallRules: readonly Rule[] = [
  resourceRule({
    id: "edge-firewall-attached",
    item: "EDGE-06",
    type: distribution,
    check: (site) =>
      linked(site, "webAclId", webAcl).length > 0
        ? undefined
        : { observed: "webAclId names no web ACL of this stack", wanted: "a web ACL of this stack" },
  }),
  resourceRule({
    id: "edge-firewall-for-cloudfront",
    item: "EDGE-06",
    type: webAcl,
    check: ({ props }) => equals(props, "scope", "CLOUDFRONT"),
  }),
  resourceRule({
    id: "edge-firewall-in-cloudfront-region",
    item: "EDGE-06",
    type: webAcl,
    check: inCloudFrontRegion,
  }),
  resourceRule({
    id: "edge-firewall-managed-rules",
    item: "EDGE-06",
    type: webAcl,
    check: ({ props }) => {
      const groups = (props.rules ?? []).map((rule) => rule.statement.managedRuleGroupStatement?.name);
      return neededGroups
        .filter((group) => !groups.includes(group))
        .map((group) => ({ observed: `${group} is not used`, wanted: "used" }));
    },
  }),
  resourceRule({
    id: "edge-firewall-managed-rules-block",
    item: "EDGE-06",
    type: webAcl,
    check: ({ props }) =>
      (props.rules ?? [])
        .filter(
          ({ overrideAction, statement }) =>
            overrideAction?.count !== undefined ||
            statement.managedRuleGroupStatement?.ruleActionOverrides?.some((o) => o.actionToUse?.count),
        )
        .map(({ name }) => ({ observed: `${name} only counts`, wanted: "blocking" })),
  }),
  resourceRule({
    id: "edge-firewall-rate-limited",
    item: "EDGE-07",
    type: webAcl,
    check: ({ props }) => {
      const limits = (props.rules ?? [])
        .filter((rule) => rule.action?.block !== undefined)
        .flatMap((rule) => rule.statement.rateBasedStatement ?? [])
        .filter((limit) => limit.scopeDownStatement === undefined)
        // AWS counts over five minutes where nothing else is said.
        .map((limit) => (limit.limit * 300) / (limit.evaluationWindowSec ?? 300));
      const wanted = `≤ ${rateCeiling} requests in five minutes`;
      if (limits.length === 0) return { observed: "requests from one address are not limited", wanted };
      const least = Math.min(...limits);
      return least <= rateCeiling
        ? undefined
        : { observed: `one address may send ${least} requests in five minutes`, wanted };
    },
  }),
  eachRule({
    id: "edge-firewall-logged",
    item: "EDGE-08",
    each: webAcl,
    check: (acl, stack) =>
      stack.attached(logging, "resourceArn", acl).length > 0
        ? undefined
        : { observed: "what it blocks is not logged", wanted: "logged" },
  }),
  resourceRule({
    id: "edge-firewall-logs-kept",
    item: "EDGE-08",
    type: logging,
    check: (log, context) => logsKept(linked(log, "logDestinationConfigs", logGroup), context),
  }),
  resourceRule({
    id: "edge-firewall-logs-redacted",
    item: "EDGE-08",
    type: logging,
    check: ({ props }) => {
      const redacted = (props.redactedFields ?? []).map((field) => field.singleHeader?.name.toLowerCase());
      return secretHeaders
        .filter((header) => !redacted.includes(header))
        .map((header) => ({ observed: `the header ${header} is logged`, wanted: "redacted" }));
    },
  }),
  resourceRule({
    id: "edge-firewall-measured",
    item: "EDGE-08",
    type: webAcl,
    check: ({ props }) => equals(props, "visibilityConfig.cloudwatchMetricsEnabled", true),
  }),
];
