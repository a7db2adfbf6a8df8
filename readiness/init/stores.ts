/** What an app keeps its data in, by the clients that it depends on. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface Stores {
  readonly database: "rds" | "external";
  readonly provider: "neon" | "supabase" | "other" | undefined;
  readonly hasCache: boolean;
  /** A line for each that was seen. */
  readonly said: readonly string[];
}

const ofPostgres = ["pg", "postgres", "@prisma/client", "drizzle-orm", "kysely", "typeorm", "sequelize"];
/** To a client what somebody else runs for its app. */
const hosted: Readonly<Record<string, "neon" | "supabase" | "other">> = {
  "@neondatabase/serverless": "neon",
  "@vercel/postgres": "neon",
  "@supabase/supabase-js": "supabase",
  "@supabase/ssr": "supabase",
  "@xata.io/client": "other",
};
const caches = ["ioredis", "redis", "iovalkey", "@valkey/valkey-glide"];
/** Nothing here is for them. */
const others: Readonly<Record<string, string>> = {
  mysql2: "MySQL",
  "@planetscale/database": "MySQL",
  mongodb: "MongoDB",
  mongoose: "MongoDB",
  "better-sqlite3": "SQLite",
  "@libsql/client": "SQLite",
};
/** Where an object mapper says which database it is for. */
const schemas: readonly (readonly [file: string, says: RegExp])[] = [
  [
    "prisma/schema.prisma",
    /^[ \t]*provider[ \t]*=[ \t]*"(postgresql|cockroachdb|mysql|sqlite|sqlserver|mongodb)"/m,
  ],
  ["drizzle.config.ts", /\bdialect:\s*["'](\w+)/],
  ["drizzle.config.js", /\bdialect:\s*["'](\w+)/],
];

/** @param has names of dependencies */
export function storesOf(folder: string | undefined, has: readonly string[]): Stores {
  const client = ofPostgres.find((name) => has.includes(name));
  const elsewhere = Object.keys(hosted).find((name) => has.includes(name));
  const cache = caches.find((name) => has.includes(name));
  const upstash = has.find((name) => name.startsWith("@upstash/"));
  const other = Object.keys(others).find((name) => has.includes(name));
  const dialect = folder === undefined ? undefined : dialectIn(folder);
  const isOther = dialect !== undefined && !/^(postgres|cockroach)/.test(dialect);
  const foreign = isOther ? dialect : client || elsewhere ? undefined : others[other ?? ""];
  const lines = [
    client && !isOther && `${client}: PostgreSQL${dialect ? "" : ", it seems"}`,
    elsewhere && `${elsewhere}: a database elsewhere`,
    foreign &&
      `${isOther ? client : other}: ${foreign}, which no kind of database is for: PostgreSQL alone is`,
    cache && `${cache}: a cache`,
    upstash && `${upstash}: a store at Upstash, which no kind of cache is for`,
  ];
  return {
    database: elsewhere ? "external" : "rds",
    provider: hosted[elsewhere ?? ""],
    hasCache: cache !== undefined,
    said: lines.filter((line) => typeof line === "string" && line !== "") as string[],
  };
}

function dialectIn(folder: string): string | undefined {
  for (const [file, says] of schemas) {
    const path = join(folder, file);
    const dialect = existsSync(path) ? says.exec(readFileSync(path, "utf8"))?.[1] : undefined;
    if (dialect !== undefined) return dialect;
  }
  return undefined;
}
