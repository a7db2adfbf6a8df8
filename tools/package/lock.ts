/**
 * A lock for the package.json of somebody else's project: `node lock.ts FOLDER`. What it installs is held to the same
 * hashes as here, and the packages of this project are the tarballs that were built, as if they were published.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import lock from "../../package-lock.json" with { type: "json" };
import { createManifest } from "./create.ts";
import { manifest } from "./manifest.ts";

const dist = join(import.meta.dirname, "../../dist");

interface Locked {
  readonly dev?: boolean;
}
const locked = lock.packages as Readonly<Record<string, Locked>>;

type Versions = Readonly<Record<string, string>>;
interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Versions;
  readonly devDependencies?: Versions;
  readonly optionalDependencies?: Versions;
}

/** What its development may take besides: a compiler, and the types of what it runs on. */
const compilers =
  /^node_modules\/(typescript-native|@typescript\/typescript-[^/]+|@types\/node|undici-types)$/;
const runtimes = Object.keys(createManifest.optionalDependencies);

export function writeLock(folder: string): void {
  const own: Manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const { name, version, dependencies, devDependencies, optionalDependencies } = own;
  const ours = [manifest, createManifest].filter((one) => one.name in { ...dependencies });
  const packages = {
    "": { name, version, dependencies, devDependencies, optionalDependencies },
    ...Object.fromEntries(Object.entries(locked).filter(([path, entry]) => isKept(path, entry, own))),
    ...Object.fromEntries(ours.map((one) => [`node_modules/${one.name}`, installed(one, folder)])),
  };
  const { lockfileVersion, requires } = lock;
  const text = JSON.stringify({ name, version, lockfileVersion, requires, packages }, undefined, 2);
  writeFileSync(join(folder, "package-lock.json"), `${text}\n`);
}

function isKept(path: string, { dev }: Locked, own: Manifest): boolean {
  const runtime = runtimes.some((name) => path === `node_modules/${name}`);
  const needed = own.optionalDependencies !== undefined || createManifest.name in { ...own.dependencies };
  if (path === "" || (runtime && !needed)) return false;
  return !dev || (own.devDependencies !== undefined && compilers.test(path));
}

/** An entry of a lock, which repeats what matters of the manifest. */
function installed(one: typeof manifest | typeof createManifest, folder: string): object {
  const { description: _, type: __, files: ___, ...entry } = { exports: undefined, ...one };
  const resolved = `file:${relative(folder, join(dist, `${one.name}-${one.version}.tgz`))}`;
  return { ...entry, name: undefined, exports: undefined, resolved };
}

if (import.meta.main) {
  const [folder] = process.argv.slice(2);
  if (!folder) throw new Error("name the folder");
  writeLock(folder);
}
