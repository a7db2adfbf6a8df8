/** `restore-drill --take`: copies a database, and writes down what it was made of in that very snapshot. */
import { join } from "node:path";
import { UsageError } from "../errors.ts";
import { exitStatus } from "../exit-status.ts";
import { writeWhole } from "../terminal/out-file.ts";
import { atLeast, type Binaries } from "./binaries.ts";
import { addressIn, connectTo, forPrograms } from "./connection.ts";
import { takeFacts } from "./facts.ts";
import type { Manifest } from "./manifest.ts";
import { ran } from "./scratch.ts";

const source = "SOURCE_DATABASE_URL";

/** @throws UsageError where it cannot be copied whole */
export async function take(dump: string | undefined, manifest: string): Promise<number> {
  const url = addressIn(source, "the database to copy");
  const client = await connectTo(url, source);
  try {
    const entry = await copied(client, url, dump);
    writeWhole(manifest, `${JSON.stringify(entry, null, 1)}\n`, "--manifest");
    const tables = Object.keys(entry.facts.rows).length;
    process.stdout.write(
      `✓ ${manifest}: ${tables} tables as of ${entry.takenAt}${dump ? `; ${dump} and ${globalsOf(dump)} are the copy` : ""}\n`,
    );
    return exitStatus.go;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${source}: ${Object(error).message}`);
  } finally {
    await client.end();
  }
}

async function copied(
  client: Awaited<ReturnType<typeof connectTo>>,
  url: URL,
  dump: string | undefined,
): Promise<Manifest> {
  const { rows } = await client.query(
    "SELECT current_database() AS database, current_setting('server_version_num')::int / 10000 AS major",
  );
  const { database, major } = rows[0];
  let takenAt = "";
  const facts = await takeFacts(client, async () => {
    const { rows: at } = await client.query("SELECT now() AS now, pg_export_snapshot() AS snapshot");
    takenAt = at[0].now.toISOString();
    if (dump !== undefined) await dumped(url, dump, at[0].snapshot, atLeast(major));
  });
  return { schemaVersion: 1, takenAt, database, serverMajor: major, facts };
}

/** Roles are the server's, and in no dump of a database. */
export function globalsOf(dump: string): string {
  return `${dump}.globals.sql`;
}

async function dumped(url: URL, dump: string, snapshot: string, { folder }: Binaries): Promise<void> {
  const { dbname, env } = forPrograms(url);
  const programs = {
    pg_dump: ["--format=custom", `--snapshot=${snapshot}`, `--file=${dump}`],
    pg_dumpall: ["--globals-only", "--no-role-passwords", `--file=${globalsOf(dump)}`],
  };
  for (const [program, args] of Object.entries(programs)) {
    const { status, errors } = await ran(
      join(folder, program),
      [...args, "--no-password", `--dbname=${dbname}`],
      env,
    );
    if (status !== 0) throw new UsageError(`${program} ended with ${status}: ${errors.join("; ")}`);
  }
}
