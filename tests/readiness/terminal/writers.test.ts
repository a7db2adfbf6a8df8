/** Who writes files: all through one place, which leaves them whole; only what nobody else sees is written directly. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { projectDir, trackedFiles } from "../../support/project-files.ts";

const changes = /^(write|append|rename|copy|link|symlink|truncate|cp|createWrite|rm|unlink)/;
/** In a folder that is theirs alone, of the system's temporary ones, and that goes with them. */
const aside = [
  "drift/drift.ts",
  "facts/facts.ts",
  "facts/recorder.ts",
  "init/trial.ts",
  "inputs/working-tree.ts",
  "pulumi/run-preview.ts",
  "recover/import.ts",
  "restore-drill/base-backup.ts",
  "restore-drill/scratch.ts",
  "rollback/infrastructure.ts",
  "up/up.ts",
].map((file) => `readiness/${file}`);

function changing(file: string): readonly string[] {
  const text = readFileSync(join(projectDir, file), "utf8");
  const imports = text.matchAll(/import \{([^}]*)\} from "node:fs(?:\/promises)?"/g);
  return [...imports].flatMap(([, names = ""]) =>
    names
      .split(",")
      .map((n) => n.trim())
      .filter((n) => changes.test(n)),
  );
}

it("is one place in the command line", () => {
  const writers = trackedFiles().filter(
    (file) => /^readiness\/.*\.ts$/.test(file) && changing(file).length > 0,
  );
  const own = (file: string) => file.startsWith("readiness/terminal/");
  expect(writers.filter((file) => !own(file))).toEqual(aside);
  // A base backup fills the folder of the scratch server, and a recorder that of its command.
  for (const file of aside.filter((name) => !/(base-backup|recorder)\.ts$/.test(name)))
    expect(readFileSync(join(projectDir, file), "utf8")).toMatch(/mkdtempSync\(join\((tmpdir\(\)|roomFor\()/);
});
