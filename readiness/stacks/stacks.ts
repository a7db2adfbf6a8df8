/** `check` of many stacks: a row for each, and the exit status of them all. */
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import type { Purpose } from "../../model/checklist/checklist.ts";
import type { Mode } from "../../policies/existing.ts";
import { readProject } from "../engine/project.ts";
import { UsageError } from "../errors.ts";
import { reviewedRows } from "../inputs/reviewed-file.ts";
import { assertOutput, gathered, writeWhole } from "../terminal/out-file.ts";
import { pageOf } from "../terminal/page.ts";
import { clearProgress, showProgress } from "../terminal/progress.ts";
import { folderStore } from "./folder.ts";
import { isTableFormat, renderTable, tableFormats } from "./formats.ts";
import type { Circumstances } from "./judge.ts";
import { backendStates, bookkeeping, exportedStates, type StateFile } from "./layout.ts";
import { locksOf } from "./locks.ts";
import { placeOf } from "./place.ts";
import { type Row, unjudged } from "./row.ts";
import { type Store, StoreError } from "./store.ts";
import { Gathering, statusOf } from "./table.ts";
import { JudgingError, Workers } from "./workers.ts";

/** What `check` was told. */
export interface StacksOptions {
  /** A folder of states. */
  readonly state: readonly string[];
  readonly backend: string | undefined;
  /** Stacks of these names alone; every stack where there is none. */
  readonly stack: readonly string[];
  /** A change where nothing is said: nobody has handed in any other proof of a stack somewhere. */
  readonly purpose: Purpose | undefined;
  readonly outputs: readonly { readonly format: string; readonly out: string | undefined }[];
  /** The text report leaves out what is GO. */
  readonly quiet: boolean;
  readonly since?: string;
  readonly conditional: boolean;
  /** `existing` asks of this project's stacks, too, only that what exists is right. */
  readonly judge?: Mode;
}

/** A state of 300 resources takes a fraction of a second and 100 MB. */
const limits = { seconds: 120, megabytes: 2048 };
const mostThreads = 8;
/** States that are read while others are judged. */
const readAhead = 2;

/**
 * @param projectDir folder of the project whose stack files and reviews count for its own stacks, if it is one
 * @returns 1 where a stack is NO-GO, else 3 where one could not be told, else 0
 * @throws UsageError, StoreError where the states cannot be found
 */
export async function stacks(options: StacksOptions, projectDir: string): Promise<number> {
  const { quiet, purpose = "change", judge } = options;
  if (options.since !== undefined) throw new UsageError("--since is of one stack, and these are many");
  if (options.state.length > 1) {
    throw new UsageError(
      "--state of a folder is a table of its stacks: give it alone, or files to judge together",
    );
  }
  if (options.conditional) throw new UsageError("--conditional is of waivers, which a state does not have");
  const outputs = options.outputs.map(({ format, out }) => {
    if (out !== undefined) assertOutput(out);
    if (isTableFormat(format)) return { format, out };
    const known = tableFormats.join(", ");
    throw new UsageError(`--format ${format} is of one stack: a table of many comes as ${known}`);
  });
  const now = Date.now();
  const { store, files } = await found(options);
  const circumstances = {
    purpose,
    now,
    own: judge === "existing" ? undefined : await projectIn(projectDir),
  };
  const gathering = new Gathering();
  await judgeEach(store, files, circumstances, (row) => {
    const wanted = options.stack.length === 0 || row.stack === null || options.stack.includes(row.stack);
    if (wanted) gathering.add(row);
  });
  if (gathering.size === 0) {
    throw new UsageError(`${store.name} has no state of the stack ${options.stack.join(" or ")}`);
  }
  const table = gathering.table(store.name, now);
  for (const { format, out } of outputs) {
    const page = pageOf(out === undefined ? process.stdout : undefined);
    const pieces = await renderTable(format, table, { page, quiet, purpose });
    if (out !== undefined) writeWhole(out, pieces);
    else for (const piece of gathered(pieces)) process.stdout.write(piece);
  }
  return statusOf(table);
}

/** Where the states lie, and which files they are. */
async function found({ state, backend, stack }: StacksOptions) {
  const { store, list } = await (backend === undefined ? folderOf(state[0] ?? ".") : backendOf(backend));
  const files = await list(store);
  if (files.length === 0) throw new UsageError(`${store.name} has no states, must have *.json of Pulumi's`);
  return {
    store,
    files: files.filter((f) => stack.length === 0 || stack.includes(f.stack ?? "") || !f.stack),
  };
}

interface Opened {
  readonly store: Store;
  readonly list: (store: Store) => Promise<readonly StateFile[]>;
}

async function backendOf(address: string): Promise<Opened> {
  const place = placeOf(address);
  if (place.kind === "folder") {
    return { store: await folderStore(place.dir, address), list: backendStates };
  }
  const { s3Store } = await import("./s3.ts");
  return { store: await s3Store(place), list: backendStates };
}

/** A backend's folder is one by what is in it. */
async function folderOf(given: string): Promise<Opened> {
  const whole = resolve(given);
  const dir = basename(whole) === bookkeeping ? dirname(whole) : whole;
  const list = existsSync(join(dir, bookkeeping, "stacks")) ? backendStates : exportedStates;
  return { store: await folderStore(dir, given), list };
}

async function projectIn(dir: string): Promise<Circumstances["own"]> {
  if (!existsSync(join(dir, "Pulumi.yaml"))) return undefined;
  const { name: project } = await readProject(dir);
  return { project, dir, reviewed: reviewedRows(dir) };
}

/** Holds no more of the states than are being read and judged. */
async function judgeEach(
  store: Store,
  files: readonly StateFile[],
  circumstances: Circumstances,
  take: (row: Row) => void,
): Promise<void> {
  const threads = Math.min(availableParallelism(), mostThreads, files.length);
  const workers = new Workers(circumstances, limits, threads);
  const waiting = files.values();
  let done = 0;
  const work = async () => {
    for (const file of waiting) {
      take(await rowOf(store, file, workers));
      done += 1;
      showProgress(`Judged ${done} of ${files.length} stacks in ${store.name}`);
    }
  };
  try {
    await Promise.all(Array.from({ length: threads + readAhead }, work));
  } finally {
    clearProgress();
    await workers.end();
  }
}

/** What cannot be read or judged is a row as well. */
async function rowOf(store: Store, file: StateFile, workers: Workers): Promise<Row> {
  if (file.problem !== undefined) return unjudged(file, file.problem);
  try {
    const locks = await locksOf(store, file.locks);
    const bytes = await store.read(file.key);
    if (bytes === undefined) return unjudged(file, "it is there no more", locks);
    const { key, project, stack } = file;
    return await workers.judge({ key, project, stack, locks, bytes });
  } catch (error) {
    if (error instanceof StoreError || error instanceof JudgingError) return unjudged(file, error.message);
    throw error;
  }
}
