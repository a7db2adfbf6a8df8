import type * as random from "@pulumi/random";
import {
  about,
  cacheSubnets,
  logGroup,
  logsKept,
  names,
  openToInternet,
  ownKey,
  privateClients,
} from "../aws.ts";
import { eachRule } from "../each-rule.ts";
import { passwordBits } from "../effects/password.ts";
import { all, atLeast, equals, unlessSaid } from "../expect.ts";
import { linked, type Resource, resourceType } from "../resource.ts";
import { type Rule, resourceRule } from "../rule.ts";
import { loginsAsked } from "./cache/logins.ts";
import { cache, settingsRules } from "./cache/settings.ts";

const password = resourceType<random.RandomPasswordArgs>("random:index/randomPassword:RandomPassword");

/** ElastiCache takes 16 to 128 characters; 32 letters and digits are 190 bits, beyond guessing. */
const tokenLength = 32;
/** NIST SP 800-131A: what nobody can try out. */
const tokenBits = 128;

/** Valkey's. */
const defaultPort = 6379;

export const cacheRules: readonly Rule[] = [
  ...settingsRules,
  // Security Hub, ElastiCache.7.
  resourceRule({
    id: "cache-in-own-subnets",
    item: "CACHE-01",
    type: cache,
    check: (group) =>
      group.read && group.props.subnetGroupName === "default"
        ? { observed: "subnetGroupName is default", wanted: "a subnet group of its own" }
        : names(group, "subnetGroupName", cacheSubnets, "a subnet group"),
  }),
  eachRule({
    id: "cache-clients-private",
    item: "CACHE-01",
    existing: (group, stack) => openToInternet(stack, group as Resource, "securityGroupIds"),
    each: cache,
    check: (group, stack) =>
      privateClients(stack, group as Resource, "securityGroupIds", group.props.port ?? defaultPort),
  }),
  // Security Hub, ElastiCache.5; in mode `preferred` plain connections work too.
  resourceRule({
    id: "cache-tls-required",
    item: "CACHE-02",
    existing: ({ props }) =>
      all(
        equals(props, "transitEncryptionEnabled", true),
        unlessSaid(props, "transitEncryptionMode", "required"),
      ),
    type: cache,
    check: ({ props }) =>
      all(
        equals(props, "transitEncryptionEnabled", true),
        equals(props, "transitEncryptionMode", "required"),
      ),
  }),
  // Security Hub, ElastiCache.6.
  eachRule({
    id: "cache-token-generated",
    adjustable: true,
    item: "CACHE-02",
    each: cache,
    check: (group, stack, { floor }) => {
      if (group.read) return loginsAsked(group as Resource, stack);
      const [token] = linked(group as Resource, "authToken", password);
      if (!token) return names(group as Resource, "authToken", password, "a generated password");
      return [
        ...about(token as Resource, atLeast(token.props, "length", floor(tokenLength), "characters")),
        ...(passwordBits(token.props) < tokenBits
          ? [
              {
                resource: token as Resource,
                observed: "its characters are too few to choose from",
                wanted: `≥ ${tokenBits} bits`,
              },
            ]
          : []),
      ];
    },
  }),
  // Security Hub, ElastiCache.4.
  resourceRule({
    id: "cache-storage-encrypted",
    item: "CACHE-03",
    existing: true,
    type: cache,
    check: ({ props }) => equals(props, "atRestEncryptionEnabled", true),
  }),
  resourceRule({
    id: "cache-storage-key-own",
    item: "CACHE-03",
    type: cache,
    check: (group) =>
      group.read && !group.props.kmsKeyId
        ? { observed: "kmsKeyId is not set", wanted: "a KMS key of the account's own" }
        : ownKey(group, "kmsKeyId"),
  }),
  resourceRule({
    id: "cache-replicated",
    adjustable: true,
    item: "CACHE-04",
    existing: ({ props: { numCacheClusters, replicasPerNodeGroup, numNodeGroups } }) =>
      numCacheClusters === 1 || (numNodeGroups !== undefined && replicasPerNodeGroup === 0)
        ? { observed: "it has one node", wanted: "a second one" }
        : undefined,
    tiers: ["production"],
    type: cache,
    check: ({ props }, { floor }) => atLeast(props, "numCacheClusters", floor(2), "nodes"),
  }),
  // Security Hub, ElastiCache.3.
  resourceRule({
    id: "cache-fails-over",
    item: "CACHE-04",
    existing: ({ props }) =>
      props.numCacheClusters === 1 ? undefined : equals(props, "automaticFailoverEnabled", true),
    tiers: ["production"],
    type: cache,
    check: ({ props }) => equals(props, "automaticFailoverEnabled", true),
  }),
  resourceRule({
    id: "cache-multi-zone",
    item: "CACHE-04",
    existing: ({ props }) =>
      props.numCacheClusters === 1 ? undefined : equals(props, "multiAzEnabled", true),
    tiers: ["production"],
    type: cache,
    check: ({ props }) => equals(props, "multiAzEnabled", true),
  }),
  // Security Hub, ElastiCache.1.
  resourceRule({
    id: "cache-snapshots-retained",
    adjustable: true,
    item: "CACHE-05",
    tiers: ["production"],
    type: cache,
    check: ({ props }, { floor }) => atLeast(props, "snapshotRetentionLimit", floor(1), "days"),
  }),
  resourceRule({
    id: "cache-logs-delivered",
    item: "CACHE-06",
    type: cache,
    check: ({ props: { logDeliveryConfigurations: logs = [] } }) =>
      ["slow-log", "engine-log"]
        .filter((wanted) => !logs.some(({ logType }) => logType === wanted))
        .map((missing) => ({ observed: `its ${missing} goes nowhere`, wanted: "delivered" })),
  }),
  resourceRule({
    id: "cache-logs-kept",
    item: "CACHE-06",
    type: cache,
    check: (group, context) => logsKept(linked(group, "logDeliveryConfigurations", logGroup), context),
  }),
  // Security Hub, ElastiCache.2.
  resourceRule({
    id: "cache-patched",
    item: "CACHE-07",
    existing: ({ props }) => unlessSaid(props, "autoMinorVersionUpgrade", true),
    type: cache,
    check: ({ props }) => equals(props, "autoMinorVersionUpgrade", true),
  }),
];
