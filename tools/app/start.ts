/**
 * `npm run app`: the example app with its data stores, by one command; what it started ends with it, and its data.
 * Tests start it by `startApp`.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { end, freePort, runToEnd, type Service, until } from "./child.ts";
import { embeddedPostgres } from "./embedded-postgres.ts";
import { appFolder, build, install, nextProgram } from "./packages.ts";
import { machinePostgres, startPostgres } from "./postgres.ts";
import { startRedis } from "./redis.ts";

export interface AppOptions {
  /** One that is free where absent. */
  readonly port?: number;
  /** Address of a PostgreSQL that is there already, migrated and seeded like an own one. */
  readonly database?: string;
  /** Address of a Redis or Valkey that is there already. */
  readonly redis?: string;
  /** More variables of the app's. */
  readonly env?: Readonly<Record<string, string>>;
  readonly say?: (text: string) => void;
  /** Gives up between two steps; what is there already ends. */
  readonly signal?: AbortSignal;
}

export interface RunningApp {
  readonly url: string;
  /** Which it says in its health. */
  readonly commit: string;
  /** Marked as one that checks use; it may see all pages. */
  readonly account: { readonly email: string; readonly password: string };
  readonly database: Service;
  readonly redis: Service;
  /** Of whoever calls the app's jobs. */
  readonly cronSecret: string;
  /** What it has logged, a line each. */
  readonly log: readonly string[];
  stopDatabase(): Promise<void>;
  stopRedis(): Promise<void>;
  stop(): Promise<void>;
}

const secret = () => randomBytes(24).toString("base64url");

export async function startApp(options: AppOptions = {}): Promise<RunningApp> {
  const { say = () => undefined, signal } = options;
  await install(appFolder, say);
  signal?.throwIfAborted();
  await build(say);
  const running: { stop(): Promise<void> }[] = [];
  const stop = async () => {
    for (const each of running.splice(0).toReversed()) await each.stop();
  };
  try {
    const database = await databaseFor(options, say);
    running.push(database);
    signal?.throwIfAborted();
    const redis = options.redis === undefined ? await startRedis() : given("Redis", options.redis);
    running.push(redis);
    const account = { email: "checks@example.com", password: secret() };
    const commit = headCommit();
    const cronSecret = secret();
    const env = {
      ...process.env,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      APP_COMMIT: commit,
      DATABASE_URL: database.url,
      REDIS_URL: redis.url,
      SESSION_SECRET: secret() + secret(),
      CRON_SECRET: cronSecret,
      // `verify` sends three hundred requests of each class from one address, and may do so again at once.
      API_LIMIT_PER_MINUTE: "10000",
      ...options.env,
    };
    const seeding = { TEST_ACCOUNT_EMAIL: account.email, TEST_ACCOUNT_PASSWORD: account.password };
    for (const script of [["db/migrate.ts", "up"], ["db/seed.ts"]]) {
      await runToEnd(process.execPath, script, { cwd: appFolder, env: { ...env, ...seeding } });
      signal?.throwIfAborted();
    }
    const log: string[] = [];
    // Not before it is needed: another process may be given a port that is free.
    const port = options.port ?? (await freePort());
    const url = `http://localhost:${port}`;
    const server = serve(port, { ...env, APP_URL: options.env?.["APP_URL"] ?? url }, log);
    running.push({ stop: () => end(server, "SIGTERM") });
    await until(() => answers(`${url}/api/health`), server, 60).catch((error: unknown) => {
      throw new Error(`the app does not come up:\n${log.slice(-20).join("\n")}`, { cause: error });
    });
    return {
      url,
      commit,
      account,
      database,
      redis,
      cronSecret,
      log,
      stopDatabase: () => database.stop(),
      stopRedis: () => redis.stop(),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function databaseFor({ database }: AppOptions, say: (text: string) => void): Promise<Service> {
  if (database !== undefined) return given("PostgreSQL", database);
  const machine = machinePostgres();
  return startPostgres(machine ?? (await embeddedPostgres(say)));
}

/** Somebody else's: it goes on when we end. */
const given = (name: string, url: string): Service => ({ name, url, stop: async () => undefined });

function serve(port: number, env: NodeJS.ProcessEnv, log: string[]): ChildProcess {
  const server = spawn(process.execPath, [nextProgram, "start", "-p", String(port), "-H", "127.0.0.1"], {
    cwd: appFolder,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [server.stdout, server.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      log.push(...text.split("\n").filter(Boolean));
    });
  }
  return server;
}

async function answers(url: string): Promise<boolean> {
  try {
    const { status } = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    return status === 200;
  } catch {
    return false;
  }
}

function headCommit(): string {
  try {
    return execFileSync("git", ["rev-parse", "HEAD"], {
      cwd: join(import.meta.dirname, "../.."),
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return "unknown";
  }
}

async function main(): Promise<void> {
  const { DATABASE_URL: database, REDIS_URL: redis, PORT: port = "3000" } = process.env;
  const say = (text: string) => console.error(text);
  const ended = new AbortController();
  // Before anything is started: whoever gives up early leaves nothing behind either.
  for (const name of ["SIGINT", "SIGTERM"] as const)
    process.once(name, () => ended.abort(new Error("ended")));
  const app = await startApp({
    port: Number(port),
    signal: ended.signal,
    ...(database !== undefined && { database }),
    ...(redis !== undefined && { redis }),
    say,
  });
  console.log(`The app runs at ${app.url}, with ${app.database.name} and ${app.redis.name}; Ctrl-C ends it.
Log in as ${app.account.email} with ${app.account.password}
Next: VERIFY_USER=${app.account.email} VERIFY_PASSWORD=${app.account.password} npm run verify -- --url ${app.url}`);
  if (!ended.signal.aborted) await once(ended.signal, "abort");
  await app.stop();
}

if (import.meta.main) {
  await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
