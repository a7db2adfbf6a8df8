/** `evidence collect`: hands in files that are there. */
import { readFile } from "node:fs/promises";
import { basename, relative, resolve } from "node:path";
import { UsageError } from "../errors.ts";
import { within } from "../inputs/within.ts";
import { recordFormats } from "../proofs/evidence/formats/record-formats.ts";
import type { Format, Shard } from "../proofs/evidence/reading.ts";
import { type Clock, defaults, type HandedIn, handIn } from "./hand-in.ts";
import { type CollectOptions, forEachFile, formatNamed } from "./options.ts";
import { type WorkingCopy, workingCopy, writtenAt } from "./working-copy.ts";

/**
 * @returns 0 where the files prove their part of the item, 1 where they do not
 * @throws UsageError for files, or a working copy, of which nothing can be said
 */
export async function collect(
  options: CollectOptions,
  projectDir: string,
  clock: Clock = () => new Date(),
): Promise<number> {
  const { files, format: names, exitCode, shard } = options;
  if (names.length === 0)
    throw new UsageError("--format is missing, must be what the files are, such as vitest-json");
  const formats = forEachFile("--format", names.map(formatNamed), files);
  const codes = forEachFile("--exit-code", exitCode, files);
  const shards = forEachFile("--shard", shard.map(parseShard), files);
  const from = resolve(projectDir, options.source ?? defaults.source);
  const paths = files.map((file) => resolve(projectDir, file));
  const copy = await workingCopy(from, options.since, [
    ...paths,
    resolve(projectDir, options.out ?? defaults.out),
  ]);
  const outputs = await Promise.all(
    paths.map(async (path, i): Promise<HandedIn> => {
      const format = formats[i] as Format;
      const bytes = await bytesOf(path, files[i] ?? path);
      await assertNew(path, format, copy);
      const [code, part] = [codes[i] ?? null, shards[i] ?? null];
      return { format, files: [{ path: nameIn(from, path), bytes }], exitCode: code, shard: part };
    }),
  );
  return handIn(options, outputs, copy, projectDir, clock);
}

export async function bytesOf(path: string, given: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new UsageError(
      `${given} cannot be read (${Object(error).code ?? error}): give the file that the tool wrote`,
    );
  }
}

/** How a file is called in a statement; of one from elsewhere its name alone. */
export function nameIn(folder: string, path: string): string {
  return within(folder, path) && path !== folder ? relative(folder, path) : basename(path);
}

/** A tool that fails leaves the file of its last run where it was. People write records when they like. */
async function assertNew(path: string, format: Format, { committed }: WorkingCopy): Promise<void> {
  if (recordFormats.includes(format)) return;
  const written = await writtenAt(path);
  if (written === undefined || written.getTime() >= committed.getTime()) return;
  throw new UsageError(
    `${path} was written at ${written.toISOString()}, before the commit itself: run ${format.name}'s tool again`,
  );
}

/** @throws UsageError */
function parseShard(text: string): Shard {
  const [, index, total] = /^([1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(text) ?? [];
  const shard = { index: Number(index), total: Number(total) };
  if (index !== undefined && shard.index <= shard.total) return shard;
  throw new UsageError(`--shard ${text}: must be a part of a whole such as 1/3`);
}
