import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { ended, failed, step, writeEvents } from "../plan/events.ts";
import { run } from "../project.ts";
import { makeWorld, type World } from "../pulumi/world.ts";

let world: World;
let commit: string;
beforeAll(() => {
  world = makeWorld();
  const git = (...args: readonly string[]) => execFileSync("git", args, { cwd: world.cwd, encoding: "utf8" });
  git("init", "--quiet");
  git("add", "Pulumi.yaml", "Pulumi.staging.yaml", "Pulumi.prod.yaml", "package.json", "index.ts");
  git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "--message", "good");
  commit = git("rev-parse", "HEAD").trim();
});
beforeEach(() => world.forget());
afterAll(() => world.dispose());

const bring = (to: string, steps: readonly object[], ...args: readonly string[]) => {
  const events = writeEvents(world.cwd, steps, "planned.jsonl");
  const all = ["rollback", "--stack", "staging", "--no-app", "--infrastructure", to, ...args];
  return run(all, { cwd: world.cwd, env: world.env({ events }) });
};
const ran = () => world.commands().map(([name]) => name);
const alert = step({ op: "update", type: "datadog:index/monitor:Monitor", name: "latency" });
const database = step({ op: "update", type: "aws:rds/instance:Instance", name: "portal-db" });

it("goes to the commit that is checked out, by way of up", async () => {
  const { stdout } = await bring(commit, [alert, ended], "--yes");
  expect(ran()).toContain("preview");
  expect(stdout).not.toContain("Not done");
});

it("only says so in a dry run", async () => {
  const { status, stdout } = await bring(commit, [alert, ended], "--dry-run");
  expect(stdout).toContain("Would change 1 resources, none of which holds data");
  expect(ran()).toEqual(["preview"]);
  expect(status).toBe(0);
});

it("leaves to people what would change what holds data", async () => {
  const { status, stdout } = await bring(commit, [alert, database, ended], "--yes");
  expect(stdout).toContain("- update portal-db (aws:rds/instance:Instance)");
  expect(ran()).toEqual(["preview"]);
  expect(status).toBe(1);
});

it("does nothing where nobody knows what it would do", async () => {
  expect((await bring(commit, [alert, failed], "--yes")).status).toBe(3);
  expect(ran()).toEqual(["preview"]);
});

it("tells how to get to another commit", async () => {
  const { status, stdout } = await bring("0123456789ab", [ended]);
  expect(stdout).toContain("git worktree add ../rollback-0123456789ab 0123456789ab");
  expect(ran()).toEqual([]);
  expect(status).toBe(1);
});

it.each([
  ["main", /must be a commit's id/],
  ["HEAD~1", /must be a commit's id/],
])("takes no %s for a commit", async (to, message) => {
  const { status, stderr } = await bring(to, [ended]);
  expect(stderr).toMatch(message);
  expect(status).toBe(2);
});
