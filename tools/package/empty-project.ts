/** A project of somebody else's that uses the packages: `node empty-project.ts`. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import project from "../../package.json" with { type: "json" };
import { createManifest } from "./create.ts";
import { writeLock } from "./lock.ts";
import { manifest } from "./manifest.ts";

export const emptyProject = join(import.meta.dirname, "../../dist/empty-project");

export function writeEmptyProject(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const own = {
    name: "empty",
    version: "1.0.0",
    private: true,
    type: "module",
    dependencies: {
      ...peers(),
      [manifest.name]: manifest.version,
      [createManifest.name]: createManifest.version,
    },
    devDependencies: {
      "@types/node": project.devDependencies["@types/node"],
      "typescript-native": project.devDependencies["typescript-native"],
    },
  };
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(own, undefined, 2)}\n`);
  writeLock(folder);
}

/** At the versions of this project, which the lock holds. */
function peers(): Readonly<Record<string, string>> {
  const { dependencies }: { dependencies: Readonly<Record<string, string>> } = project;
  return Object.fromEntries(
    Object.keys(manifest.peerDependencies).map((name) => [name, dependencies[name] ?? ""]),
  );
}

/** Why the tests of the packages cannot run; nothing where they can. */
export function packageMissing(): string | undefined {
  const installed = join(emptyProject, "node_modules/.package-lock.json");
  return existsSync(installed) ? undefined : "They are not installed: .ci/package builds and installs them";
}

if (import.meta.main) writeEmptyProject(emptyProject);
