import { type Change, type Mutation, on, set, unset } from "./mutation.ts";
import { unlink } from "./unlink.ts";

/** Breaks one input of the cache. */
function cache(rule: string, title: string, ...changes: readonly Change[]): Mutation {
  return { rule, title, change: on("aws:elasticache/replicationGroup:ReplicationGroup", ...changes) };
}

/** Gives the cache these parameters alone. */
function parameters(title: string, ...values: readonly (readonly [string, string])[]): Mutation {
  const change = set(
    "parameters",
    values.map(([name, value]) => ({ name, value })),
  );
  return {
    rule: "cache-parameters-sound",
    title,
    change: on("aws:elasticache/parameterGroup:ParameterGroup", change),
  };
}

export const cacheMutations: readonly Mutation[] = [
  cache("cache-in-own-subnets", "it lives in the default subnets", unlink("subnetGroupName")),
  {
    rule: "cache-clients-private",
    also: ["network-administration-closed"],
    title: "the world may connect to the cache",
    change: on(
      { type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", name: /-cache-/ },
      set("cidrIpv4", "0.0.0.0/0"),
    ),
  },
  cache("cache-tls-required", "clients may connect in plain text", set("transitEncryptionMode", "preferred")),
  {
    ...cache("cache-token-generated", "the token is in the program", unlink("authToken")),
    also: ["app-secrets-for-one-purpose"],
  },
  {
    rule: "cache-token-generated",
    also: ["generated-secrets-strong"],
    title: "the token is short",
    change: on({ type: "random:index/randomPassword:RandomPassword", name: /-cache$/ }, set("length", 16)),
  },
  cache("cache-storage-encrypted", "storage is plain", set("atRestEncryptionEnabled", false)),
  cache("cache-storage-key-own", "storage has AWS's key", unlink("kmsKeyId")),
  cache("cache-replicated", "there is one node", set("numCacheClusters", 1)),
  cache("cache-fails-over", "a replica waits for somebody", set("automaticFailoverEnabled", false)),
  cache("cache-multi-zone", "one zone has all nodes", set("multiAzEnabled", false)),
  cache("cache-snapshots-retained", "there are no snapshots", set("snapshotRetentionLimit", 0)),
  cache(
    "cache-logs-delivered",
    "slow commands are not logged",
    set("logDeliveryConfigurations.0", undefined),
  ),
  {
    rule: "cache-logs-kept",
    title: "its engine's log is kept for a day",
    change: on({ type: "aws:cloudwatch/logGroup:LogGroup", name: /-engine-log$/ }, set("retentionInDays", 1)),
  },
  cache("cache-patched", "holes stay open", set("autoMinorVersionUpgrade", false)),
  cache("cache-settings-sound", "changes restart it by day", set("applyImmediately", true)),
  cache(
    "cache-settings-sound",
    "it starts from a stranger's snapshot",
    set("snapshotArns", ["arn:aws:s3:::a/b.rdb"]),
  ),
  cache("cache-settings-sound", "users of its own log in", set("userGroupIds", ["everybody"])),
  parameters("a full cache refuses writes", ["maxmemory-policy", "noeviction"]),
  parameters("idle clients are cut off", ["maxmemory-policy", "allkeys-lru"], ["timeout", "1"]),
  parameters(
    "slow commands are never logged",
    ["maxmemory-policy", "allkeys-lru"],
    ["slowlog-log-slower-than", "-1"],
  ),
  parameters(
    "nobody knows what is renamed",
    ["maxmemory-policy", "allkeys-lru"],
    ["rename-commands", "GET x"],
  ),
  cache("cache-windows-apart", "snapshots meet maintenance", set("snapshotWindow", "04:00-05:00")),
  cache("cache-final-snapshot", "a deletion leaves nothing", unset("finalSnapshotIdentifier")),
  cache(
    "cache-logs-arrive",
    "its logs go to a stream",
    set("logDeliveryConfigurations.0.destinationType", "kinesis-firehose"),
  ),
  {
    rule: "cache-token-generated",
    also: ["generated-secrets-strong"],
    title: "the token is made of one letter",
    change: on(
      { type: "random:index/randomPassword:RandomPassword", name: /-cache$/ },
      set("upper", false),
      set("lower", false),
      set("numeric", false),
      set("special", true),
      set("overrideSpecial", "a"),
    ),
  },
];
