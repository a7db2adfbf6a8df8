/** Restores what pg_dump wrote, and tells every error: what is left of a broken copy is compared all the same. */
import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../errors.ts";
import { drillDatabase } from "./dump-database.ts";
import type { Place } from "./scratch.ts";
import { globalsOf } from "./take.ts";

/** @returns what went wrong, in the programs' words */
export async function restoreDump(
  scratch: Place,
  dump: string,
  globals: string | undefined,
): Promise<readonly string[]> {
  const roles = globals ?? (existsSync(globalsOf(dump)) ? globalsOf(dump) : undefined);
  const fromRoles = roles === undefined ? [] : await apply(scratch, roles, "postgres");
  const client = await scratch.connect("postgres");
  await client
    .query(`CREATE DATABASE ${drillDatabase} TEMPLATE template0 ENCODING 'UTF8'`)
    .finally(() => client.end());
  const fromDump = isArchive(dump)
    ? (await scratch.run("pg_restore", ["--no-password", `--dbname=${drillDatabase}`, dump])).errors
    : [...(await apply(scratch, dump, drillDatabase)), ...cutOff(dump)];
  // The server's own, or its vendor's, is there before the file says so.
  const missing = fromRoles.filter((error) => !/^role \S+ already exists$/.test(error));
  return [...missing, ...fromDump];
}

async function apply(scratch: Place, file: string, database: string): Promise<readonly string[]> {
  const { errors, status } = await scratch.run("psql", ["-X", "-q", "--no-password", "-f", file, database]);
  return status !== 0 && errors.length === 0 ? [`psql ended with ${status}`] : errors;
}

/** Custom and tar have a mark of their own; a folder has a table of contents. */
function isArchive(dump: string): boolean {
  if (statSync(dump).isDirectory()) return existsSync(join(dump, "toc.dat"));
  const head = piece(dump, 0, 5);
  const tar = piece(dump, 257, 5);
  if (head.startsWith("\u001f\u008b"))
    throw new UsageError(`--from ${dump} is compressed as a whole: gunzip it first`);
  return head === "PGDMP" || tar === "ustar";
}

/** Text that ends at the end of a statement looks whole to psql. */
function cutOff(dump: string): readonly string[] {
  const { size } = statSync(dump);
  const whole = /PostgreSQL database (cluster )?dump complete/.test(
    piece(dump, Math.max(0, size - 1_000), 1_000),
  );
  return whole ? [] : ["the dump does not end as pg_dump ends one: it is cut off"];
}

function piece(file: string, from: number, length: number): string {
  const descriptor = openSync(file, "r");
  try {
    const bytes = Buffer.alloc(length);
    const read = readSync(descriptor, bytes, 0, length, from);
    return bytes.subarray(0, read).toString("latin1");
  } finally {
    closeSync(descriptor);
  }
}
