/** Of each rule on what this product declares none of: what it refuses, and what it lets be. */
import type { Registration } from "../../../readiness/engine/registration.ts";
import { behind, group, type Inputs } from "../support/existing.ts";
import { declared, unknown } from "../support/stack.ts";

export const of = (type: string) => (props: Inputs, name?: string) =>
  declared(type, props, name ? { name } : {});
export const cluster = of("aws:rds/cluster:Cluster");
export const member = of("aws:rds/clusterInstance:ClusterInstance");
const table = of("aws:dynamodb/table:Table");
export const listener = of("aws:lb/listener:Listener");
const balancer = of("aws:lb/loadBalancer:LoadBalancer");
const setting = of("cloudflare:index/zoneSetting:ZoneSetting");
export const fn = of("aws:lambda/function:Function");
export const task = of("aws:ecs/taskDefinition:TaskDefinition");
export const kubernetes = of("aws:eks/cluster:Cluster");
export const nodes = of("aws:eks/nodeGroup:NodeGroup");
export const repository = of("aws:ecr/repository:Repository");
const queue = of("aws:sqs/queue:Queue");
export const alarm = of("aws:cloudwatch/metricAlarm:MetricAlarm");
const topic = of("aws:sns/topic:Topic");
export const orchestration = of("pagerduty:index/eventOrchestrationService:EventOrchestrationService");

const world = { protocol: "tcp", fromPort: 5432, toPort: 5432, cidrBlocks: ["0.0.0.0/0"] };
const office = { ...world, cidrBlocks: ["10.1.0.0/16"] };
const ttl = { ttl: { attributeName: "ends", enabled: true } };
export const plain = { port: 80, protocol: "HTTP", defaultActions: [{ type: "forward" }] };
export const variables = (of: Inputs) => fn({ environment: { variables: of } });
const container = (...environment: readonly object[]) =>
  task({ containerDefinitions: JSON.stringify([{ name: "web", environment }]) });
const suppressed = (expression?: string) => ({
  sets: [
    {
      id: "start",
      rules: [{ conditions: expression ? [{ expression }] : [], actions: { suppress: true } }],
    },
  ],
});
const alone = cluster({}, "aurora");
const memberOf = (name: string) => behind(member({}, name), "clusterIdentifier", alone);
export const inside = balancer({ internal: true }, "inside");
const dead = queue({}, "one");
const pages = topic({}, "pages");
const warned = behind(alarm({ alarmActions: [unknown] }), "alarmActions", pages);

const firewall = of("aws:wafv2/webAcl:WebAcl")({ scope: "REGIONAL" }, "firewall");
const record = (props: Inputs, name?: string) =>
  of("aws:route53/record:Record")({ name: "docs.example.com", type: "CNAME", ...props }, name);
const domain = (name: string) => of("vercel:index/projectDomain:ProjectDomain")({ domain: name });
const objective = of("datadog:index/serviceLevelObjective:ServiceLevelObjective")({ type: "metric" }, "slo");

type Row = readonly [rule: string, bad: readonly Registration[], good: readonly Registration[]];

