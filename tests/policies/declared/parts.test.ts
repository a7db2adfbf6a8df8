import { expect, it } from "vitest";
import { chosenParts } from "../../../model/parts.ts";
import { strangers } from "../../../policies/declared/parts.ts";
import { declared, stackOf } from "../support/stack.ts";

const distribution = "aws:cloudfront/distribution:Distribution";
const record = "aws:route53/record:Record";
const theirs = "cloudflare:index/dnsRecord:DnsRecord";

it.each([
  [distribution, { edge: "vercel" }, "edge"],
  ["aws:wafv2/webAcl:WebAcl", { edge: "vercel" }, "edge"],
  [distribution, { edge: "cloudfront" }, undefined],
  [record, { dns: "cloudflare" }, "DNS"],
  [record, { dns: "external" }, "DNS"],
  ["aws:route53/zone:Zone", { dns: "external" }, "DNS"],
  [theirs, { dns: "external" }, "DNS"],
  [theirs, { dns: "route53" }, "DNS"],
  [theirs, { dns: "cloudflare" }, undefined],
  ["aws:route53/recordsExclusive:RecordsExclusive", { dns: "external" }, "DNS"],
  ["vercel:index/dnsRecord:DnsRecord", { dns: "external" }, "DNS"],
  ["aws-native:route53:HostedZone", { dns: "external" }, "DNS"],
  ["aws:lb/loadBalancer:LoadBalancer", { edge: "vercel" }, "edge"],
  ["aws:globalaccelerator/accelerator:Accelerator", { edge: "vercel" }, "edge"],
  ["cloudflare:index/ruleset:Ruleset", { dns: "cloudflare", edge: "vercel" }, "edge"],
  ["aws:elasticache/serverlessCache:ServerlessCache", { cache: "none" }, "cache"],
  ["aws:memorydb/cluster:Cluster", { cache: "none" }, "cache"],
  ["upstash:index/redisDatabase:RedisDatabase", { cache: "none" }, "cache"],
  ["gcp:redis/instance:Instance", { cache: "none" }, "cache"],
  ["aws:ec2/vpc:Vpc", { network: "none" }, "network to the data"],
  ["aws:ec2/vpnConnection:VpnConnection", { network: "none" }, "network to the data"],
  ["aws:ec2transitgateway/transitGateway:TransitGateway", { network: "none" }, "network to the data"],
  [
    "vercel:index/networkPeeringConnection:NetworkPeeringConnection",
    { network: "none" },
    "network to the data",
  ],
  ["aws:ec2/vpnGateway:VpnGateway", { network: "static-ips" }, "network to the data"],
  ["aws:ec2/vpcPeeringConnection:VpcPeeringConnection", { network: "static-ips" }, "network to the data"],
  ["aws:rds/cluster:Cluster", { database: "external" }, "database"],
  ["aws:dynamodb/table:Table", { database: "external" }, "database"],
  ["aws:redshiftserverless/namespace:Namespace", { database: "external" }, "database"],
  ["aws:backup/vault:Vault", { database: "external" }, "database"],
  ["aws:rds/instance:Instance", { database: "existing-rds" }, "database"],
  ["sentry:index/sentryProject:SentryProject", { errors: "datadog" }, "error tracking"],
  ["rollbar:index/project:Project", { errors: "datadog" }, "error tracking"],
  ["datadog:slack/channel:Channel", { chat: "none" }, "chat"],
  [
    "datadog:ms/integrationTeamsTenantBasedHandle:IntegrationTeamsTenantBasedHandle",
    { chat: "none" },
    "chat",
  ],
  ["aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration", { chat: "none" }, "chat"],
  ["pagerduty:index/msTeamsConnection:MsTeamsConnection", { chat: "slack" }, "chat"],
  // Beside a part that is there: the closed world has not looked at it, and no choice forbids it.
  ["aws:dynamodb/table:Table", { database: "rds" }, undefined],
  ["aws:lb/loadBalancer:LoadBalancer", { edge: "cloudfront" }, undefined],
  ["upstash:index/redisDatabase:RedisDatabase", { cache: "valkey" }, undefined],
  // What a stack without any of these parts has all the same.
  ["aws:s3/bucket:Bucket", { database: "external" }, undefined],
  ["datadog:index/webhook:Webhook", { chat: "none" }, undefined],
  ["vercel:index/projectDomain:ProjectDomain", { dns: "external" }, undefined],
  ["datadog:index/team:Team", { chat: "none" }, undefined],
  // The watch from outside stands whoever keeps the records.
  ["aws:route53/healthCheck:HealthCheck", { dns: "external", edge: "vercel" }, undefined],
] as const)("%s is a stranger to %j: %s", (type, kinds: Readonly<Record<string, string>>, part) => {
  const chosen = chosenParts((name) => name in kinds && { kind: kinds[name], because: "it lies elsewhere" });
  expect(strangers(stackOf([declared(type)]), chosen)[0]?.part).toBe(part);
});

it("takes a part for the first of its kinds where it is done without for no reason", () => {
  expect(chosenParts((part) => part === "cache" && { kind: "none" }).cache).toEqual({ kind: "valkey" });
  expect(chosenParts((part) => part === "cache" && { kind: "none", because: " " }).cache.kind).toBe("valkey");
  expect(chosenParts(() => ({ kind: "elsewhere" })).outsideWatch.kind).toBe("route53");
});
