/**
 * Which files of a folder or a backend are states, and of which stacks. The layout is that of self-managed backends:
 * store.go, state.go and lock.go in pulumi/pulumi, pkg/backend/diy.
 */
import { parse } from "yaml";
import { type Store, type StoredFile, StoreError } from "./store.ts";

export interface StateFile {
  readonly key: string;
  /** As its place says; undefined where only the state itself does. */
  readonly project?: string | undefined;
  readonly stack?: string | undefined;
  /** Files of whoever is at work on it. */
  readonly locks: readonly string[];
  /** Why it is not one to be judged. */
  readonly problem?: string | undefined;
}

export const bookkeeping = ".pulumi";
const stacksIn = `${bookkeeping}/stacks/`;
const locksIn = `${bookkeeping}/locks/`;
const metaFile = `${bookkeeping}/meta.yaml`;

/** A checkpoint, plain or packed; not its `.bak`, nor `.json.attrs` and `.pulumi-tags` beside it. */
const stateName = /^(.+)\.json(?:\.gz|\.zst)?$/s;
/** What a project and a stack may be called: tokens.IsName, tokens.ParseStackName. */
const name = /^[A-Za-z0-9_.-]+$/;

type Named = StoredFile & Pick<StateFile, "project" | "stack">;

/**
 * The states of a self-managed backend, each stack once.
 * @throws StoreError where it cannot be read, or a newer Pulumi has laid it out
 */
export async function backendStates(store: Store): Promise<readonly StateFile[]> {
  const named = (await store.list(stacksIn)).flatMap(owned);
  const byProject = await isByProject(store, named);
  const locks = named.length > 0 ? await store.list(locksIn) : [];
  // Of a plain and a packed one the newer counts.
  const newest = new Map(
    named
      .toSorted((a, b) => a.modified - b.modified)
      .map((file) => [`${file.project ?? ""}/${file.stack}`, file] as const),
  );
  return [...newest.values()].map(({ key, project, stack }) => {
    const folder = `${locksIn}${project === undefined ? "" : `organization/${project}/`}${stack}/`;
    const own = locks.filter((lock) => isIn(lock.key, folder)).map((lock) => lock.key);
    const isElsewhere = byProject !== (project !== undefined);
    return { key, project, stack, locks: own, problem: isElsewhere ? elsewhere : undefined };
  });
}

const elsewhere = "it does not lie where Pulumi looks for the stacks of this backend (pulumi state upgrade)";

/** `<project>/<stack>.json`; before Pulumi 3.61 `<stack>.json`. */
function owned(file: StoredFile): readonly Named[] {
  const [last = "", project, ...others] = file.key.slice(stacksIn.length).split("/").toReversed();
  const stack = stateName.exec(last)?.[1] ?? "";
  const fits = name.test(stack) && name.test(project ?? "-") && others.length === 0;
  return fits ? [{ ...file, project, stack }] : [];
}

/** Whether stacks lie in folders of their projects: by the backend's own word, or by what is there. */
async function isByProject(store: Store, files: readonly Named[]): Promise<boolean> {
  const meta = await store.read(metaFile);
  if (meta === undefined) return files.every(({ project }) => project !== undefined);
  const version = versionIn(meta.toString());
  if (version === 0 || version === 1) return version === 1;
  const found = typeof version === "number" ? `version ${version}` : "no version";
  throw new StoreError(`${metaFile} in ${store.name} has ${found}, must have version 0 or 1`);
}

function versionIn(text: string): unknown {
  try {
    return Object(parse(text)).version;
  } catch {
    return undefined;
  }
}

/** Directly. */
function isIn(key: string, folder: string): boolean {
  return key.startsWith(folder) && !key.slice(folder.length).includes("/");
}

/** Exports and copies of checkpoints in any folder; what of it is no state has to tell so itself. */
export async function exportedStates(store: Store): Promise<readonly StateFile[]> {
  const files = await store.list("");
  return files.filter(({ key }) => isExport(key)).map(({ key }) => ({ key, locks: [] }));
}

function isExport(key: string): boolean {
  const parts = key.split("/");
  return stateName.test(parts.at(-1) ?? "") && parts.every((part) => !part.startsWith("."));
}