export const rows: readonly Row[] = [
  ["stores-not-public", [member({ publiclyAccessible: true })], [member({})]],
  [
    "stores-not-public",
    [behind(cluster({}), "vpcSecurityGroupIds", group({})), group({ ingress: [world] })],
    [behind(cluster({}), "vpcSecurityGroupIds", group({})), group({ ingress: [office] })],
  ],
  ["stores-restorable", [cluster({ backupRetentionPeriod: 1 })], [cluster({ backupRetentionPeriod: 7 })]],
  ["stores-restorable", [table({})], [table({ pointInTimeRecovery: { enabled: true } }), table(ttl, "ttl")]],
  [
    "stores-restorable",
    [of("neon:index/project:Project")({ historyRetentionSeconds: 3600 })],
    [of("neon:index/project:Project")({})],
  ],
  ["stores-encrypted", [cluster({})], [cluster({ storageEncrypted: true })]],
  [
    "stores-encrypted",
    [of("aws:efs/fileSystem:FileSystem")({ encrypted: false })],
    [of("aws:redshift/cluster:Cluster")({})],
  ],
  ["stores-survive-a-zone", [alone, memberOf("a")], [alone, memberOf("a"), memberOf("b")]],
  ["stores-survive-a-zone", [alone, memberOf("a")], [cluster({ engine: "postgres" })]],
  [
    "stores-deletion-protected",
    [cluster({ deletionProtection: true, skipFinalSnapshot: true })],
    [cluster({ deletionProtection: true })],
  ],
  [
    "stores-deletion-protected",
    [table({})],
    [
      table(ttl),
      table({ deletionProtectionEnabled: true }, "kept"),
      cluster({ globalClusterIdentifier: "g" }),
    ],
  ],
  [
    "sites-redirect-to-https",
    [listener(plain)],
    [
      listener({ ...plain, defaultActions: [{ type: "redirect", redirect: { protocol: "HTTPS" } }] }),
      listener({ ...plain, port: 443, protocol: "HTTPS" }, "tls"),
      behind(listener(plain, "within"), "loadBalancerArn", inside),
      inside,
    ],
  ],
  [
    "sites-redirect-to-https",
    [setting({ settingId: "ssl", value: "flexible" })],
    [setting({ settingId: "ssl", value: "strict" }), setting({ settingId: "brotli", value: "off" }, "b")],
  ],
  [
    "sites-tls-floor",
    [listener({ ...plain, protocol: "HTTPS", sslPolicy: "ELBSecurityPolicy-2016-08" })],
    [listener({ ...plain, protocol: "HTTPS", sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06" })],
  ],
  [
    "functions-ask-who-calls",
    [of("aws:lambda/functionUrl:FunctionUrl")({ authorizationType: "NONE" })],
    [of("aws:lambda/functionUrl:FunctionUrl")({ authorizationType: "AWS_IAM" })],
  ],
  [
    "functions-ask-who-calls",
    [of("aws:lambda/permission:Permission")({ principal: "*" })],
    [of("aws:lambda/permission:Permission")({ principal: "*", principalOrgId: "o-1" })],
  ],
  [
    "clusters-administered-from-inside",
    [kubernetes({ vpcConfig: { endpointPublicAccess: true } })],
    [
      kubernetes({ vpcConfig: { endpointPublicAccess: false } }),
      kubernetes({ vpcConfig: { publicAccessCidrs: ["198.51.100.0/24"] } }, "office"),
    ],
  ],
  [
    "clusters-administered-from-inside",
    [nodes({ remoteAccess: { ec2SshKey: "ops" } })],
    [nodes({ remoteAccess: { ec2SshKey: "ops", sourceSecurityGroupIds: ["sg-1"] } }), nodes({}, "none")],
  ],
  ["runtimes-supported", [fn({ runtime: "python3.8" })], [fn({ runtime: "python3.13" }), fn({}, "image")]],
  ["runtimes-supported", [kubernetes({ version: "1.27" })], [kubernetes({ version: "1.34" })]],
  [
    "environments-without-plain-secrets",
    [variables({ STRIPE_SECRET_KEY: "sk_live_51Hqf8" })],
    [
      variables({
        STRIPE_SECRET_ARN: "arn:aws:secretsmanager:eu-west-1:1:secret:s",
        DB_PASSWORD: "/prod/db/password",
        DB_SECRET: "prod/db/credentials",
        SESSION_SECRET: "shop-session-secret",
        TOKEN_URL: "https://auth.example.com/token",
        PRIMARY_KEY: "customer_id",
        NEXT_PUBLIC_API_KEY: "pk_live_123456",
        SECRET: "",
      }),
    ],
  ],
  [
    "environments-without-plain-secrets",
    [container({ name: "DATABASE_URL", value: "postgres://app:hunter22@db/app" })],
    [container({ name: "REDIS_URL", value: "redis://cache:6379/0" })],
  ],
  [
    "machines-ask-for-tokens",
    [of("aws:ec2/launchTemplate:LaunchTemplate")({ metadataOptions: { httpTokens: "optional" } })],
    [of("aws:ec2/launchTemplate:LaunchTemplate")({})],
  ],
  [
    "images-scanned-and-fixed",
    [repository({ imageTagMutability: "IMMUTABLE" })],
    [repository({ imageTagMutability: "IMMUTABLE", imageScanningConfiguration: { scanOnPush: true } })],
  ],
  [
    "images-scanned-and-fixed",
    [repository({ imageScanningConfiguration: { scanOnPush: true } })],
    [
      repository({ imageTagMutability: "IMMUTABLE" }),
      of("aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration")({ scanType: "ENHANCED" }),
    ],
  ],
  [
    "queues-keep-dead-letters",
    [queue({})],
    [behind(queue({ redrivePolicy: unknown }), "redrivePolicy", dead), dead, queue({}, "jobs-dlq")],
  ],
  [
    "alarms-tell-somebody",
    [alarm({ name: "load" })],
    [
      alarm({ name: "load" }),
      of("aws:cloudwatch/compositeAlarm:CompositeAlarm")({ alarmRule: "ALARM(load)" }),
      topic({}),
    ],
  ],
  [
    "alarms-tell-somebody",
    [alarm({ alarmActions: ["arn:aws:sns:x:1:t"], actionsEnabled: false })],
    [alarm({ alarmActions: ["arn:aws:sns:x:1:t"] })],
  ],
  [
    "alarms-tell-somebody",
    [warned, pages],
    [warned, pages, behind(of("aws:sns/topicSubscription:TopicSubscription")({}), "topic", pages)],
  ],
  [
    "orchestrations-let-alerts-through",
    [orchestration(suppressed("event.severity matches 'critical'"))],
    [orchestration(suppressed("event.summary matches part 'test'"))],
  ],
  ["orchestrations-let-alerts-through", [orchestration(suppressed())], [orchestration({ sets: [] })]],
  [
    "logs-end",
    [of("aws:cloudwatch/logGroup:LogGroup")({})],
    [of("aws:cloudwatch/logGroup:LogGroup")({ retentionInDays: 0 })],
  ],
  [
    "firewalls-guard-something",
    [firewall, balancer({})],
    [
      firewall,
      balancer({}),
      behind(of("aws:wafv2/webAclAssociation:WebAclAssociation")({}), "webAclArn", firewall),
    ],
  ],
  ["firewalls-guard-something", [firewall, balancer({})], [firewall]],
  [
    "names-lead-somewhere",
    [record({ records: ["docs.example.com.s3-website-us-east-1.amazonaws.com"] })],
    [
      record({ records: ["docs.example.com.s3-website-us-east-1.amazonaws.com"] }),
      record({ records: ["lb.us-east-1.elb.amazonaws.com"] }, "lb"),
      of("aws:s3/bucket:Bucket")({ bucket: "docs.example.com" }),
    ],
  ],
  [
    "names-lead-somewhere",
    [record({ records: ["cname.vercel-dns.com"] }), domain("www.example.com")],
    [record({ records: ["cname.vercel-dns.com"] }), domain("docs.example.com")],
  ],
  [
    "objectives-alerted",
    [objective],
    [objective, behind(of("datadog:index/monitor:Monitor")({ type: "slo alert" }), "query", objective)],
  ],
  [
    "cache-nodes-use-tls",
    [of("aws:elasticache/cluster:Cluster")({ engine: "redis" })],
    [
      of("aws:elasticache/cluster:Cluster")({ engine: "memcached" }),
      of("aws:elasticache/cluster:Cluster")({ engine: "valkey", transitEncryptionEnabled: true }, "tls"),
    ],
  ],
  [
    "users-without-access-keys",
    [of("aws:iam/accessKey:AccessKey")({ user: "ci" })],
    [of("aws:iam/accessKey:AccessKey")({ user: "ci", status: "Inactive" })],
  ],
];
