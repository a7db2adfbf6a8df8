/** The package that `npm create production-readiness` runs: `init` of the same version. */
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import project from "../../package.json" with { type: "json" };
import { manifest } from "./manifest.ts";

export const createManifest = {
  name: `create-${manifest.name}`,
  version: manifest.version,
  description: `npm create ${manifest.name}: begins a project`,
  license: manifest.license,
  type: manifest.type,
  bin: { [`create-${manifest.name}`]: "create.mjs" },
  files: ["create.mjs"],
  dependencies: { [manifest.name]: manifest.version },
  // npm runs what it creates with on the newest that it installs: here one that reads TypeScript, whatever the machine has.
  optionalDependencies: project.optionalDependencies,
};

const command = `#!/usr/bin/env node
// \`npm create ${manifest.name} FOLDER -- --yes\`: the folder is the habit of npm's, all else init's own.
const [, , folder, ...flags] = process.argv;
const out = folder === undefined || folder.startsWith("-") ? [folder ?? []].flat() : ["--out", folder];
process.argv.splice(2, Infinity, "init", ...out, ...flags);
await import("${manifest.name}/command");
`;

export function buildCreatePackage(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(import.meta.dirname, "../../LICENSE"), join(folder, "LICENSE"));
  writeFileSync(join(folder, "create.mjs"), command, { mode: 0o755 });
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(createManifest, undefined, 2)}\n`);
}
