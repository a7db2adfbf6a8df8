/** The statements of a service as they lie in `<directory>/<service>/<commit>/`, beside their raw files. */
import { join } from "node:path";
import { listInside, readInside } from "./inside.ts";
import type { Unreadable } from "./reading.ts";
import { commitOf, parseFileName, readStatement, type Statement } from "./statement.ts";

export const rawFolder = "raw";
export const signatureEnding = ".sig";
export const bundleEnding = ".sigstore.json";

/** One file that says it is a statement. */
export interface Filed {
  /** Names of the folders from the evidence's own to the file's: service and commit. */
  readonly folder: readonly [service: string, commit: string];
  readonly name: string;
  /** By its name, and where that tells nothing by its content; undefined where neither does. */
  readonly item: string | undefined;
  /** Milliseconds; what is newest decides. */
  readonly at: number;
  /** When it was written, as its name says. */
  readonly written: Date | undefined;
  readonly bytes: Uint8Array;
  readonly content: Statement | Unreadable;
}

/** A statement that can be read, and is where it says it belongs. */
export type ReadableFile = Filed & { readonly content: Statement };

export function isReadable(filed: Filed): filed is ReadableFile {
  return !("problem" in filed.content);
}

/** Every statement of a service, whatever it is worth; a folder that cannot be read is a problem, never empty. */
export async function statementsOf(
  directory: string,
  service: string,
): Promise<{ readonly files: readonly Filed[] } | Unreadable> {
  const commits = await listInside(directory, [service]);
  if ("problem" in commits) return commits;
  const files: Filed[] = [];
  for (const commit of commits.entries) {
    if (commit.startsWith(".")) continue;
    const names = await listInside(directory, [service, commit]);
    if ("problem" in names) return names;
    for (const name of names.entries) {
      if (name.startsWith(".") || name === rawFolder || isSignature(name)) continue;
      const read = await readInside(directory, [service, commit, name]);
      if (read) files.push(file([service, commit], name, read));
    }
  }
  return { files };
}

/** Where it is, from the evidence's folder on. */
export function pathOf({ folder, name }: Pick<Filed, "folder" | "name">): string {
  return join(...folder, name);
}

function isSignature(name: string): boolean {
  return name.endsWith(signatureEnding) || name.endsWith(bundleEnding);
}

function file(
  folder: Filed["folder"],
  name: string,
  read: { readonly bytes: Uint8Array } | Unreadable,
): Filed {
  const said = parseFileName(name);
  const written = said && new Date(said.written);
  const base = { folder, name, written };
  const empty = new Uint8Array();
  const since = written?.getTime() ?? Number.POSITIVE_INFINITY;
  if ("problem" in read) return { ...base, item: said?.item, at: since, bytes: empty, content: read };
  const content = readStatement(read.bytes);
  if ("problem" in content) return { ...base, item: said?.item, at: since, bytes: read.bytes, content };
  const { item, finishedAt } = content.predicate;
  const problem = misplaced(folder, name, content, said?.item);
  return {
    ...base,
    item,
    at: Date.parse(finishedAt),
    bytes: read.bytes,
    content: problem === undefined ? content : { problem },
  };
}

/** Why a statement is not where `collect` puts it: a copy could stand for something else. */
function misplaced(
  [service, commit]: Filed["folder"],
  name: string,
  statement: Statement,
  item: string | undefined,
): string | undefined {
  const said = statement.predicate;
  if (said.service !== service) return `it is of ${said.service} and lies in the folder of ${service}`;
  if (commitOf(statement) !== commit)
    return `it is of commit ${commitOf(statement)} and lies in the folder ${commit}`;
  if (item === undefined)
    return `its name ${JSON.stringify(name)} is not one that \`evidence -- collect\` gives`;
  return item === said.item ? undefined : `it is of ${said.item} and its name says ${item}`;
}
