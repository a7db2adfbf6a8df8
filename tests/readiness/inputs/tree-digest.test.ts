import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { changedSince, treeDigest } from "../../../readiness/inputs/tree-digest.ts";
import { git } from "../proofs/ready-project.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "readiness-digest-"));
  mkdirSync(join(folder, "model"));
  for (const file of ["index.ts", "model/a.ts"]) writeFileSync(join(folder, file), "1");
});
afterEach(() => rmSync(folder, { recursive: true }));

async function changed(change: () => void): Promise<string | undefined> {
  const before = await treeDigest(folder);
  change();
  return changedSince(before, await treeDigest(folder));
}

it.each<[string, () => void, string | undefined]>([
  ["nothing", () => {}, undefined],
  ["the same content", () => writeFileSync(join(folder, "index.ts"), "1"), undefined],
  ["another content", () => writeFileSync(join(folder, "model/a.ts"), "2"), "model/a.ts"],
  ["a new file", () => writeFileSync(join(folder, "model/b.ts"), ""), "model/b.ts"],
  ["a missing file", () => rmSync(join(folder, "index.ts")), "index.ts"],
  ["a link to elsewhere", () => symlinkSync("/nowhere", join(folder, "c.ts")), "c.ts"],
  ["a log", () => writeFileSync(join(folder, "up.log"), "…"), undefined],
  ["what is installed", () => mkdirSync(join(folder, "node_modules")), undefined],
])("is told of %s", async (_, change, path) => {
  expect(await changed(change)).toBe(path);
});

it("is told of another commit of the same files", async () => {
  git(folder, "init", "--quiet");
  git(folder, "add", "--all");
  git(folder, "commit", "--quiet", "--message", "One");
  const again = () => git(folder, "commit", "--quiet", "--allow-empty", "--message", "Two");
  expect(await changed(again)).toBe("the checked-out commit");
});
