/** Somebody else's empty server, which a dump is restored into, and which is empty again afterwards. */
import { join } from "node:path";
import { Client } from "pg";
import { UsageError } from "../errors.ts";
import type { Binaries } from "./binaries.ts";
import { addressIn, connectTo } from "./connection.ts";
import { drillDatabase } from "./dump-database.ts";
import { type Place, ran } from "./scratch.ts";

const name = "SCRATCH_DATABASE_URL";
const others =
  "SELECT datname AS name FROM pg_database WHERE NOT datistemplate AND datname NOT IN ('postgres', 'rdsadmin', current_database())";
const roles = "SELECT rolname AS name FROM pg_roles";

/** @throws UsageError where the server has anything of anybody */
export async function withGuest<T>({ folder }: Binaries, work: (place: Place) => Promise<T>): Promise<T> {
  const url = addressIn(name, "the empty server to restore into");
  const client = await connectTo(url, name);
  const list = async (query: string) => (await client.query(query)).rows.map((row) => String(row.name));
  try {
    const [other] = await list(others);
    if (other !== undefined) throw new UsageError(`${name} is not empty: it has a database ${other}`);
    const before = await list(roles);
    try {
      return await work(placeAt(url, folder));
    } finally {
      await client.query(`DROP DATABASE IF EXISTS ${drillDatabase} WITH (FORCE)`);
      for (const role of (await list(roles)).filter((one) => !before.includes(one))) {
        await client.query(`DROP ROLE ${client.escapeIdentifier(role)}`);
      }
    }
  } finally {
    await client.end();
  }
}

function placeAt(url: URL, folder: string): Place {
  const { host, port, user, password } = new Client({ connectionString: url.href });
  const mode = url.searchParams.get("sslmode");
  const env = {
    PGHOST: host,
    PGPORT: `${port}`,
    PGUSER: user ?? "",
    ...(typeof password === "string" && { PGPASSWORD: password }),
    ...(mode !== null && { PGSSLMODE: mode }),
  };
  return {
    connect: (database) => {
      const own = new URL(url);
      own.pathname = `/${database}`;
      return connectTo(own, name);
    },
    run: (program, args) => ran(join(folder, program), args, env),
  };
}
