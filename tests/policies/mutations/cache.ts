import { type Change, type Mutation, on, set } from "./mutation.ts";
import { unlink } from "./unlink.ts";

/** Breaks one input of the cache. */
function cache(rule: string, title: string, ...changes: readonly Change[]): Mutation {
  return { rule, title, change: on("aws:elasticache/replicationGroup:ReplicationGroup", ...changes) };
}

export const cacheMutations: readonly Mutation[] = [
  cache("cache-in-own-subnets", "it lives in the default subnets", unlink("subnetGroupName")),
  {
    rule: "cache-clients-private",
    title: "the world may connect to the cache",
    change: on(
      { type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", name: /-cache-/ },
      set("cidrIpv4", "0.0.0.0/0"),
    ),
  },
  cache("cache-tls-required", "clients may connect in plain text", set("transitEncryptionMode", "preferred")),
  cache("cache-token-generated", "the token is in the program", unlink("authToken")),
  {
    rule: "cache-token-generated",
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
];
