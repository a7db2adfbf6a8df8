/** Runs the real Pulumi CLI as if the user had: its streams, its exit status, its way of being cancelled. */
import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { delimiter, dirname } from "node:path";
import { text } from "node:stream/consumers";
import { passOnSignals, statusOf } from "../terminal/child.ts";
import { findCli } from "./find-cli.ts";

/** Environment variables on top of this process's own. */
type Env = Readonly<Record<string, string>>;

/** Turns on `--event-log <file>`, which the CLI keeps with its debugging commands; the Automation API does so too. */
export const eventLog: Env = { PULUMI_DEBUG_COMMANDS: "true" };

/**
 * Runs a Pulumi command with this process's streams.
 * @returns its exit status; 128 and the signal's number where a signal ended it
 */
export async function runPulumi(args: readonly string[], env: Env = {}): Promise<number> {
  return statusOf(await start(args, env, "inherit"));
}

/** Runs a Pulumi command and reads what it prints; its errors go to standard error. */
export async function readPulumi(
  args: readonly string[],
): Promise<{ readonly status: number; readonly output: string }> {
  const child = await start(args, {}, "pipe");
  const [status, output] = await Promise.all([statusOf(child), child.stdout ? text(child.stdout) : ""]);
  return { status, output };
}

async function start(args: readonly string[], env: Env, stdout: "inherit" | "pipe"): Promise<ChildProcess> {
  const cli = await findCli();
  // Ctrl-C on a terminal reaches every process of the group. Anywhere else the CLI gets a group of its own, so that
  // it hears of a signal once, from here: a second one makes it drop what it is doing.
  const onTerminal = process.stdin.isTTY === true;
  const options: SpawnOptions = {
    stdio: ["inherit", stdout, "inherit"],
    // The language host stands beside the CLI.
    env: { ...process.env, PATH: [dirname(cli), process.env["PATH"]].join(delimiter), ...env },
    detached: !onTerminal,
  };
  const child = spawn(cli, args, options);
  passOnSignals(child, onTerminal);
  return child;
}
