/** A restore that was tried: what it brought, and when. */

import { createHash } from "node:crypto";
import { createReadStream, statSync } from "node:fs";
import { basename } from "node:path";
import { pipeline } from "node:stream/promises";
import type { BaseBackup } from "./base-backup.ts";
import { binariesFor, clusterOf, verified } from "./base-backup.ts";
import { atLeast } from "./binaries.ts";
import { restoreDump } from "./dump.ts";
import { drillDatabase } from "./dump-database.ts";
import { drillUser, type Facts, takeFacts } from "./facts.ts";
import { withGuest } from "./guest.ts";
import { type Place, type Scratch, ServerFailed, withScratch } from "./scratch.ts";

export interface Restored {
  /** Nothing where there was nothing to look at. */
  readonly facts: Facts | undefined;
  /** What went wrong on the way. */
  readonly errors: readonly string[];
  readonly answeredAt: Date;
  /** The moment that its data is of, where it tells that itself. */
  readonly recoveredAt: Date | undefined;
}

/** From a file, or a folder, that pg_dump wrote. */
export async function fromDump(
  dump: string,
  globals: string | undefined,
  major: number | undefined,
  elsewhere: boolean,
): Promise<Restored> {
  const restored = async (scratch: Place) => {
    const errors = await restoreDump(scratch, dump, globals);
    return { errors, recoveredAt: undefined, ...(await looked(scratch, drillDatabase)) };
  };
  const programs = atLeast(major);
  return elsewhere ? withGuest(programs, restored) : withScratch(programs, { user: drillUser }, restored);
}

export async function fromBaseBackup(backup: BaseBackup, database: string): Promise<Restored> {
  const programs = binariesFor(backup);
  const errors = await verified(backup, programs);
  try {
    return await withScratch(programs, clusterOf(backup), async (scratch) => {
      const recoveredAt = backup.until === undefined ? await lastReplayed(scratch) : new Date(backup.until);
      return { errors, recoveredAt, ...(await looked(scratch, database)) };
    });
  } catch (error) {
    if (!(error instanceof ServerFailed)) throw error;
    const early = /recovery ended before configured recovery target was reached/.test(error.message);
    const why = early ? `its WAL ends before ${backup.until}` : error.message;
    return { facts: undefined, errors: [...errors, why], answeredAt: new Date(), recoveredAt: undefined };
  }
}

async function looked(scratch: Place, database: string): Promise<Pick<Restored, "facts" | "answeredAt">> {
  const client = await scratch.connect(database);
  try {
    await client.query("SELECT 1");
    const answeredAt = new Date();
    return { answeredAt, facts: await takeFacts(client) };
  } finally {
    await client.end();
  }
}

/** Of the last transaction that the WAL had. */
async function lastReplayed(scratch: Scratch): Promise<Date | undefined> {
  const client = await scratch.connect("postgres");
  try {
    const { rows } = await client.query("SELECT pg_last_xact_replay_timestamp() AS at");
    return rows[0].at ?? undefined;
  } finally {
    await client.end();
  }
}

/** What a file is called in a record: its name and what is in it. */
export async function nameOf(path: string): Promise<string> {
  if (statSync(path).isDirectory()) return basename(path);
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return `${basename(path)} sha256:${hash.digest("hex")}`;
}
