/** Carries out a command of this command line, in a process of its own, as if the user had typed it. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { passOnSignals, statusOf } from "../../terminal/child.ts";
import { keptIn } from "../../terminal/kept.ts";
import { type Owner, ownerOf } from "../../terminal/owner.ts";

export interface Started {
  readonly process: Owner;
  /** Its exit status. */
  readonly ended: Promise<number>;
}

/** @param keep file that takes what it says, besides the terminal; nothing where it may ask something there */
export type Execute = (args: readonly string[], keep: string | undefined) => Started;

const cli = join(import.meta.dirname, "../../cli.mjs");

export const execute: Execute = (args, keep) => {
  const child = spawn(process.execPath, [...process.execArgv, cli, ...args], {
    stdio: ["inherit", keep === undefined ? "inherit" : "pipe", "inherit"],
  });
  passOnSignals(child, process.stdin.isTTY === true);
  const kept = keep === undefined ? undefined : keptIn(keep, child.stdout);
  const ended = statusOf(child).then(async (status) => {
    await kept;
    return status;
  });
  return { process: ownerOf(child.pid ?? 0), ended };
};
