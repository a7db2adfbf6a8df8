import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { stringify } from "yaml";
import { readRelease } from "../../../readiness/proofs/release-file.ts";
import { release } from "../../../readiness/release/release.ts";
import { makeProject } from "../project.ts";
import { spec, release as written } from "../proofs/house.ts";

function committedProject(): string {
  const folder = makeProject();
  const git = (...args: readonly string[]) => execFileSync("git", args, { cwd: folder });
  writeFileSync(join(folder, ".gitignore"), "node_modules\n");
  git("init", "--quiet");
  git("add", "--all");
  git("-c", "user.email=a@example.com", "-c", "user.name=A", "commit", "--quiet", "--message", "All");
  return folder;
}

it("is of a commit: a file that is not in it is named", async () => {
  const folder = committedProject();
  for (const file of ["unit.json", "signers.yaml"]) writeFileSync(join(folder, file), "");
  const options = { stack: "prod", service: [], checkout: [], deployed: [] };
  await expect(release(options, folder)).rejects.toThrow(
    "a release is of a commit, and signers.yaml is not tracked by git, and 1 more: commit or remove it first",
  );
});

const [portal] = Object.values(written.services);
const { commit } = written;
const later = (hours: number) => new Date(Date.parse(written.window.opens) + hours * 3_600_000).toISOString();
const until = (closes: string) => ({ window: { ...written.window, closes } });

it.each<[string, object, RegExp]>([
  [
    "a deployment without its commit",
    { services: { portal: { ...portal, commit: undefined } } },
    /services\.portal\.commit: missing, must be a full commit id of 40 digits$/,
  ],
  [
    "a short commit id",
    { services: { portal: { ...portal, commit: "89abcde" } } },
    /services\.portal\.commit: found "89abcde", must be a full commit id/,
  ],
  [
    "another commit than the one that is checked out",
    { commit: "f".repeat(40) },
    /commit: found f{12}, must be/,
  ],
  ["another stack", { stack: "staging" }, /stack: found staging, must be prod/],
  ["a service left out", { services: {} }, /services: portal is missing, must be every service/],
  [
    "a service of somebody else",
    { services: { portal, billing: portal } },
    /found billing, must be a service/,
  ],
  [
    "a window of a day and a second",
    until(later(24 + 1 / 3600)),
    /window\.closes: found .*, must be after opens and no later than 2\S+Z, 24 hours on$/,
  ],
  [
    "a window that closes as it opens",
    until(written.window.opens),
    /window\.closes: .*, must be after opens/,
  ],
  ["a stranger on watch", { window: { ...written.window, present: ["tomos"] } }, /found tomos, .* "tomas"/],
  ["a misspelt field", { rolback: written.rollback }, /rolback: unknown key/],
])("is refused with %s", (_, over, reason) => {
  const { value, issues } = readRelease(stringify({ ...written, ...over }), { ...spec, commit });
  expect(value).toBeUndefined();
  expect(issues.map(({ path, message }) => `${path}: ${message}`)).toEqual([expect.stringMatching(reason)]);
});

it("holds as it is, with a window of a whole day too", () => {
  for (const over of [{}, until(later(24))]) {
    const read = readRelease(stringify({ ...written, ...over }), { ...spec, commit });
    expect(read).toMatchObject({ issues: [], value: { commit } });
  }
});

it("is of full commit ids: a deployment alone is none", async () => {
  const options = { stack: "prod", service: ["portal=@dpl_1"], checkout: [], deployed: [] };
  await expect(release(options, committedProject())).rejects.toThrow(
    '--service: found the commit "", must be a full id of 40 digits: git rev-parse <commit>',
  );
});
