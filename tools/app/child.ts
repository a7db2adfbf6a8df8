/** Processes that are started here, and end with us. */
import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from "node:child_process";
import { accessSync, constants, globSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { delimiter, join } from "node:path";

export interface Service {
  /** Such as `PostgreSQL 15`. */
  readonly name: string;
  readonly url: string;
  /** Ends it at once; what it held is gone. Twice is as good as once. */
  stop(): Promise<void>;
}

/** The first of these names that can be run, on PATH or in folders that a pattern names. */
export function findProgram(names: readonly string[], patterns: readonly string[] = []): string | undefined {
  const folders = [
    ...(process.env["PATH"] ?? "").split(delimiter),
    // The newest version first.
    ...patterns.flatMap((pattern) => globSync(pattern).sort(byNumber).toReversed()),
  ];
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isRunnable);
}

const byNumber = (a: string, b: string) => a.localeCompare(b, "en", { numeric: true });

function isRunnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A port of this machine that nobody has yet. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/**
 * Runs a program to its end.
 * @throws Error with what it said, where it fails
 */
export function runToEnd(
  program: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<void> {
  const child = spawn(program, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (text) => said.push(String(text)));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) return resolve();
      reject(
        new Error(`${program} ${args[0] ?? ""} ends with ${code}:\n${said.join("").trim().slice(-4_000)}`),
      );
    });
  });
}

/** Asks until something is there; ends early where the process has ended. */
export async function until(
  ready: () => Promise<boolean>,
  child: ChildProcess,
  seconds: number,
): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await ready())) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`${child.spawnfile} has ended with ${child.exitCode ?? child.signalCode}`);
    }
    if (Date.now() > deadline) throw new Error(`${child.spawnfile} is not there after ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Ends a process by a signal, and by force where it takes longer than that. */
export async function end(child: ChildProcess, signal: NodeJS.Signals, seconds = 10): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("close", resolve));
  child.kill(signal);
  const force = setTimeout(() => child.kill("SIGKILL"), seconds * 1000);
  await ended;
  clearTimeout(force);
}

/** Who runs PostgreSQL, which refuses root. */
export function unprivileged(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (flag: string) => {
    const { status, stdout } = spawnSync("id", [flag, "postgres"], { encoding: "utf8" });
    return status === 0 ? Number(stdout) : 65_534;
  };
  return { uid: idOf("-u"), gid: idOf("-g") };
}
