/** Which changes of a plan change the bill. */
import type { Change, Inputs } from "./plan.ts";

/** What a vendor bills for a resource. */
interface Billed {
  /** What it is called on the bill. */
  readonly as: string;
  /** Inputs that decide how much; paths where they lie in others. */
  readonly by: readonly string[];
}

/** Types that cost money by being there, from the vendors' price lists. What they bill by use alone is left out. */
const billed: Readonly<Record<string, Billed>> = {
  "aws:cloudfront/distribution:Distribution": { as: "CloudFront distribution", by: ["priceClass"] },
  "aws:cloudfront/function:Function": { as: "CloudFront function", by: [] },
  "aws:cloudfront/monitoringSubscription:MonitoringSubscription": { as: "CloudFront metrics", by: [] },
  "aws:cloudwatch/metricAlarm:MetricAlarm": { as: "CloudWatch alarm", by: ["period"] },
  "aws:cloudwatch/logGroup:LogGroup": { as: "CloudWatch logs", by: ["retentionInDays"] },
  "aws:backup/plan:Plan": { as: "backups", by: ["rules"] },
  "aws:backup/restoreTestingPlan:RestoreTestingPlan": { as: "restore tests", by: ["scheduleExpression"] },
  "aws:ec2/eip:Eip": { as: "public IPv4 address", by: [] },
  "aws:ec2/flowLog:FlowLog": { as: "flow logs", by: ["trafficType", "maxAggregationInterval"] },
  "aws:ec2/instance:Instance": { as: "EC2 instance", by: ["instanceType"] },
  "aws:ec2/natGateway:NatGateway": { as: "NAT gateway", by: [] },
  "aws:ec2/vpcEndpoint:VpcEndpoint": { as: "VPC endpoint", by: ["vpcEndpointType", "subnetIds"] },
  "aws:elasticache/replicationGroup:ReplicationGroup": {
    as: "cache nodes",
    by: ["nodeType", "numCacheClusters", "numNodeGroups", "replicasPerNodeGroup", "snapshotRetentionLimit"],
  },
  "aws:kms/key:Key": { as: "KMS key", by: [] },
  "aws:lb/loadBalancer:LoadBalancer": { as: "load balancer", by: ["loadBalancerType"] },
  "aws:rds/instance:Instance": {
    as: "RDS instance",
    by: [
      "instanceClass",
      "multiAz",
      "allocatedStorage",
      "storageType",
      "iops",
      "storageThroughput",
      "backupRetentionPeriod",
      "databaseInsightsMode",
      "performanceInsightsRetentionPeriod",
    ],
  },
  "aws:route53/healthCheck:HealthCheck": {
    as: "health check",
    by: ["type", "requestInterval", "measureLatency"],
  },
  "aws:route53/zone:Zone": { as: "hosted zone", by: [] },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": { as: "S3 storage", by: ["rules"] },
  "aws:secretsmanager/secret:Secret": { as: "secret", by: [] },
  "aws:wafv2/webAcl:WebAcl": { as: "web ACL and its rules", by: ["rules"] },
  "datadog:index/logsIndex:LogsIndex": { as: "indexed logs", by: ["retentionDays", "dailyLimit"] },
  "datadog:index/logsMetric:LogsMetric": { as: "custom metric", by: ["groupBies"] },
  "datadog:index/spansMetric:SpansMetric": { as: "custom metric", by: ["groupBies"] },
  "datadog:index/syntheticsTest:SyntheticsTest": {
    as: "synthetic test runs",
    by: ["type", "locations", "optionsList.tickEvery", "status"],
  },
  "pagerduty:index/user:User": { as: "PagerDuty seat", by: ["role", "license"] },
  "vercel:index/network:Network": { as: "private network", by: [] },
};

/** A change of what a vendor bills. */
export interface CostChange {
  readonly change: Change;
  /** What it is called on the bill. */
  readonly what: string;
  /** Such as `instanceClass db.t4g.medium → db.m7g.large`; the size itself of what comes or goes. */
  readonly sizes: readonly string[];
}

/** The changes that a bill will show, in the order of the plan. */
export function costChanges(changes: readonly Change[]): readonly CostChange[] {
  return changes.flatMap((change) => {
    const entry = billed[change.type];
    if (!entry) return [];
    const { operation, before, after } = change;
    const whole = operation === "create" || operation === "delete" || operation === "import";
    const sizes = entry.by.flatMap((path) => {
      const [from, to] = [before, after].map((inputs) => shown(inputs, path));
      if (whole) return (to ?? from) === undefined ? [] : [`${path} ${to ?? from}`];
      if (JSON.stringify(read(before, path)) === JSON.stringify(read(after, path))) return [];
      return [from === to ? `${path} changes` : `${path} ${from ?? "not set"} → ${to ?? "not set"}`];
    });
    return whole || operation === "replace" || sizes.length > 0 ? [{ change, what: entry.as, sizes }] : [];
  });
}

function read(inputs: Inputs, path: string): unknown {
  return path.split(".").reduce<unknown>((value, key) => (value as Inputs | null | undefined)?.[key], inputs);
}

/** How Pulumi's protocol writes a value that the update will find out. */
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A value in a few words; a list by its length. */
function shown(inputs: Inputs, path: string): string | undefined {
  const value = read(inputs, path);
  if (value === unknown) return "known later";
  if (Array.isArray(value)) return `${value.length}`;
  return typeof value === "object" || value === undefined ? undefined : String(value);
}
