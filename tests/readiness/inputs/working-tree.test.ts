/** A folder that is its commit, and the ways to hide that it is not. */
import { appendFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { differences, otherThanCommit } from "../../../readiness/inputs/working-tree.ts";
import { git } from "../proofs/ready-project.ts";

let folder: string;
let head: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "readiness tree ü-")));
  head = commitIn(folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function commitIn(where: string): string {
  git(where, "init", "--quiet");
  mkdirSync(join(where, "model"));
  writeFileSync(join(where, ".gitignore"), "/node_modules\n/evidence/\n");
  writeFileSync(join(where, "index.ts"), "1");
  writeFileSync(join(where, "model/größe.ts"), "1");
  git(where, "add", "--all");
  git(where, "commit", "--quiet", "--message", "Everything");
  return git(where, "rev-parse", "HEAD");
}

const write = (path: string, text: string) => {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), text);
};

it("is its commit, with what its .gitignore names", async () => {
  write("node_modules/zod/index.js", "1");
  write("evidence/a.json", "{}");
  for (const litter of [".DS_Store", "model/.DS_Store", ".idea/a.xml", "index.ts~", "model/.a.ts.swp"]) {
    write(litter, "");
  }
  expect(await differences(folder, head)).toEqual([]);
  expect(await differences(join(folder, "model"), head)).toEqual([]);
});

const edit = () => write("index.ts", "2");
it.each<[string, () => void, string]>([
  ["changed", edit, "index.ts differs from the commit"],
  [
    "changed and staged",
    () => {
      edit();
      git(folder, "add", "index.ts");
    },
    "index.ts differs from the commit",
  ],
  [
    "changed and taken for unchanged",
    () => {
      git(folder, "update-index", "--assume-unchanged", "index.ts");
      edit();
    },
    "index.ts differs from the commit",
  ],
  [
    "changed and skipped",
    () => {
      git(folder, "update-index", "--skip-worktree", "model/größe.ts");
      write("model/größe.ts", "2");
    },
    "model/größe.ts differs from the commit",
  ],
  ["missing", () => rmSync(join(folder, "index.ts")), "index.ts differs from the commit"],
  [
    "left out by a sparse checkout",
    () => {
      git(folder, "sparse-checkout", "set", "--no-cone", "/*", "!/model");
    },
    "model/größe.ts differs from the commit",
  ],
  ["not tracked", () => write("model/extra.ts", "1"), "model/extra.ts is not tracked by git"],
  [
    "excluded by .git/info",
    () => {
      appendFileSync(join(folder, ".git/info/exclude"), "extra.ts\n");
      write("extra.ts", "1");
    },
    "extra.ts is not tracked by git",
  ],
  [
    "excluded by a user's settings",
    () => {
      write("node_modules/ignore", "Pulumi.prod.yaml\n");
      git(folder, "config", "core.excludesFile", join(folder, "node_modules/ignore"));
      write("Pulumi.prod.yaml", "1");
    },
    "Pulumi.prod.yaml is not tracked by git",
  ],
  [
    "excluded by a .gitignore that ignores itself",
    () => {
      write("model/.gitignore", ".gitignore\nextra.ts\n");
      write("model/extra.ts", "1");
    },
    "model/.gitignore is not tracked by git",
  ],
  [
    "in a nested node_modules",
    () => write("model/node_modules/zod/index.js", "1"),
    "model/node_modules/zod/index.js is not tracked by git",
  ],
  [
    "said by a filter to be as it was",
    () => {
      write(".git/info/attributes", "index.ts filter=old\n");
      git(folder, "config", "filter.old.clean", "printf 1");
      edit();
    },
    ".git/info/attributes says more of files than the commit",
  ],
])("tells a file that is %s", async (_, change, told) => {
  change();
  expect(await otherThanCommit(folder, head)).toBe(told);
});

it("leaves alone what nothing reads: a report beside the project", async () => {
  for (const name of ["report.json", "report.md", "events.jsonl"]) write(name, "");
  expect(await otherThanCommit(folder, head)).toBeUndefined();
  expect(await differences(folder, head)).toHaveLength(3);
  for (const name of ["package.json", ".npmrc", "a.yaml", "Pulumi.x.json"]) {
    write(name, "");
    expect(await otherThanCommit(folder, head)).toBe(`${name} is not tracked by git`);
    rmSync(join(folder, name));
  }
});

it("looks at no other repository, tree or object that it is pointed at", async () => {
  const other = join(folder, "evidence");
  mkdirSync(other);
  commitIn(other);
  edit();
  vi.stubEnv("GIT_DIR", join(other, ".git"));
  vi.stubEnv("GIT_WORK_TREE", other);
  expect(await otherThanCommit(folder, head)).toBe("index.ts differs from the commit");
  vi.unstubAllEnvs();
  git(folder, "config", "core.worktree", other);
  await expect(otherThanCommit(folder, head)).rejects.toThrow("unset core.worktree");
  git(folder, "config", "--unset", "core.worktree");
  git(folder, "commit", "--quiet", "--all", "--message", "Another");
  const another = git(folder, "rev-parse", "HEAD");
  git(folder, "checkout", "--quiet", head);
  git(folder, "replace", head, another);
  write("index.ts", "2");
  expect(await otherThanCommit(folder, head)).toBe("index.ts differs from the commit");
});

it("holds submodules to the commit that is named, and what is in them", async () => {
  const origin = realpathSync(mkdtempSync(join(tmpdir(), "readiness-module-")));
  const named = commitIn(origin);
  git(folder, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", origin, "shared");
  git(folder, "commit", "--quiet", "--message", "A submodule");
  const commit = git(folder, "rev-parse", "HEAD");
  expect(await otherThanCommit(folder, commit)).toBeUndefined();
  git(join(folder, "shared"), "update-index", "--assume-unchanged", "index.ts");
  write("shared/index.ts", "2");
  expect(await otherThanCommit(folder, commit)).toBe("shared/index.ts differs from the commit");
  git(join(folder, "shared"), "update-index", "--no-assume-unchanged", "index.ts");
  git(join(folder, "shared"), "commit", "--quiet", "--all", "--message", "Further");
  expect(await otherThanCommit(folder, commit)).toBe("shared differs from the commit");
  git(join(folder, "shared"), "reset", "--quiet", "--hard", named);
  rmSync(join(folder, "shared/.git"));
  expect(await otherThanCommit(folder, commit)).toMatch(/^shared /);
  rmSync(origin, { recursive: true });
});

it("is told apart from where git cannot tell", async () => {
  await expect(differences(tmpdir(), head)).rejects.toThrow(
    /^git rev-parse in .*: fatal: not a git repository/,
  );
});
