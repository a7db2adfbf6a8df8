/** What the command line takes `release` for. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { makeProject, run } from "../project.ts";
import { git } from "../proofs/ready-project.ts";

let folder: string;
beforeEach(() => {
  folder = makeProject();
  writeFileSync(join(folder, ".gitignore"), "/releases/\nnode_modules\n");
  git(folder, "init", "--quiet");
  git(folder, "add", "--all");
  git(folder, "commit", "--quiet", "--message", "Everything");
});

const release = (...args: readonly string[]) => run(["release", ...args], { cwd: folder });
const file = () => join(folder, "releases/prod/release.yaml");

describe("release", () => {
  it("writes what is released where nothing is, and says where it stands and what is next", async () => {
    const { status, stdout } = await release("--stack", "prod");
    expect(readFileSync(file(), "utf8")).toContain(`commit: ${git(folder, "rev-parse", "HEAD")}\n`);
    expect(stdout).toContain("releases/prod/release.yaml is written, with brackets for what you decide.\n");
    expect(stdout).toContain("still has brackets to fill in: services.portal.commit (line 5)");
    expect(stdout).toMatch(/Next: .*\n( .*\n)* {2}npm run release -- --stack prod --service portal=COMMIT/);
    expect(status).toBe(1);
  });

  it("of a service writes that, and no more", async () => {
    const { status, stdout } = await release("--stack", "prod", "--service", `portal=${"a".repeat(40)}`);
    expect(stdout).toMatch(/^releases\/prod\/release\.yaml is written\.\n/);
    expect(stdout).not.toContain("Next:");
    expect(status).toBe(1);
  });

  it("of staging takes no such file, and may begin", async () => {
    const { status, stdout } = await release("--stack", "staging");
    expect(stdout).toContain("Next: Staging is deployed\n  npm run release -- --stack staging --run\n");
    expect(existsSync(join(folder, "releases"))).toBe(false);
    expect(status).toBe(0);
  });

  it.each([
    [["--run", "--rollback"], /each ask for something else/],
    [["--run", "--service", `portal=${"a".repeat(40)}`], /each ask for something else/],
    [["--run", "prod"], /nothing takes prod/],
    [["--run", "--staging", "stagin"], /name it with --staging \(staging\)/],
    [["--run", "--checkout", "portl=../portal"], /--checkout portl=\.\.\/portal: .* "portal"/],
  ])("with %j is bad usage", async (args, reason) => {
    const { status, stderr } = await release("--stack", "prod", ...args);
    expect(stderr).toMatch(reason);
    expect(status).toBe(2);
  });

  it("says what is wrong with a log that was altered, and ends with 1", async () => {
    await release("--stack", "prod", "--run");
    const log = join(folder, "releases/prod/log.jsonl");
    writeFileSync(log, readFileSync(log, "utf8").replace('"pass"', '"fail"'));
    const { status, stderr } = await release("--stack", "prod");
    expect(stderr).toMatch(
      /^releases\/prod\/log\.jsonl: line 2 was altered: its digest is another\. Nothing it says counts\./,
    );
    expect(stderr).toContain("git show refs/readiness/releases/prod:log.jsonl > releases/prod/log.jsonl");
    expect(status).toBe(1);
  });
});
