import { type Mutation, on, set, unset } from "./mutation.ts";
import { unlink } from "./unlink.ts";

const distribution = "aws:cloudfront/distribution:Distribution";
const webAcl = "aws:wafv2/webAcl:WebAcl";
const firewallLog = "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration";

const bodyLimit = "rules.5.statement.andStatement";
const told = "notStatement.statement.regexMatchStatement";
const onPath = (searchString: string) => ({
  byteMatchStatement: { fieldToMatch: { uriPath: {} }, positionalConstraint: "STARTS_WITH", searchString },
});
const grant = {
  name: "partners",
  action: { allow: {} },
  statement: { ipSetReferenceStatement: { arn: "arn:aws:wafv2:example" } },
  visibilityConfig: { cloudwatchMetricsEnabled: true, metricName: "partners", sampledRequestsEnabled: true },
};

export const edgeFirewallMutations: readonly Mutation[] = [
  {
    rule: "edge-firewall-attached",
    also: ["firewalls-guard-something"],
    title: "the web ACL is somebody else's",
    change: on(distribution, unlink("webAclId")),
  },
  {
    rule: "edge-firewall-for-cloudfront",
    title: "the web ACL is for load balancers",
    change: on(webAcl, set("scope", "REGIONAL")),
  },
  {
    rule: "edge-firewall-in-cloudfront-region",
    title: "the web ACL is in Frankfurt",
    change: on(webAcl, set("region", "eu-central-1")),
  },
  {
    rule: "edge-firewall-managed-rules",
    title: "SQL injection is not looked for",
    change: on(webAcl, set("rules.3.statement.managedRuleGroupStatement.name", "AWSManagedRulesUnixRuleSet")),
  },
  {
    rule: "edge-firewall-managed-rules",
    title: "a managed rule group only counts",
    change: on(webAcl, set("rules.2.overrideAction", { count: {} })),
  },
  {
    rule: "edge-firewall-managed-rules",
    title: "a managed rule group looks at a path that nobody asks for",
    change: on(
      webAcl,
      set("rules.4.statement.managedRuleGroupStatement.scopeDownStatement", onPath("/never")),
    ),
  },
  {
    rule: "edge-firewall-managed-rules",
    title: "one of a group's rules lets attacks through",
    change: on(
      webAcl,
      set("rules.3.statement.managedRuleGroupStatement.ruleActionOverrides", [
        { name: "SQLi_BODY", actionToUse: { allow: {} } },
      ]),
    ),
  },
  {
    rule: "edge-firewall-managed-rules",
    also: ["edge-firewall-rate-limited"],
    title: "a rule before all others lets everybody through",
    change: on(webAcl, set("rules.0.priority", 10), set("rules.6", { ...grant, priority: 0 })),
  },
  {
    rule: "edge-firewall-managed-rules",
    title: "a rule between the limit and the groups lets some addresses through",
    change: on(webAcl, set("rules.0.priority", -1), set("rules.6", { ...grant, priority: 0 })),
  },
  {
    rule: "edge-firewall-lets-customers-in",
    also: ["edge-uploads-let-in"],
    title: "whatever no rule allows is blocked",
    change: on(webAcl, set("defaultAction", { block: {} })),
  },
  {
    rule: "edge-firewall-lets-customers-in",
    title: "what is blocked looks answered",
    stack: "staging",
    change: on(webAcl, set("rules.0.action.block.customResponse.responseCode", 200)),
  },
  {
    rule: "edge-uploads-let-in",
    title: "AWS's rule blocks whatever is over 8 KB",
    change: on(webAcl, unset("rules.4.statement.managedRuleGroupStatement.ruleActionOverrides")),
  },
  {
    rule: "edge-uploads-let-in",
    title: "no body over 999 KB is let in",
    stack: "staging",
    change: on(webAcl, set(`${bodyLimit}.statements.1.${told}.regexString`, "^[0-9]{1,6}$")),
  },
  {
    rule: "edge-bodies-limited",
    title: "bodies of any size are let in",
    change: on(webAcl, unset("rules.5")),
  },
  {
    rule: "edge-bodies-limited",
    title: "the limit looks for a label that no rule gives",
    stack: "staging",
    change: on(webAcl, set(`${bodyLimit}.statements.0.labelMatchStatement.key`, "awswaf:managed:aws:other")),
  },
  {
    rule: "edge-firewall-rate-limited",
    title: "one address may send a hundred requests a second",
    change: on(webAcl, set("rules.0.statement.rateBasedStatement.limit", 30_000)),
  },
  {
    rule: "edge-firewall-rate-limited",
    title: "floods are only counted",
    stack: "staging",
    change: on(webAcl, set("rules.0.action", { count: {} })),
  },
  {
    rule: "edge-firewall-logged",
    title: "another web ACL is logged",
    change: on(firewallLog, unlink("resourceArn")),
  },
  {
    rule: "edge-firewall-logs-own-key",
    title: "the firewall's log is encrypted with no key of the stack's",
    change: on({ type: "aws:cloudwatch/logGroup:LogGroup", name: /^aws-waf-logs-/ }, unlink("kmsKeyId")),
  },
  {
    rule: "edge-firewall-logs-kept",
    title: "the firewall's log is kept for a week",
    change: on(
      { type: "aws:cloudwatch/logGroup:LogGroup", name: /^aws-waf-logs-/ },
      set("retentionInDays", 7),
    ),
  },
  {
    rule: "edge-firewall-logged",
    title: "blocked requests are dropped from the log",
    change: on(firewallLog, set("loggingFilter.filters.0.behavior", "DROP")),
  },
  {
    rule: "edge-firewall-logged",
    title: "the log does not say which path was asked for",
    change: on(firewallLog, set("redactedFields.2", { uriPath: {} })),
  },
  {
    rule: "edge-firewall-rate-limited",
    title: "the limit counts by an address that the client names",
    change: on(webAcl, set("rules.0.statement.rateBasedStatement.aggregateKeyType", "FORWARDED_IP")),
  },
  {
    rule: "edge-firewall-logs-redacted",
    title: "session cookies are logged",
    change: on(firewallLog, unset("redactedFields.1")),
  },
  {
    rule: "edge-firewall-measured",
    title: "the firewall has no metrics",
    change: on(webAcl, set("visibilityConfig.cloudwatchMetricsEnabled", false)),
  },
  {
    rule: "edge-firewall-measured",
    title: "one of the firewall's rules has no metrics",
    stack: "staging",
    change: on(webAcl, set("rules.2.visibilityConfig.cloudwatchMetricsEnabled", false)),
  },
];
