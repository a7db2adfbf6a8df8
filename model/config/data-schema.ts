/** Where the data is, and the way to it: the parts network, database, cache and backups of a stack's config. */
import { z } from "zod";
import { cidr, count, text } from "./forms.ts";
import { reason } from "./languages.ts";
import { region } from "./regions.ts";
import { postgresVersion, valkeyVersion } from "./versions.ts";

/** A part that the product does without. */
export const none = z.strictObject({
  kind: z.literal("none"),
  /** Why it needs none; reports say it wherever something is not asked for that reason. */
  because: reason,
});

/** The network that the data stores live in; left out where the database is there already, in a network of its own. */
const ownNetwork = {
  /** Address range of the VPC; /16 to /20. */
  cidr: cidr.optional(),
  /** Three availability zones of the stack's region. */
  zones: z
    .array(text(/^[a-z]{2}(-[a-z]+)+-\d[a-z]$/, "an availability zone such as eu-central-1a"))
    .length(3)
    .describe("a list of three availability zones such as eu-central-1a")
    .optional(),
  /** Days that CloudWatch keeps the logs of the network and of the data stores in it. */
  logRetentionDays: z.literal([30, 90, 180, 365, 731]).optional(),
};

/** Vercel Secure Compute: a private network of Vercel's, peered with that of the data stores. */
const secureCompute = z.strictObject({
  kind: z.literal("secure-compute"),
  ...ownNetwork,
  /** Address range of the private (Secure Compute) network that reaches the data stores. */
  privateNetworkCidr: cidr,
  /** The peering that Vercel asked for; there is none before the first deployment. */
  peeringConnectionId: text(
    /^pcx-[0-9a-f]{8,17}$/,
    "a peering connection such as pcx-0a1b2c3d4e5f60718",
  ).optional(),
});

/**
 * Vercel's Static IPs: the services come over the internet, from these addresses, which customers of Vercel share. So
 * TLS that is verified and logins by IAM stand behind them.
 */
const staticIps = z.strictObject({
  kind: z.literal("static-ips"),
  ...ownNetwork,
  /** As Vercel's dashboard lists them, under Connectivity. */
  addresses: z
    .array(z.ipv4().describe("an IPv4 address such as 198.51.100.7"))
    .min(1)
    .max(16)
    .describe("a list of 1 to 16 IPv4 addresses such as 198.51.100.7, each by itself"),
});

/** The way from the services to the data stores: a private network, listed addresses, or none. */
export const network = z.discriminatedUnion("kind", [secureCompute, staticIps, none]);

/** A new instance of RDS. */
export const rds = z.strictObject({
  kind: z.literal("rds"),
  /** PostgreSQL's version, major or major.minor. */
  engineVersion: postgresVersion,
  /**
   * For the update to another major version alone, with a waiver: RDS refuses one that nothing allows, and with it
   * left in place a slip of the version would be one that cannot be taken back.
   */
  allowMajorVersionUpgrade: z.boolean().optional(),
  instanceClass: text(instanceType("db"), "an RDS instance class such as db.m7g.large"),
  /** A second, synchronous instance in another zone. */
  multiAz: z.boolean(),
  storageGiB: count(20, 65_536),
  /** RDS grows the storage up to this. */
  maxStorageGiB: count(20, 65_536),
  /** Days that point-in-time recovery reaches back; RDS allows 0 to 35. */
  backupRetentionDays: count(0, 35),
  /** Connections that the instance accepts; the pool alert counts in percent of this. */
  maxConnections: count(20, 20_000),
});

/**
 * An instance of RDS that another program made, or nobody's. It is read and not changed: what cannot be read of it is
 * not known, and counts as little as what is missing.
 */
