/**
 * The npm package: JavaScript with its types, since Node.js strips none below node_modules. Folders stay as they are in
 * the source, so that whatever finds another file beside itself finds it there too.
 */
import { execFileSync } from "node:child_process";
import { cpSync, globSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { manifest } from "./manifest.ts";

const project = join(import.meta.dirname, "../..");
const compiler = join(project, "node_modules/typescript-native/bin/tsc");

/** What the compiler leaves where it is. */
const asTheyAre = [
  "LICENSE",
  "actions/*.sh",
  "README.md",
  "{components,model,policies,provider,readiness}/**/{README.md,*.json,*.yaml}",
  ".github/workflows/{preview,deploy,drift}.yml",
  "docs/**/*.md",
];

export function buildPackage(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  execFileSync(
    process.execPath,
    [compiler, "--project", join(import.meta.dirname, "tsconfig.json"), "--outDir", folder],
    { stdio: "inherit" },
  );
  for (const path of globSync(asTheyAre, { cwd: project })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(project, path), join(folder, path));
  }
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, undefined, 2)}\n`);
}
