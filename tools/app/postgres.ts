/** A PostgreSQL of our own: the machine's, or where there is none the one that comes as an npm package. */
import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, chownSync, cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { end, findProgram, freePort, runToEnd, type Service, unprivileged, until } from "./child.ts";

const installed = [
  "/usr/lib/postgresql/*/bin",
  "/usr/local/opt/postgresql*/bin",
  "/opt/homebrew/opt/postgresql*/bin",
];

/**
 * Starts an empty database in a folder that goes when it ends.
 * @param given a folder with `initdb` and `postgres`; the machine's where absent
 */
export async function startPostgres(given = machinePostgres()): Promise<Service> {
  if (given === undefined) throw new Error("there is no PostgreSQL on PATH");
  const owner = unprivileged();
  const folder = mkdtempSync(join(tmpdir(), "portal-postgres-"));
  const password = randomBytes(18).toString("base64url");
  const secret = join(folder, "password");
  writeFileSync(secret, password, { mode: 0o600 });
  for (const path of owner ? [folder, secret] : []) chownSync(path, owner?.uid ?? 0, owner?.gid ?? 0);
  chmodSync(folder, 0o700);
  const binaries = reachable(given, folder, owner);
  const data = join(folder, "data");
  const as = { ...owner, cwd: folder, env: { ...process.env, LC_ALL: "C", HOME: folder } };
  const ours = ["-U", "portal", "--auth=scram-sha-256", `--pwfile=${secret}`, "--encoding=UTF8", "--no-sync"];
  await runToEnd(join(binaries, "initdb"), ["-D", data, ...ours], as);
  const port = await freePort();
  // Nothing of it outlives the process, so nothing has to reach the disk.
  const settings = [
    `port=${port}`,
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "timezone=UTC",
  ];
  const server = spawn(join(binaries, "postgres"), ["-D", data, ...settings.flatMap((s) => ["-c", s])], {
    ...as,
    stdio: "ignore",
  });
  const stop = async () => {
    // Without waiting for who is connected.
    await end(server, "SIGQUIT");
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await until(() => answers(port), server, 30);
  } catch (error) {
    await stop();
    throw error;
  }
  return { name: versionOf(binaries), url: `postgres://portal:${password}@127.0.0.1:${port}/postgres`, stop };
}

/** The folder with the machine's binaries. */
export function machinePostgres(): string | undefined {
  // `initdb` is often beside `postgres` alone, and not on PATH.
  const found = findProgram(["initdb"], installed);
  return found && dirname(found);
}

/** Root's home is closed to others: PostgreSQL from there is copied to where its owner can run it. */
function reachable(binaries: string, folder: string, owner: ReturnType<typeof unprivileged>): string {
  const { status } = spawnSync(join(binaries, "postgres"), ["--version"], { ...owner, cwd: folder });
  if (status === 0) return binaries;
  const copy = join(folder, "software");
  cpSync(dirname(binaries), copy, { recursive: true, verbatimSymlinks: true });
  return join(copy, "bin");
}

function versionOf(binaries: string): string {
  const { stdout } = spawnSync(join(binaries, "postgres"), ["--version"], { encoding: "utf8" });
  const [, version = ""] = /\) (\d+(?:\.\d+)?)/.exec(stdout ?? "") ?? [];
  return `PostgreSQL ${version}`.trim();
}

/** Whether it takes a connection as a client opens one: a start-up packet, answered by a question for the password. */
function answers(port: number): Promise<boolean> {
  const parameters = Buffer.from("user\0portal\0database\0postgres\0\0");
  const head = Buffer.alloc(8);
  head.writeInt32BE(parameters.length + 8, 0);
  head.writeInt32BE(196_608, 4);
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(Buffer.concat([head, parameters])));
    const done = (is: boolean) => {
      socket.destroy();
      resolve(is);
    };
    socket.once("data", (data) => done(String.fromCharCode(data[0] ?? 0) === "R"));
    socket.once("error", () => done(false));
    socket.once("close", () => done(false));
  });
}