const existingRds = z.strictObject({
  kind: z.literal("existing-rds"),
  /** Its name in RDS. */
  identifier: text(
    /^(?!.*--)[a-z][a-z0-9-]{0,61}[a-z0-9]$/,
    "the identifier of an RDS instance such as ledger-prod",
  ),
  /** What PostgreSQL calls the database in it. */
  databaseName: text(/^[a-z_][a-z0-9_]{0,62}$/, "a name of a PostgreSQL database such as ledger"),
  /** What its alerts are measured against: its class, what its storage may grow to, and `max_connections`. */
  instanceClass: text(instanceType("db"), "an RDS instance class such as db.m7g.large"),
  maxStorageGiB: count(20, 65_536),
  maxConnections: count(20, 20_000),
  /** What logs its network's traffic: AWS does not lead from a network to its flow logs. Not known where left out. */
  flowLogId: text(/^fl-[0-9a-f]{8,17}$/, "a flow log of a VPC such as fl-0a1b2c3d4e5f60718").optional(),
});

/**
 * PostgreSQL that somebody else runs. The services log in by `DATABASE_URL`, whose value is the secret config
 * `secrets:DATABASE_URL`; what its provider does is proven by evidence and sign-offs.
 */
const external = z.strictObject({
  kind: z.literal("external"),
  provider: z.enum(["neon", "supabase", "other"]),
  /** What it is billed by, for `npm run cost`: Neon's compute units that run on average, and the data. */
  computeUnits: z.number().min(0.25).max(56).optional(),
  storageGiB: count(1, 65_536).optional(),
});

/** What the services keep their data in: PostgreSQL on RDS, new or there already, or at a provider of databases. */
export const database = z.discriminatedUnion("kind", [rds, existingRds, external]);

const valkey = z.strictObject({
  kind: z.literal("valkey"),
  engineVersion: valkeyVersion,
  nodeType: text(instanceType("cache"), "an ElastiCache node type such as cache.m7g.large"),
  /** Nodes including the primary; two or more fail over by themselves. */
  nodes: count(1, 6),
  snapshotRetentionDays: count(0, 35),
});

/**
 * A replication group of ElastiCache that another program made, or nobody's. It is read and not changed. The services log
 * in with the secret config `secrets:CACHE_TOKEN`: its AUTH token, or the password of a user.
 */
const existingCache = z.strictObject({
  kind: z.literal("existing"),
  /** Its name in ElastiCache. */
  replicationGroupId: text(
    /^(?!.*--)[a-z][a-z0-9-]{0,38}[a-z0-9]$/,
    "the id of a replication group such as sessions-prod",
  ),
  /** What its alerts are measured against. */
  nodeType: text(instanceType("cache"), "an ElastiCache node type such as cache.m7g.large"),
  nodes: count(1, 500),
  /** Name of the user whom the services log in as; left out where the AUTH token is all. */
  user: text(/^[a-zA-Z][\w-]{0,119}$/, "the name of a user of the cache such as portal").optional(),
  /** The flow log of its network: AWS lists none of a network. */
  flowLogId: text(/^fl-[0-9a-f]{8,17}$/, "a flow log such as fl-0a1b2c3d4e5f60718").optional(),
});

/** What the services share in memory: Valkey on ElastiCache, new or there already, or none. */
export const cache = z.discriminatedUnion("kind", [valkey, existingCache, none]);

export const backups = z.strictObject({
  /** Region of the second copy; not the stack's own. Dumps of a database elsewhere lie there too. */
  copyRegion: region,
  dailyRetentionDays: count(1, 365),
  weeklyRetentionDays: count(1, 1_095),
  monthlyRetentionDays: count(1, 3_650),
  /** `governance` can be lifted by an administrator; `compliance` can never be, after the cooling period. */
  vaultLock: z.enum(["governance", "compliance"]),
});

/**
 * How AWS names what runs data stores: a family, and a size. New ones come every year, and the SDK's list lacks
 * families that have been for sale for long (`aws.rds.InstanceType` has no m7g), so no list is held against it.
 */
function instanceType(store: "db" | "cache"): RegExp {
  return new RegExp(`^${store}\\.[a-z]{1,3}\\d{1,2}[a-z]{0,4}\\.(micro|small|medium|large|\\d{0,2}xlarge)$`);
}
