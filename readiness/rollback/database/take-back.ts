/** Takes migrations back by name, on one connection that holds node-pg-migrate's own lock. */
import { PG_MIGRATE_LOCK_ID, runner } from "node-pg-migrate/runner";
import { Client } from "pg";
import { clean } from "../../terminal/layout.ts";
import { Refused } from "../refused.ts";
import { type Judged, judgeMigrations, migrationsTable, silent } from "./migrations.ts";

export interface TakeBack {
  /** Address of the database, with its login: never shown. */
  readonly url: string;
  readonly migrations: string;
  /** The last migration that stays. */
  readonly downTo: string;
  /** Migrations whose loss, or unclear words, a person has looked at. */
  readonly accepted: readonly string[];
}

/** Of node-pg-migrate itself, and of examples/app/db/migrate.ts, which goes without that one. */
export const locks = [PG_MIGRATE_LOCK_ID, 5_846_201_973] as const;

/** How long a `down` waits for whoever uses the table, and how long a statement may take. */
const timeouts = { lock_timeout: 3_500, statement_timeout: 60_000, connectionTimeoutMillis: 10_000 } as const;

/**
 * What would be taken back, the last first.
 * @throws Refused where one of them has no way back, or one that nobody has agreed to
 */
export async function plannedDowns(task: TakeBack): Promise<readonly string[]> {
  return connected(task, (client) => planned(client, task));
}

/**
 * @param done is told of each migration that is taken back
 * @throws Refused where nothing, or not all of it, may be taken back
 */
export async function takeBack(task: TakeBack, done: (name: string) => void): Promise<void> {
  await locked(task, async (client) => {
    for (const name of await planned(client, task)) {
      await migrate(client, task, "down", name);
      if ((await applied(client)).includes(name))
        throw new Refused(`${name} is still applied after its down`);
      done(name);
    }
  });
}

/**
 * Applies again what was taken back.
 * @param names in the order in which they were taken back
 */
export async function bringForth(
  task: TakeBack,
  names: readonly string[],
  done: (name: string) => void,
): Promise<void> {
  await locked(task, async (client) => {
    for (const name of names.toReversed()) {
      await migrate(client, task, "up", name);
      done(name);
    }
  });
}

async function migrate(client: Client, { migrations }: TakeBack, direction: "up" | "down", name: string) {
  const one = { direction, file: name, count: 1, migrationsTable };
  // The lock is held here, until all of them are through.
  await runner({ ...one, dbClient: client, dir: migrations, noLock: true, logger: silent });
}

function locked(task: TakeBack, work: (client: Client) => Promise<void>): Promise<void> {
  return connected(task, async (client) => {
    const taken = locks.map((lock) => `pg_try_advisory_lock(${lock})`).join(" AND ");
    const { rows } = await client.query(`SELECT ${taken} AS "locked"`);
    if (rows[0]?.locked !== true) {
      throw new Refused("another migration of this database is at work: wait for it, and run this again");
    }
    await work(client);
  });
}

async function planned(
  client: Client,
  { migrations, downTo, accepted }: TakeBack,
): Promise<readonly string[]> {
  const names = await applied(client);
  const judged = new Map((await judgeMigrations(migrations)).map((one) => [one.name, one]));
  if (!names.includes(downTo)) {
    throw new Refused(
      `--down-to ${downTo}: no such migration is applied, must be one of ${names.slice(-5).join(", ")}`,
    );
  }
  const downs = names.slice(names.lastIndexOf(downTo) + 1).reverse();
  const refused = downs.flatMap((name) => {
    const found = judged.get(name) ?? missing(name);
    return holds(found, accepted) ? [] : [`${name}: ${found.why}`];
  });
  if (refused.length === 0) return downs;
  throw new Refused(
    `the schema stays as it is, which the release before has to live with (expand and contract): ${refused.join("; ")}`,
  );
}

export function missing(name: string): Judged {
  return { name, way: "one-way", why: "it is applied, and not among the migrations here" };
}

function holds({ name, way }: Judged, accepted: readonly string[]): boolean {
  return way === "reversible" || ((way === "discards" || way === "unclear") && accepted.includes(name));
}

/** In the order in which they were applied. */
async function applied(client: Client): Promise<readonly string[]> {
  const { rows } = await client.query(`SELECT name FROM ${migrationsTable} ORDER BY run_on, id`);
  return rows.map(({ name }) => String(name));
}

async function connected<T>({ url }: TakeBack, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, application_name: "readiness rollback", ...timeouts });
  // A connection that breaks is told by the query that was waiting for it.
  client.on("error", () => {});
  try {
    await client.connect();
    return await work(client);
  } catch (error) {
    if (error instanceof Refused) throw error;
    const { code, message } = Object(error);
    throw new DatabaseFailed(
      `the database says: ${clean(String(message ?? error)).slice(0, 200)}${hint(code)}`,
    );
  } finally {
    await client.end().catch(() => {});
  }
}

/** What a `down` came to grief on: it is rolled back, and what came before it is done. */
export class DatabaseFailed extends Error {
  override readonly name = "DatabaseFailed";
}

function hint(code: unknown): string {
  if (code === "55P03")
    return ": somebody uses the table; nothing of this migration is changed, run this again when it is quiet";
  if (code === "28P01" || code === "28000") return ": DATABASE_URL is not accepted";
  return code === "42P01" ? ": is it the database of this app?" : "";
}
