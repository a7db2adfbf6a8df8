import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { release } from "../../../readiness/release/release.ts";
import { makeProject } from "../project.ts";

it("is of a commit: a file that is not in it is named", async () => {
  const folder = makeProject();
  const git = (...args: readonly string[]) => execFileSync("git", args, { cwd: folder });
  writeFileSync(join(folder, ".gitignore"), "node_modules\n");
  git("init", "--quiet");
  git("add", "--all");
  git("-c", "user.email=a@example.com", "-c", "user.name=A", "commit", "--quiet", "--message", "All");
  for (const file of ["unit.json", "signers.yaml"]) writeFileSync(join(folder, file), "");
  const options = { stack: "prod", service: [], checkout: [], deployed: [] };
  await expect(release(options, folder)).rejects.toThrow(
    "a release is of a commit, and signers.yaml is not in it, nor is 1 more: commit or remove it first",
  );
});
