/**
 * `node db/migrate.ts up`, or `down <name>`, which takes back what came after the migration of that name (`down none`
 * all of them). Two at once come one after the other: a name means the same to both, "one step back" would not.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { runner } from "node-pg-migrate";
import { Client } from "pg";
import { where } from "../server/database.ts";

const dir = join(import.meta.dirname, "migrations");
const table = "pgmigrations";

/** Whoever migrates holds it until all is done. */
const lock = 5_846_201_973;

export interface Waits {
  /** For another migration to end. */
  readonly turnMilliseconds: number;
  /** For a lock on a table: longer, and every request of that table would wait behind it. */
  readonly lockMilliseconds: number;
  readonly statementMilliseconds: number;
}

export const waits: Waits = {
  turnMilliseconds: 120_000,
  lockMilliseconds: 3_000,
  statementMilliseconds: 300_000,
};

/** @returns names of what was applied */
export function up(client: Client, patience: Waits = waits): Promise<readonly string[]> {
  return inTurn(client, patience, () => run(client, "up"));
}

/**
 * @param target the migration that is to be the last one, or `none`
 * @returns names of what was taken back, the newest first
 * @throws Error for a target that is not applied
 */
export function down(client: Client, target: string, patience: Waits = waits): Promise<readonly string[]> {
  return inTurn(client, patience, async () => {
    const applied = await appliedTo(client);
    const last = target === "none" ? -1 : applied.indexOf(target);
    if (last < 0 && target !== "none") {
      throw new Error(`${target} is not applied, must be none or one of ${applied.join(", ")}`);
    }
    const count = applied.length - 1 - last;
    return count > 0 ? run(client, "down", count) : [];
  });
}

export async function appliedTo(client: Client): Promise<readonly string[]> {
  const { rows } = await client.query("select to_regclass($1) is not null as there", [table]);
  if (!rows[0].there) return [];
  return (await client.query(`select name from ${table} order by run_on, id`)).rows.map(({ name }) => name);
}

/** Names of what there is, the oldest first. */
export function migrations(): readonly string[] {
  return readdirSync(dir)
    .map((file) => file.replace(/\.\w+$/, ""))
    .sort();
}

async function inTurn<T>(client: Client, patience: Waits, work: () => Promise<T>): Promise<T> {
  await takeTurn(client, patience.turnMilliseconds);
  try {
    const limits = {
      lock_timeout: patience.lockMilliseconds,
      statement_timeout: patience.statementMilliseconds,
    };
    for (const [name, milliseconds] of Object.entries(limits)) {
      await client.query("select set_config($1, $2, false)", [name, `${milliseconds}ms`]);
    }
    return await work();
  } finally {
    // A migration that failed has left its transaction open.
    await client.query("rollback");
    await client.query("select pg_advisory_unlock($1)", [lock]);
  }
}

/**
 * Asks again and again: a statement that waits for the lock would have `create index concurrently` wait for it, which
 * is a deadlock.
 */
async function takeTurn(client: Client, milliseconds: number): Promise<void> {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    const { rows } = await client.query("select pg_try_advisory_lock($1) as taken", [lock]);
    if (rows[0].taken) return;
    if (Date.now() > deadline) throw new Error(`another migration runs, still after ${milliseconds} ms`);
    await wait(100);
  }
}

async function run(client: Client, direction: "up" | "down", count = Number.POSITIVE_INFINITY) {
  const done = await runner({
    dbClient: client,
    dir,
    migrationsTable: table,
    direction,
    count,
    // Held already, around the question what is to be done.
    noLock: true,
    // One that builds an index beside the traffic has no transaction, and cannot stand in another's.
    singleTransaction: false,
    logger: { debug: quiet, info: quiet, warn: quiet, error: console.error },
  });
  return done.map(({ name }) => name);
}

function quiet(): void {}

async function main([direction, target]: readonly string[]): Promise<void> {
  const client = new Client(where(process.env));
  await client.connect();
  try {
    if (direction === "up") console.log(`applied: ${(await up(client)).join(", ") || "nothing"}`);
    else if (direction === "down" && target !== undefined)
      console.log(`taken back: ${(await down(client, target)).join(", ") || "nothing"}`);
    else throw new Error("up, or down with the name of the migration that is to be the last one, or none");
  } finally {
    await client.end();
  }
}

if (import.meta.main) {
  await main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
