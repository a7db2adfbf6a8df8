/** Where the data is and the way to it, by kind: network, database, cache, backups. */
import { places } from "../places.ts";
import { lines, text } from "../question.ts";
import { type Kinds, type Piece, type Stage, scalar } from "./piece.ts";

/** Neither overlaps the other stack's, so that any two can be peered. */
const range = (production: boolean) => (production ? "10.40.0.0/16" : "10.44.0.0/16");

function ownNetwork({ answers, production }: Stage): string {
  const region = text(answers, "region");
  const zones = places[region]?.zones.map((zone) => region + zone) ?? [];
  return `  # Overlaps neither the other stack's range nor Vercel's, so that any two of them can be peered.
  cidr: ${range(production)}
  # Three zones: losing one leaves a majority.
  zones: [${zones.join(", ")}]
${production ? "  # Intrusions are found after months; a year of logs shows how they began.\n" : ""}  logRetentionDays: ${production ? 365 : 30}`;
}

/** Nothing lives in a network of the stack's own where the database is elsewhere, and the cache there already. */
function isMade({ answers }: Stage): boolean {
  return text(answers, "database") === "rds" || text(answers, "memory") === "valkey";
}

export const network: Kinds = {
  "secure-compute": (
    stage,
  ) => `${isMade(stage) ? `${ownNetwork(stage)}\n` : ""}  # The range that Vercel gave the team's Secure Compute network: ask Vercel, and write it here.
  privateNetworkCidr: ${stage.production ? "10.60.0.0/20" : "10.64.0.0/20"}`,
  "static-ips": (
    stage,
  ) => `${isMade(stage) ? `${ownNetwork(stage)}\n` : ""}  # As Vercel lists them under Connectivity. Its other customers have them too, so TLS and logins stand behind them.
  addresses: [${lines(stage.answers, "addresses").map(scalar).join(", ")}]`,
  none: ({ answers }) => `  because: ${scalar(text(answers, "networkBecause"))}`,
};

export const database: Kinds = {
  rds: ({ production }) =>
    production
      ? `  # Major version only: RDS applies minor upgrades by itself, and a pinned minor would then show as drift.
  engineVersion: "17"
  instanceClass: db.m7g.large
  multiAz: true
  storageGiB: 200
  maxStorageGiB: 1000
  # The most that RDS allows: data that was corrupted a month ago can still be brought back.
  backupRetentionDays: 35
  # Well below what 8 GiB of memory allow, so that connections do not starve queries of memory.
  maxConnections: 400`
      : `  # Always production's version or the next one that production is to have.
  engineVersion: "17"
  instanceClass: db.t4g.medium
  # An hour without staging costs less than a second instance.
  multiAz: false
  storageGiB: 50
  maxStorageGiB: 200
  backupRetentionDays: 7
  maxConnections: 150`,
  "existing-rds": ({
    answers,
    production,
  }) => `  # There already: read and never changed. What it is like is judged once \`npm run facts\` has asked AWS.
  identifier: ${scalar(text(answers, production ? "databaseInstanceProd" : "databaseInstanceStaging"))}
  databaseName: ${scalar(text(answers, "databaseName"))}
  # What its alerts are measured by: write the instance's own.
  instanceClass: ${scalar(text(answers, "databaseClass"))}
  maxStorageGiB: ${text(answers, "databaseMaxStorage")}
  maxConnections: ${text(answers, "databaseMaxConnections")}`,
  external: ({ answers }) => `  # Services log in by DATABASE_URL, the secret config \`secrets:DATABASE_URL\`.
  provider: ${text(answers, "databaseProvider")}`,
};

export const cache: Kinds = {
  valkey: ({ production }) =>
    production
      ? `  engineVersion: "8.0"
  # The smallest whose CPU does not hang on credits.
  nodeType: cache.m7g.large
  # In two zones, so that one can be lost.
  nodes: 2
  snapshotRetentionDays: 7`
      : `  engineVersion: "8.0"
  nodeType: cache.t4g.small
  # Two, so that failover is rehearsed before production needs it.
  nodes: 2
  snapshotRetentionDays: 1`,
  existing: ({
    answers,
    production,
  }) => `  # There already: read and never changed. Services log in with the secret config \`secrets:CACHE_TOKEN\`.
  replicationGroupId: ${scalar(text(answers, production ? "cacheGroupProd" : "cacheGroupStaging"))}
  nodeType: ${scalar(text(answers, "cacheNodeType"))}
  nodes: ${text(answers, "cacheNodes")}`,
  none: ({ answers }) => `  because: ${scalar(text(answers, "memoryBecause"))}`,
};

export const backups: Piece = ({ answers, production }) => {
  const { copy } = places[text(answers, "region")] ?? {};
  return `readiness:backups:
  # Another country or coast, the same jurisdiction.
  copyRegion: ${copy}
  dailyRetentionDays: ${production ? 35 : 7}
  weeklyRetentionDays: ${production ? 90 : 30}
  monthlyRetentionDays: ${production ? 365 : 90}
${
  production
    ? `  # IRREVERSIBLE once the cooling period is over: nobody, AWS included, can then delete a backup before its time.
  vaultLock: compliance`
    : `  # An administrator can lift it: compliance would keep every experiment for good.
  vaultLock: governance`
}`;
};
