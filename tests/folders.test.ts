/** Each folder says what belongs there: the nearest README above it names it, and names none that is gone. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, matchesGlob, relative } from "node:path";
import { expect, it } from "vitest";

const project = join(import.meta.dirname, "..");
const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: project,
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => existsSync(join(project, file)) && !file.startsWith("."));
const folders = [...Map.groupBy(files, dirname)].filter(([folder]) => folder !== ".");
const readmes = files.filter((file) => /(^|\/)README\.md$/.test(file));

/** The folders that a README's tables explain, as paths or patterns. */
function named(readme: string): readonly string[] {
  const rows = readFileSync(join(project, readme), "utf8").matchAll(/^\|([^|]+)\|/gm);
  const cells = [...rows].flatMap(([, cell = ""]) => [...cell.matchAll(/`([^`<>]+)\/`/g)]);
  return cells.map(([, name = ""]) => join(dirname(readme), name));
}

function nearestReadme(folder: string): string {
  const above = dirname(folder);
  const readme = join(above, "README.md");
  return files.includes(readme) ? readme : nearestReadme(above);
}

/** Tests stand under the path of what they test. */
const mirrors = (folder: string) =>
  folder.startsWith("tests/") && existsSync(join(project, relative("tests", folder)));

it.each(folders.filter(([folder, { length }]) => length > 1 && !mirrors(folder)).map(([folder]) => folder))(
  "%s is named in the nearest README",
  (folder) => {
    const patterns = named(nearestReadme(folder));
    expect(patterns.some((pattern) => matchesGlob(folder, pattern))).toBe(true);
  },
);

it.each(readmes)("%s names no folder that is not there", (readme) => {
  const there = new Set(files.flatMap((file) => ancestors(file)));
  const gone = named(readme).filter((pattern) => ![...there].some((folder) => matchesGlob(folder, pattern)));
  expect(gone).toEqual([]);
});

function ancestors(path: string): readonly string[] {
  const above = dirname(path);
  return above === "." ? [] : [above, ...ancestors(above)];
}
