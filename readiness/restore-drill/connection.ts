/** Addresses of databases, which come from the environment alone and whose passwords are never shown or listed. */
import { Client } from "pg";
import { UsageError } from "../errors.ts";
import { clean } from "../terminal/layout.ts";

/** @throws UsageError */
export function addressIn(name: string, what: string): URL {
  const given = process.env[name];
  const url = given === undefined ? null : URL.parse(given);
  if (url && /^postgres(ql)?:$/.test(url.protocol)) return url;
  throw new UsageError(
    `${name} is not in the environment, or no address such as postgres://user@host/database: ${what}`,
  );
}

/** For programs of PostgreSQL: arguments are seen by whoever lists processes. */
export function forPrograms(url: URL): {
  readonly dbname: string;
  readonly env: Readonly<Record<string, string>>;
} {
  const bare = new URL(url);
  const password = decodeURIComponent(url.password) || url.searchParams.get("password") || "";
  bare.password = "";
  bare.searchParams.delete("password");
  return { dbname: bare.href, env: password === "" ? {} : { PGPASSWORD: password } };
}

/** @throws UsageError that says what the server says */
export async function connectTo(url: URL, name: string): Promise<Client> {
  const client = new Client({
    connectionString: url.href,
    connectionTimeoutMillis: 15_000,
    application_name: "readiness restore-drill",
  });
  client.on("error", () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    throw new UsageError(`${name}: ${clean(String(Object(error).message ?? error)).slice(0, 200)}`);
  }
}
