/** A PostgreSQL server for a while: in a folder that nobody else can enter, without a network, gone when it is done. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Client } from "pg";
import { clean } from "../terminal/layout.ts";
import type { Binaries } from "./binaries.ts";

/** Whom a server runs as: PostgreSQL refuses root. */
export interface Owner {
  readonly uid?: number;
  readonly gid?: number;
}

/** Where a dump can be restored to. */
export interface Place {
  connect(database: string): Promise<Client>;
  /** Runs a client program beside the server; it ends with it. */
  run(program: string, args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ran>;
}

export interface Scratch extends Place {
  readonly folder: string;
  /** Folder of the socket: the host, for clients. */
  readonly host: string;
  readonly user: string;
  readonly owner: Owner;
  readonly binaries: Binaries;
  /** The server's last words. */
  log(): string;
}

export interface Ran {
  readonly status: number;
  /** What it said of errors, without what they quote. */
  readonly errors: readonly string[];
}

export interface Cluster {
  /** A superuser of it. */
  readonly user: string;
  /** Files of the cluster into `data`; a new one where absent. */
  readonly fill?: (data: string) => Promise<void>;
  readonly settings?: Readonly<Record<string, string>>;
  /** Until it takes connections. */
  readonly patienceMs?: number;
}

/** What went wrong with the server itself. */
export class ServerFailed extends Error {
  override readonly name = "ServerFailed";
}

/** Does work with a server; whatever happens, nothing of it is left. */
export async function withScratch<T>(
  binaries: Binaries,
  cluster: Cluster,
  work: (scratch: Scratch) => Promise<T>,
): Promise<T> {
  const owner = ownerHere();
  const folder = mkdtempSync(join(roomFor(owner), "readiness-drill-"));
  const children = new Set<ChildProcess>();
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  // Ctrl-C ends the process: first what it started, and what that wrote.
  const interrupted = (signal: NodeJS.Signals) => {
    void stop(children).finally(() => {
      remove();
      process.off("SIGINT", interrupted).off("SIGTERM", interrupted);
      process.kill(process.pid, signal);
    });
  };
  process.on("SIGINT", interrupted).on("SIGTERM", interrupted);
  try {
    hand(folder, owner);
    const data = join(folder, "data");
    await (cluster.fill ?? created(binaries, cluster.user, owner, children))(data);
    const scratch = await serve(binaries, cluster, { folder, data, owner, children });
    return await work(scratch);
  } finally {
    await stop(children);
    remove();
    process.off("SIGINT", interrupted).off("SIGTERM", interrupted);
  }
}

/** PostgreSQL's own user where there is one, or nobody. */
export function ownerHere(): Owner {
  if (process.getuid?.() !== 0) return {};
  for (const name of ["postgres", "nobody"]) {
    try {
      const [uid, gid] = ["-u", "-g"].map((of) =>
        Number(execFileSync("id", [of, name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] })),
      );
      if (uid && gid) return { uid, gid };
    } catch {
      // The next one.
    }
  }
  throw new ServerFailed("PostgreSQL does not run as root, and there is no user postgres or nobody");
}

/** A folder for what is there for a while, which the server's user can get to. */
function roomFor({ uid }: Owner): string {
  const folders = [...new Set([realpathSync(tmpdir()), "/tmp", "/var/tmp"])];
  const open = (path: string): boolean =>
    (statSync(path).mode & 0o001) !== 0 && (path === "/" || open(dirname(path)));
  const found = uid === undefined ? folders[0] : folders.find((path) => existsSync(path) && open(path));
  if (found !== undefined) return found;
  throw new ServerFailed(
    `nobody but root can get to ${folders.join(", ")}, and PostgreSQL does not run as root`,
  );
}

export function hand(path: string, { uid, gid }: Owner): void {
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
}

function created({ folder }: Binaries, user: string, owner: Owner, children: Set<ChildProcess>) {
  return async (data: string): Promise<void> => {
    const args = [
      "-D",
      data,
      "-U",
      user,
      "-A",
      "trust",
      "-E",
      "UTF8",
      "--locale=C",
      "--no-sync",
      "--no-instructions",
    ];
    const child = spawn(join(folder, "initdb"), args, { ...owner, stdio: ["ignore", "ignore", "pipe"] });
    children.add(child);
    let said = "";
    child.stderr?.on("data", (chunk) => {
      said += chunk;
    });
    const [status] = await once(child, "close");
    children.delete(child);
    if (status !== 0) throw new ServerFailed(`initdb ended with ${status}: ${clean(said).slice(-300)}`);
  };
}

