/**
 * A project of somebody else's that uses the package: `node empty-project.ts TARBALL`. What it installs besides is held
 * to the same hashes as here.
 */
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import project from "../../package.json" with { type: "json" };
import lock from "../../package-lock.json" with { type: "json" };
import { manifest } from "./manifest.ts";

export const emptyProject = join(import.meta.dirname, "../../dist/empty-project");

interface Locked {
  readonly dev?: boolean;
}
const locked = lock.packages as Readonly<Record<string, Locked>>;

/** To compile what it declares: a compiler, and the types of what it runs on. */
const compilers =
  /^node_modules\/(typescript-native|@typescript\/typescript-[^/]+|@types\/node|undici-types)$/;
/** A user's Node.js is their own. */
const runtimes = Object.keys(project.optionalDependencies);

export function writeEmptyProject(tarball: string, folder: string): void {
  const file = basename(tarball);
  mkdirSync(folder, { recursive: true });
  copyFileSync(tarball, join(folder, file));
  const own = {
    name: "empty",
    version: "1.0.0",
    private: true,
    type: "module",
    dependencies: { ...peers(), [manifest.name]: `file:${file}` },
    devDependencies: {
      "@types/node": project.devDependencies["@types/node"],
      "typescript-native": project.devDependencies["typescript-native"],
    },
  };
  const { type: _, private: __, ...root } = own;
  const { bin, engines, license, version, dependencies, peerDependencies } = manifest;
  const installed = {
    version,
    resolved: `file:${file}`,
    license,
    dependencies,
    bin,
    engines,
    peerDependencies,
  };
  const packages = {
    "": root,
    ...Object.fromEntries(Object.entries(locked).filter(([path, entry]) => isKept(path, entry))),
    [`node_modules/${manifest.name}`]: installed,
  };
  const { lockfileVersion, requires } = lock;
  write("package.json", own);
  write("package-lock.json", { name: own.name, version: own.version, lockfileVersion, requires, packages });

  function write(path: string, content: object): void {
    writeFileSync(join(folder, path), `${JSON.stringify(content, undefined, 2)}\n`);
  }
}

function isKept(path: string, { dev }: Locked): boolean {
  if (path === "" || runtimes.some((name) => path === `node_modules/${name}`)) return false;
  return !dev || compilers.test(path);
}

/** At the versions of this project, which the lock holds. */
function peers(): Readonly<Record<string, string>> {
  const { dependencies }: { dependencies: Readonly<Record<string, string>> } = project;
  return Object.fromEntries(
    Object.keys(manifest.peerDependencies).map((name) => [name, dependencies[name] ?? ""]),
  );
}

/** Why the tests of the package cannot run; nothing where they can. */
export function packageMissing(): string | undefined {
  const installed = join(emptyProject, "node_modules/.package-lock.json");
  return existsSync(installed) ? undefined : "It is not installed: .ci/package builds and installs it";
}

if (import.meta.main) {
  const [tarball] = process.argv.slice(2);
  if (!tarball) throw new Error("name the tarball");
  writeEmptyProject(tarball, emptyProject);
}
