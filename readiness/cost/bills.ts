/** What of a resource a vendor bills by the month, and what is billed by use. */
import type { PriceName } from "../../model/prices/prices.ts";
import { isComponent } from "../../policies/resource.ts";

export type Inputs = Readonly<Record<string, unknown>>;

export interface Charge {
  /** What it is on the bill, with its size: `db.t4g.medium, in two zones`. */
  readonly what: string;
  /** Of `price`: a name that the list may lack. */
  readonly price: PriceName | (string & {});
  readonly quantity: number;
}

type Bill = (props: Inputs) => readonly Charge[];

const one =
  (what: string, price: PriceName): Bill =>
  () => [{ what, price, quantity: 1 }];

/** @throws UnknownValueError for a size that the update will find out */
export const bills: Readonly<Record<string, Bill>> = {
  "aws:rds/instance:Instance": (props) => {
    const size = String(props["instanceClass"]);
    const zones = props["multiAz"] === true ? 2 : 1;
    const storage = number(props["allocatedStorage"]);
    const twice = zones === 2 ? ", in two zones" : "";
    return [
      { what: `${size}${twice}`, price: `rds ${size}`, quantity: zones },
      {
        what: `${storage} GB ${props["storageType"] ?? "gp2"}${twice}`,
        price: `rds ${props["storageType"] ?? "gp2"}`,
        quantity: zones * storage,
      },
      ...(props["publiclyAccessible"] === true
        ? [{ what: `public IPv4 address${twice}`, price: "public IPv4 address", quantity: zones }]
        : []),
      ...(props["manageMasterUserPassword"] === true
        ? [{ what: "password in Secrets Manager", price: "secretsmanager secret", quantity: 1 }]
        : []),
    ];
  },
  "aws:elasticache/replicationGroup:ReplicationGroup": (props) => {
    const size = String(props["nodeType"]);
    const shards = number(props["numNodeGroups"] ?? 1);
    const nodes = number(
      props["numCacheClusters"] ?? shards * (1 + number(props["replicasPerNodeGroup"] ?? 0)),
    );
    return [{ what: `${nodes} × ${size}`, price: `elasticache ${size}`, quantity: nodes }];
  },
  "aws:kms/key:Key": one("KMS key", "kms key"),
  "aws:kms/replicaKey:ReplicaKey": one("copy of a KMS key", "kms key"),
  "aws:secretsmanager/secret:Secret": one("secret", "secretsmanager secret"),
  "aws:wafv2/webAcl:WebAcl": ({ rules }) => {
    const { length } = Array.isArray(rules) ? rules : [];
    return [
      { what: "web ACL", price: "waf web ACL", quantity: 1 },
      { what: `${length} rules of the web ACL`, price: "waf rule", quantity: length },
    ];
  },
  // By request alone, of which the declared traffic tells.
  "aws:cloudfront/function:Function": () => [],
  "aws:route53/zone:Zone": one("hosted zone", "route53 zone"),
  "aws:route53/healthCheck:HealthCheck": one("health check", "route53 health check"),
  "aws:ec2/natGateway:NatGateway": one("NAT gateway", "nat gateway"),
  "aws:ec2/vpcEndpoint:VpcEndpoint": ({ vpcEndpointType, subnetIds }) =>
    vpcEndpointType === "Interface" || vpcEndpointType === "GatewayLoadBalancer"
      ? [
          {
            what: "VPC endpoint in each zone",
            price: "vpc endpoint",
            quantity: Math.max(1, Array.isArray(subnetIds) ? subnetIds.length : 1),
          },
        ]
      : [],
  "aws:cloudfront/monitoringSubscription:MonitoringSubscription": one(
    "metrics of each minute",
    "cloudfront metrics",
  ),
  "aws:cloudwatch/metricAlarm:MetricAlarm": one("alarm", "cloudwatch alarm"),
  "aws:backup/restoreTestingPlan:RestoreTestingPlan": one("tests of restoring", "restore test"),
  "datadog:index/syntheticsTest:SyntheticsTest": (props) => {
    const { type, locations, status, optionsList } = props;
    const every = number((optionsList as Inputs | undefined)?.["tickEvery"]);
    const places = Array.isArray(locations) ? new Set(locations).size : 0;
    const runs = status === "live" ? Math.round((places * secondsAMonth) / every) : 0;
    const price: PriceName = type === "browser" ? "datadog browser test" : "datadog API test";
    const test = type === "browser" ? "browser test" : "API test";
    return [{ what: `${test} every ${every} s from ${places} places`, price, quantity: runs }];
  },
  "datadog:index/incidentType:IncidentType": one("incident management", "datadog incident seats"),
  "datadog:index/statusPage:StatusPage": one("status page", "datadog status page"),
  "vercel:index/network:Network": one("private network", "vercel Secure Compute"),
};

