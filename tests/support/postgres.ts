/** A real PostgreSQL for tests. In CI it cannot be left out: there what is missing fails. */
import { existsSync } from "node:fs";
import type { Client } from "pg";
import { binaries, installed } from "../../readiness/restore-drill/binaries.ts";
import { type Scratch, withScratch } from "../../readiness/restore-drill/scratch.ts";

/** Why these tests do not run, said aloud. */
export function postgresMissing(): string | undefined {
  if (process.env["CI"] || installed().length > 0) return undefined;
  const why = "PostgreSQL is not on this machine (.ci/services installs it)";
  console.error(`\nNOT RUN: tests with a real PostgreSQL. ${why}.\n`);
  return why;
}

export interface TestServer extends Scratch {
  /** Address of a database, for a command's environment. */
  url(database: string): string;
  /** Carries statements out in a database. */
  sql(database: string, statements: string): Promise<readonly Record<string, unknown>[]>;
  stop(): Promise<void>;
}

/** Runs until it is stopped. */
export async function startServer(settings: Readonly<Record<string, string>> = {}): Promise<TestServer> {
  let stop = () => {};
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  let ended: Promise<void> = Promise.resolve();
  const scratch = await new Promise<Scratch>((resolve, reject) => {
    ended = withScratch(binaries(), { user: "postgres", settings }, (started) => {
      resolve(started);
      return stopped;
    });
    ended.catch(reject);
  });
  const sql = async (database: string, statements: string) => {
    const client: Client = await scratch.connect(database);
    try {
      const result = await client.query(statements);
      return [result].flat().at(-1)?.rows ?? [];
    } finally {
      await client.end();
    }
  };
  return {
    ...scratch,
    url: (database) =>
      `postgres://postgres:canary-password@localhost/${database}?host=${encodeURIComponent(scratch.host)}`,
    sql,
    stop: async () => {
      stop();
      await ended;
      if (existsSync(scratch.folder)) throw new Error(`${scratch.folder} is left behind`);
    },
  };
}
