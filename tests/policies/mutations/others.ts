import { type Mutation, on, unset } from "./mutation.ts";
import { unlink } from "./unlink.ts";

const tag = "pagerduty:index/tag:Tag";

/** A resource of another kind in the place of one that nothing hangs on, by rule. */
const declared: readonly (readonly [
  rule: string,
  type: string,
  props: Readonly<Record<string, unknown>>,
  also?: readonly string[],
])[] = [
  ["stores-not-public", "aws:rds/clusterInstance:ClusterInstance", { publiclyAccessible: true }],
  [
    "stores-restorable",
    "aws:docdb/cluster:Cluster",
    { backupRetentionPeriod: 1, storageEncrypted: true, deletionProtection: true },
  ],
  ["stores-restorable", "neon:index/project:Project", { historyRetentionSeconds: 0 }],
  ["stores-encrypted", "aws:ebs/volume:Volume", { size: 20 }],
  [
    "stores-deletion-protected",
    "aws:neptune/cluster:Cluster",
    { backupRetentionPeriod: 7, storageEncrypted: true },
  ],
  [
    "sites-redirect-to-https",
    "aws:lb/listener:Listener",
    { port: 80, protocol: "HTTP", defaultActions: [{ type: "forward" }] },
  ],
  [
    "sites-tls-floor",
    "aws:lb/listener:Listener",
    { port: 443, protocol: "HTTPS", defaultActions: [{ type: "forward" }] },
  ],
  ["functions-ask-who-calls", "aws:lambda/functionUrl:FunctionUrl", { authorizationType: "NONE" }],
  ["clusters-administered-from-inside", "aws:eks/cluster:Cluster", { vpcConfig: {} }],
  ["runtimes-supported", "aws:lambda/function:Function", { runtime: "nodejs16.x" }],
  [
    "environments-without-plain-secrets",
    "aws:lambda/function:Function",
    { environment: { variables: { API_KEY: "kd83hf7sk2" } } },
  ],
  ["machines-ask-for-tokens", "aws:ec2/instance:Instance", { metadataOptions: { httpTokens: "optional" } }],
  [
    "images-scanned-and-fixed",
    "aws:ecr/repository:Repository",
    { imageScanningConfiguration: { scanOnPush: true } },
  ],
  ["queues-keep-dead-letters", "aws:sqs/queue:Queue", {}],
  ["alarms-tell-somebody", "aws:cloudwatch/metricAlarm:MetricAlarm", { name: "load" }],
  [
    "orchestrations-let-alerts-through",
    "pagerduty:index/eventOrchestrationService:EventOrchestrationService",
    { catchAll: { actions: { suppress: true } } },
  ],
  ["cache-nodes-use-tls", "aws:elasticache/cluster:Cluster", { engine: "redis" }],
  [
    "names-lead-somewhere",
    "aws:route53/record:Record",
    {
      name: "old.example.com",
      type: "CNAME",
      records: ["old.example.com.s3-website-us-east-1.amazonaws.com"],
    },
    ["aws-in-one-account", "aws-provider-explicit", "edge-dns-answers-last", "edge-dns-leads-nowhere-else"],
  ],
  [
    "objectives-alerted",
    "datadog:index/serviceLevelObjective:ServiceLevelObjective",
    { type: "metric" },
    ["providers-ask-their-vendors", "service-levels-only", "shared-names-tell-stack"],
  ],
  ["users-without-access-keys", "aws:iam/accessKey:AccessKey", { user: "ci" }],
];

/** What is asked of every resource at AWS. */
const ofAws = [
  "aws-in-one-account",
  "aws-provider-explicit",
  "aws-resources-tagged",
  "deploy-rights-cover-resources",
];

const one: readonly Mutation[] = declared.map(([rule, type, props, also]) => ({
  rule,
  title: type,
  also: also ?? (type.startsWith("aws:") ? ofAws : []),
  change: on(tag, (r) => ({ ...r, type, props })),
}));

const assignment = { type: "pagerduty:index/tagAssignment:TagAssignment", name: "portal-on-call" };
const distribution = "aws:cloudfront/distribution:Distribution";
const group = "aws:cloudwatch/logGroup:LogGroup";

const several: readonly Mutation[] = [
  {
    rule: "firewalls-guard-something",
    title: "no distribution is behind the firewall",
    also: ["edge-firewall-attached"],
    change: on(distribution, unset("webAclId"), unlink("webAclId")),
  },
  {
    rule: "stores-survive-a-zone",
    title: "a cluster of one instance",
    also: [...ofAws, "customer-data-in-one-geography", "stateful-resources-protected"],
    change: (registration) => {
      const props = { backupRetentionPeriod: 7, storageEncrypted: true, deletionProtection: true };
      const cluster = on(tag, (r) => ({ ...r, type: "aws:rds/cluster:Cluster", props }))(registration);
      return (
        cluster &&
        on(assignment, (r) => ({
          ...r,
          type: "aws:rds/clusterInstance:ClusterInstance",
          props: { clusterIdentifier: r.props["tagId"] ?? "" },
          propertyDependencies: { clusterIdentifier: r.propertyDependencies["tagId"] ?? [] },
        }))(cluster)
      );
    },
  },
  {
    rule: "logs-end",
    title: "nobody says how long traffic logs are kept",
    also: ["network-traffic-logs-kept"],
    change: on({ type: group, name: /flow-logs$/ }, unset("retentionInDays")),
  },
];

export const othersMutations: readonly Mutation[] = [...one, ...several];