const secondsAMonth = 730 * 3600;

/** What a vendor bills by use alone, which nothing that is declared limits. */
export const billedByUse: Readonly<Record<string, string>> = {
  "aws:backup/plan:Plan": "stored backups and their copies",
  "aws:cloudfront/distribution:Distribution": "requests and transfer",
  "aws:cloudwatch/logGroup:LogGroup": "log lines taken in and kept",
  "aws:ec2/flowLog:FlowLog": "flow logs",
  "aws:s3/bucket:Bucket": "stored objects",
  "aws:sns/topic:Topic": "messages",
  "datadog:index/logsIndex:LogsIndex": "indexed log lines",
  "datadog:index/logsMetric:LogsMetric": "custom metrics",
  "datadog:index/rumApplication:RumApplication": "sessions of browsers",
  "datadog:index/spansMetric:SpansMetric": "spans and custom metrics",
};

/** Whether a vendor takes nothing for a resource of this type by itself. */
export function isFree(type: string): boolean {
  return type.startsWith("pulumi:") || isComponent({ type }) || free.test(type);
}

/** Settings of what is billed elsewhere, access, names, and what comes with the account or the plan. */
const free = new RegExp(
  `^(?:${[
    "aws:(?:acm|iam)/",
    "aws:ec2/(?:defaultSecurityGroup|internetGateway|route|routeTable|routeTableAssociation|securityGroup|subnet|vpc):",
    "aws:vpc/securityGroup(?:Ingress|Egress)Rule:",
    "aws:(?:rds|elasticache)/(?:parameterGroup|subnetGroup):",
    "aws:backup/(?:restoreTestingSelection|selection|vault|vaultLockConfiguration|vaultNotifications):",
    "aws:cloudfront/(?:originAccessControl|responseHeadersPolicy):",
    "aws:cloudwatch/log(?:Delivery|DeliveryDestination|DeliverySource|ResourcePolicy):",
    "aws:kms/alias:",
    "aws:route53/(?:hostedZoneDnsSec|keySigningKey|queryLog|record):",
    "aws:s3/bucket[A-Z]",
    "aws:sns/(?:topicPolicy|topicSubscription):",
    "aws:wafv2/webAclLoggingConfiguration:",
    "datadog:index/(?:apiKey|dashboard|downtimeSchedule|monitor|serviceLevelObjective|sloCorrection|webhook|webhookCustomVariable):",
    "datadog:index/(?:incidentNotification(?:Rule|Template)|incidentPostmortemTemplate|incidentUserDefined(?:Field|Role)|statusPageComponent):",
    "datadog:(?:pagerduty|slack|ms|aws)/",
    "pagerduty:",
    "random:",
    "cloudflare:index/(?:dnsRecord|zoneDnssec):",
    "sentry:index/sentry(?:Project|Key|IssueAlert):",
    "vercel:index/(?:firewallConfig|project)",
  ].join("|")})`,
);

function number(value: unknown): number {
  return Number(value);
}
