/** The web ACL in front of CloudFront. */
import { about, logGroup, logsKept, ownKey } from "../../aws.ts";
import { distribution, inCloudFrontRegion, logging, webAcl } from "../../declared/edge.ts";
import { othersLogs } from "../../declared/log-groups.ts";
import { eachRule } from "../../each-rule.ts";
import { addressLimits, gapsOf, keptOut } from "../../effects/web-acl.ts";
import { keeps, redacted } from "../../effects/web-acl-log.ts";
import { all, equals } from "../../expect.ts";
import { linked, type Resource } from "../../resource.ts";
import { type Result, type Rule, resourceRule } from "../../rule.ts";

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

/** One request a second: a single page asks for dozens, and many customers share their provider's address. */
const rateFloor = 300;

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
    check: ({ props }) => neededGroups.flatMap((group) => gapsOf(props, group)),
  }),
  resourceRule({
    id: "edge-firewall-lets-customers-in",
    item: "EDGE-06",
    type: webAcl,
    check: ({ props }) => keptOut(props),
  }),
  resourceRule({
    id: "edge-firewall-rate-limited",
    item: "EDGE-07",
    needs: { edge: ["cloudfront"] },
    type: webAcl,
    check: ({ props }) => {
      const limits = addressLimits(props).map(({ per5Minutes }) => per5Minutes);
      const wanted = `from ${rateFloor} to ${rateCeiling} requests in five minutes`;
      if (limits.length === 0) return { observed: "requests from one address are not limited", wanted };
      const least = Math.min(...limits);
      return least >= rateFloor && least <= rateCeiling
        ? undefined
        : { observed: `one address may send ${least} requests in five minutes`, wanted };
    },
  }),
  eachRule({
    id: "edge-firewall-logged",
    item: "EDGE-08",
    each: webAcl,
    check: (acl, stack) => {
      const logs = stack.attached(logging, "resourceArn", acl);
      if (logs.length === 0) return { observed: "what it blocks is not logged", wanted: "logged" };
      return logs.flatMap((log) => [
        ...about(log as Resource, unlogged(log.props)),
        ...about(
          log as Resource,
          othersLogs(stack, log as Resource, linked(log as Resource, "logDestinationConfigs", logGroup)),
        ),
      ]);
    },
  }),
  resourceRule({
    id: "edge-firewall-logs-kept",
    item: "EDGE-08",
    type: logging,
    check: (log, context) => logsKept(linked(log, "logDestinationConfigs", logGroup), context),
  }),
  resourceRule({
    id: "edge-firewall-logs-own-key",
    item: "EDGE-08",
    type: logging,
    check: (log) => {
      const groups = linked(log as Resource, "logDestinationConfigs", logGroup);
      if (groups.length === 0)
        return { observed: "it goes to no log group of this stack", wanted: "encrypted" };
      return groups.flatMap((group) => about(group as Resource, ownKey(group as Resource, "kmsKeyId")));
    },
  }),
  resourceRule({
    id: "edge-firewall-logs-redacted",
    item: "EDGE-08",
    type: logging,
    check: ({ props }) => {
      const { headers } = redacted(props);
      return secretHeaders
        .filter((header) => !headers.includes(header))
        .map((header) => ({ observed: `the header ${header} is logged`, wanted: "redacted" }));
    },
  }),
  resourceRule({
    id: "edge-firewall-measured",
    item: "EDGE-08",
    type: webAcl,
    check: ({ props }) =>
      all(
        equals(props, "visibilityConfig.cloudwatchMetricsEnabled", true),
        equals(props, "visibilityConfig.sampledRequestsEnabled", true),
        ...(props.rules ?? []).flatMap((_, i) => [
          equals(props, `rules.${i}.visibilityConfig.cloudwatchMetricsEnabled`, true),
          equals(props, `rules.${i}.visibilityConfig.sampledRequestsEnabled`, true),
        ]),
      ),
  }),
];

function unlogged(log: NonNullable<(typeof logging)["props"]>): Result {
  const dropped = (["BLOCK", "COUNT"] as const)
    .filter((action) => !keeps(log, action))
    .map((action) => `some requests with the action ${action} are not logged`);
  return [...dropped, ...redacted(log).telling.map((part) => `the ${part} of requests is not logged`)].map(
    (observed) => ({ observed, wanted: "logged" }),
  );
}
