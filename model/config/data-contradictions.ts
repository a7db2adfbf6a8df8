/** What the parts that hold the data, and the way to them, can be wrong about together. */
import { overlaps, prefixOf } from "../cidr.ts";
import type { Problem } from "./error.ts";
import { partitionOf } from "./regions.ts";
import { type CrossCheck, repeated, withoutValue } from "./written-config.ts";

/** The secret by which services log in to a database that is not this stack's. */
export const databaseSecret = "DATABASE_URL";

/** The secret by which services log in to a cache that is not this stack's. */
export const cacheSecret = "CACHE_TOKEN";

/** Whether something is made that lives in a network of the stack's own. */
export function makesNetwork({
  database,
  cache,
}: {
  readonly database: { readonly kind: string };
  readonly cache: { readonly kind: string };
}): boolean {
  return database.kind === "rds" || (cache.kind === "valkey" && database.kind === "external");
}

export const dataChecks: readonly CrossCheck[] = [
  // Its addresses are private, and nothing of ElastiCache can have others: ElastiCache User Guide, "Accessing your
  // cluster".
  function* cacheIsReached({ network: { kind }, cache }) {
    if (cache.kind === "none" || kind === "secure-compute") return;
    yield [
      ["cache", "kind"],
      `found "${cache.kind}" with network.kind ${kind}, must be "none": a cache on ElastiCache is reached through secure-compute alone`,
    ];
  },

  function* databaseIsReached({ network, database }) {
    if (network.kind !== "none" || database.kind === "external") return;
    yield [
      ["network", "kind"],
      `found "none" with database.kind ${database.kind}, must be "secure-compute" or "static-ips": nothing else leads to it`,
    ];
  },

  // Nothing is made for a cache to live in.
  function* cacheHasANetwork({ cache, database }) {
    if (cache.kind !== "valkey" || database.kind !== "existing-rds") return;
    yield [
      ["cache", "kind"],
      `found "${cache.kind}" with database.kind existing-rds, must be "none", or "existing" behind secure-compute: a new cache lives in a network of this stack, and the database's is another program's`,
    ];
  },

  // Its owner accepts the peering and routes it: another program's tables are not changed from here.
  function* existingNetworkIsItsOwners({ network, database, cache }) {
    if (network.kind !== "secure-compute" || makesNetwork({ database, cache })) return;
    if (network.peeringConnectionId === undefined) return;
    yield [
      ["network", "peeringConnectionId"],
      `found a peering to accept, must be left out: with ${thereAlready(database)} its owner accepts and routes it`,
    ];
  },

  function* networkIsWhole({ network, database, cache }) {
    // Listed addresses lead to no database elsewhere, which is told by itself.
    if (network.kind === "none" || (network.kind === "static-ips" && database.kind === "external")) return;
    const made = makesNetwork({ database, cache });
    // Without a cache it is for another check to say that it leads to nothing.
    if (!made && database.kind === "external" && cache.kind === "none") return;
    for (const key of ["cidr", "zones", "logRetentionDays"] as const) {
      const isThere = network[key] !== undefined;
      if (isThere === made) continue;
      const message = isThere
        ? `found a setting of a new network, must be left out: with ${thereAlready(database)} there is one already`
        : `missing, must be set: with database.kind ${database.kind} the network is made`;
      yield [["network", key], message];
    }
  },

  function* networkIsUsed({ network, database, cache }) {
    if (network.kind === "none" || database.kind !== "external") return;
    // Listed addresses lead to no cache either.
    if (network.kind === "secure-compute" && cache.kind !== "none") return;
    yield [
      ["network", "kind"],
      `found "${network.kind}", must be "none": with a database that is external and no cache it leads to nothing`,
    ];
  },

  function* loginHasAValue({ database, services }, configKeys) {
    if (database.kind !== "external") return;
    yield* withoutValue(["database", "kind"], databaseSecret, configKeys);
    for (const [i, { secrets = [] }] of services.entries()) {
      const j = secrets.indexOf(databaseSecret);
      if (j === -1) continue;
      const message = `found "${databaseSecret}", must be left out: with database.kind external every service has it`;
      yield [["services", i, "secrets", j], message];
    }
  },

  function* cacheTokenHasAValue({ cache }, configKeys) {
    if (cache.kind === "existing") yield* withoutValue(["cache", "kind"], cacheSecret, configKeys);
  },

  function* zonesBelongToRegion({ "aws:region": region, network }) {
    if (network.kind === "none") return;
    for (const [i, zone] of (network.zones ?? []).entries()) {
      if (zone.slice(0, -1) === region) continue;
      yield [["network", "zones", i], `found "${zone}", must be a zone of aws:region such as ${region}a`];
    }
  },

  function* zonesAreDistinct({ network }) {
    if (network.kind !== "none") yield* repeated(network.zones ?? [], (i) => ["network", "zones", i], "zone");
  },

  function* vpcSize({ network }) {
    if (network.kind === "none" || network.cidr === undefined) return;
    const { cidr } = network;
    if (prefixOf(cidr) >= 16 && prefixOf(cidr) <= 20) return;
    yield [["network", "cidr"], `found "${cidr}", must be from /16, the largest that AWS allows, to /20`];
  },

  function* networksDoNotOverlap({ network }) {
    if (network.kind !== "secure-compute") return;
    const { cidr, privateNetworkCidr } = network;
    if (cidr === undefined || !overlaps(cidr, privateNetworkCidr)) return;
    yield [
      ["network", "privateNetworkCidr"],
      `found "${privateNetworkCidr}", must not overlap network.cidr (${cidr}): packets could not be routed`,
    ];
  },

  function* addressesAreDistinct({ network }) {
    if (network.kind !== "static-ips") return;
    yield* repeated(network.addresses, (i) => ["network", "addresses", i], "address");
  },

  function* storageCanGrow({ database }) {
    if (database.kind !== "rds" || database.maxStorageGiB >= database.storageGiB) return;
    const { storageGiB, maxStorageGiB } = database;
    yield [["database", "maxStorageGiB"], `found ${maxStorageGiB}, must be ≥ storageGiB (${storageGiB})`];
  },

  function* copyIsElsewhere({ "aws:region": region, backups: { copyRegion } }) {
    if (copyRegion !== region) return;
    yield [["backups", "copyRegion"], `found "${copyRegion}", must be another region than aws:region`];
  },

  function* copyCanBeMade({ "aws:region": region, backups: { copyRegion } }) {
    if (partitionOf(copyRegion) === partitionOf(region)) return;
    yield [
      ["backups", "copyRegion"],
      `found "${copyRegion}", must be of the same AWS partition as aws:region (${region})`,
    ];
  },

  function* rareBackupsReachFurther({ backups }): Iterable<Problem> {
    const order = ["dailyRetentionDays", "weeklyRetentionDays", "monthlyRetentionDays"] as const;
    for (const [i, longer] of order.entries()) {
      const shorter = order[i - 1];
      if (!shorter || backups[longer] >= backups[shorter]) continue;
      yield [["backups", longer], `found ${backups[longer]}, must be ≥ ${shorter} (${backups[shorter]})`];
    }
  },
];

/** What is there already where no network is made. */
function thereAlready(database: { readonly kind: string }): string {
  return database.kind === "existing-rds" ? "database.kind existing-rds" : "cache.kind existing";
}