interface Room {
  readonly folder: string;
  readonly data: string;
  readonly owner: Owner;
  readonly children: Set<ChildProcess>;
}

async function serve(
  binaries: Binaries,
  cluster: Cluster,
  { folder, data, owner, children }: Room,
): Promise<Scratch> {
  const { user, settings = {}, patienceMs = 60_000 } = cluster;
  const host = join(folder, "socket");
  mkdirSync(host, { mode: 0o700 });
  hand(host, owner);
  chmodSync(data, 0o700);
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    hand(join(folder, name), owner);
    return join(folder, name);
  };
  const all: Readonly<Record<string, string>> = {
    hba_file: file("hba.conf", "local all all trust\nlocal replication all trust\n"),
    ident_file: file("ident.conf", ""),
    unix_socket_directories: host,
    listen_addresses: "",
    port: "5432",
    // It lives for minutes, and on nothing that matters.
    fsync: "off",
    full_page_writes: "off",
    max_wal_size: "4GB",
    logging_collector: "off",
    log_destination: "stderr",
    archive_mode: "off",
    shared_preload_libraries: "",
    ssl: "off",
    ...settings,
  };
  const config = file(
    "postgresql.conf",
    Object.entries(all)
      .map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'\n`)
      .join(""),
  );
  const log = join(folder, "server.log");
  const output = openSync(log, "w");
  const child = spawn(join(binaries.folder, "postgres"), ["-D", data, "-c", `config_file=${config}`], {
    ...owner,
    stdio: ["ignore", output, output],
  });
  closeSync(output);
  children.add(child);
  child.once("error", () => {});
  const said = () => lastWords(readFileSync(log, "utf8"));
  const connect = async (database: string) => {
    const client = new Client({ host, port: 5432, user, database });
    client.on("error", () => {});
    await client.connect();
    return client;
  };
  const deadline = performance.now() + patienceMs;
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new ServerFailed(`the server ended: ${said()}`);
    try {
      const client = await connect("postgres");
      const { rows } = await client.query("SELECT pg_is_in_recovery() AS recovering");
      await client.end();
      if (rows[0].recovering === false) break;
    } catch (error) {
      if (Object(error).code === "28000") throw new ServerFailed(`${user} is no role that can log in there`);
    }
    if (performance.now() > deadline)
      throw new ServerFailed(`the server does not answer after ${patienceMs / 1000} s: ${said()}`);
    await wait(50);
  }
  const run = (program: string, args: readonly string[], env = {}) =>
    ran(
      join(binaries.folder, program),
      args,
      { PGHOST: host, PGPORT: "5432", PGUSER: user, ...env },
      children,
    );
  return { folder, host, user, owner, binaries, connect, run, log: said };
}

/** What the user's own PG* variables say is of another server. */
export async function ran(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  children: Set<ChildProcess> = new Set(),
): Promise<Ran> {
  const own = { PATH: process.env["PATH"], LC_ALL: "C", PGAPPNAME: "readiness restore-drill", ...env };
  const child = spawn(program, args, { env: own, stdio: ["ignore", "ignore", "pipe"] });
  children.add(child);
  let said = "";
  child.stderr?.on("data", (chunk) => {
    if (said.length < 1 << 20) said += chunk;
  });
  const [status] = await once(child, "close");
  children.delete(child);
  return { status: status ?? 1, errors: errorsIn(said) };
}

/** Messages alone: statements and rows that stand beside them may be anybody's secrets. */
function errorsIn(said: string): readonly string[] {
  const lines = said.split("\n").filter((line) => /\b(error|fatal):/i.test(line));
  const messages = lines.map((line) =>
    clean(line.replace(/^.*?\b(?:error|fatal):\s*/i, "").replace(/^.*?\bERROR:\s*/, ""))
      .replace(/^(invalid input syntax for [^:]*):.*/, "$1")
      .slice(0, 200),
  );
  return [...new Set(messages)].slice(0, 20);
}

/** Why it ended, where it says so. */
function lastWords(log: string): string {
  const fatal = [...log.matchAll(/(?:FATAL|PANIC):\s*(.*)/g)].map(([, words = ""]) => words);
  return clean(fatal.length > 0 ? fatal.slice(-3).join("; ") : log.slice(-400)).slice(-400);
}

/** Fast, and then at once. */
async function stop(children: ReadonlySet<ChildProcess>): Promise<void> {
  await Promise.all(
    [...children].map(async (child) => {
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
      const closed = once(child, "exit");
      child.kill("SIGINT");
      const late = setTimeout(() => child.kill("SIGQUIT"), 10_000);
      await closed;
      clearTimeout(late);
    }),
  );
}
