/** A database of a test's own, which the app's modules then use. */
import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { up } from "../../db/migrate.ts";
import { seed } from "../../db/seed.ts";

export const checks = { email: "checks@example.com", password: "a password of the checks" };

export interface OwnDatabase {
  readonly url: string;
  /** A connection more, which ends with the database. */
  connect(): Promise<Client>;
  drop(): Promise<void>;
}

export async function emptyDatabase(): Promise<OwnDatabase> {
  const server = process.env["SERVER_URL"] ?? process.env["DATABASE_URL"] ?? "";
  // Before the first test takes its own.
  process.env["SERVER_URL"] = server;
  const name = `test_${randomBytes(6).toString("hex")}`;
  await inServer(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const clients: Client[] = [];
  return {
    url: url.href,
    connect: async () => {
      const client = new Client({ connectionString: url.href });
      await client.connect();
      clients.push(client);
      return client;
    },
    drop: async () => {
      await Promise.all(clients.map((client) => client.end()));
      await inServer(server, `drop database ${name} with (force)`);
    },
  };
}

/** With tables and what the demonstration shows; the app is told of it by its variables. */
export async function appDatabase(): Promise<OwnDatabase> {
  const database = await emptyDatabase();
  const client = await database.connect();
  await up(client);
  await seed(client, checks);
  process.env["DATABASE_URL"] = database.url;
  process.env["SESSION_SECRET"] = randomBytes(32).toString("hex");
  return database;
}

async function inServer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
