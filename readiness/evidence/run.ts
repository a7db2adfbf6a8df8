/** `evidence run`: carries a command out, and hands in how it ended and what it wrote. */
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { resolve } from "node:path";
import { StringDecoder } from "node:string_decoder";
import { UsageError } from "../errors.ts";
import { type CommandRecord, command as commandFormat } from "../proofs/evidence/formats/command.ts";
import { styled } from "../terminal/guard.ts";
import { bytesOf, nameIn } from "./collect.ts";
import { type Clock, defaults, type HandedIn, handIn } from "./hand-in.ts";
import { formatNamed, type RunOptions } from "./options.ts";
import { workingCopy, writtenAt } from "./working-copy.ts";

/** What is kept of a log: its end, where the reason stands. */
const logBytes = 1024 * 1024;

/**
 * @returns 0 where the command and what it wrote prove their part of the item, 1 where they do not
 * @throws UsageError where nothing can be said of it, such as of a working copy that has changed
 */
export async function runAndCollect(
  options: RunOptions,
  projectDir: string,
  clock: Clock = () => new Date(),
): Promise<number> {
  const { command, format: name, file } = options;
  const format = name === undefined ? undefined : formatNamed(name);
  if (!format && file.length > 0) throw new UsageError("--file needs --format, which says what it is");
  const from = resolve(projectDir, options.source ?? defaults.source);
  const files = file.map((path) => resolve(from, path));
  const aside = [...files, resolve(projectDir, options.out ?? defaults.out)];
  const before = await workingCopy(from, options.since, aside);

  const started = clock();
  const { exitCode, output, log } = await carryOut(command, from);
  const finished = clock();
  const after = await workingCopy(from, options.since, aside);
  if (after.commit !== before.commit) {
    throw new UsageError(`the command checked out ${after.commit}: evidence is of one commit, run it again`);
  }

  const record: CommandRecord = {
    format: "command-1.0",
    command: command.map(quoted).join(" "),
    exitCode,
    startedAt: started.toISOString(),
    finishedAt: finished.toISOString(),
    commit: after.commit,
  };
  const recordFile = { path: "command.json", bytes: Buffer.from(`${JSON.stringify(record, null, 2)}\n`) };
  const logFiles = log.length > 0 ? [{ path: "command.log", bytes: log }] : [];
  const outputs: HandedIn[] = [
    { format: commandFormat, files: [recordFile, ...logFiles], exitCode, shard: null },
  ];
  if (format && files.length === 0) {
    outputs.push({ format, files: [{ path: "stdout", bytes: output }], exitCode, shard: null });
  }
  for (const [i, path] of files.entries()) {
    const written = await writtenAt(path);
    // A second is what some file systems count in.
    if (written && written.getTime() < started.getTime() - 1000) {
      throw new UsageError(`${file[i]} was not written by this run: it is of ${written.toISOString()}`);
    }
    const bytes = await bytesOf(path, file[i] ?? path);
    outputs.push({
      format: formatNamed(name ?? ""),
      files: [{ path: nameIn(from, path), bytes }],
      exitCode,
      shard: null,
    });
  }
  return handIn(options, outputs, after, projectDir, clock);
}

interface Ended {
  readonly exitCode: number;
  /** Standard output. */
  readonly output: Buffer;
  /** The end of what it printed, as it came. */
  readonly log: Buffer;
}

/** Prints what the command prints; standard output included, since that is the user's to see. */
function carryOut([file = "", ...args]: readonly string[], cwd: string): Promise<Ended> {
  const output: Buffer[] = [];
  const log: Buffer[] = [];
  // A character may come in two pieces.
  const said = { stdout: new StringDecoder(), stderr: new StringDecoder() };
  return new Promise((done, fail) => {
    const child = spawn(file, args, { cwd, stdio: ["inherit", "pipe", "pipe"] });
    child.stdout.on("data", (chunk: Buffer) => {
      output.push(chunk);
      log.push(chunk);
      process.stdout.write(styled(said.stdout.write(chunk)));
    });
    child.stderr.on("data", (chunk: Buffer) => {
      log.push(chunk);
      process.stderr.write(styled(said.stderr.write(chunk)));
    });
    child.on("error", (error) => fail(new UsageError(`${file} cannot be started: ${error.message}`)));
    child.on("close", (code, signal) => {
      const exitCode = code ?? 128 + (signal ? constants.signals[signal] : 0);
      done({ exitCode, output: Buffer.concat(output), log: Buffer.concat(log).subarray(-logBytes) });
    });
  });
}

/** As a shell would take it. */
function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}
