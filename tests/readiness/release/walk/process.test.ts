/** The command line itself, with a Pulumi that only seems to run: it is killed, and its update goes on. */
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { readChain } from "../../../../readiness/release/log/chain.ts";
import { project, run } from "../../project.ts";
import { git } from "../../proofs/ready-project.ts";
import { patience } from "../../pulumi/terminal.ts";
import { makeWorld, type World } from "../../pulumi/world.ts";

const whole = `export * from ${JSON.stringify(join(project, "index.ts"))};\n`;

let world: World;
beforeAll(() => {
  world = makeWorld(whole);
  writeFileSync(join(world.cwd, ".gitignore"), "/releases/\nnode_modules\nhome\n*.log\n");
  git(world.cwd, "init", "--quiet");
  git(world.cwd, "add", "--all");
  git(world.cwd, "commit", "--quiet", "--message", "Everything");
});
afterAll(() => world.dispose());

const args = ["release", "--stack", "staging", "--run", "--yes"];
const log = () => readFileSync(join(world.cwd, "releases/staging/log.jsonl"), "utf8");
const events = () => readChain(log(), "staging", undefined).entries.map(({ fact }) => fact);

it("is refused while the update of one that was killed goes on, and goes on after it", async () => {
  const child = spawn(process.execPath, [join(project, "readiness/cli.ts"), ...args], {
    cwd: world.cwd,
    env: world.env({ waits: "up" }),
    stdio: "ignore",
  });
  const killed = new Promise((resolve) => child.on("close", (_, signal) => resolve(signal)));
  await vi.waitFor(() => expect(world.calls().at(-1)).toEqual({ waits: true }), patience);
  child.kill("SIGKILL");
  expect(await killed).toBe("SIGKILL");
  const running = events().find((fact) => fact.event === "running");
  const pid = running?.event === "running" ? running.process.pid : 0;

  const refused = await run(args, { cwd: world.cwd, env: world.env() });
  expect(refused.stderr).toContain(`staging.deploy of `);
  expect(refused.stderr).toContain(`is still at work as process ${pid}`);
  expect(refused.status).toBe(2);
  const shown = await run(["release", "--stack", "staging"], { cwd: world.cwd, env: world.env() });
  expect(shown.stdout).toContain("↻ Staging is deployed");

  process.kill(pid, "SIGTERM");
  await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow(), patience);
  world.forget();
  // It fails, so that nothing asks a site that is not there.
  const again = await run(args, { cwd: world.cwd, env: world.env({ status: { up: 1 } }) });
  expect(world.commands().map(([name]) => name)).toEqual(["stack", "preview", "up"]);
  expect(events().at(-1)).toMatchObject({ event: "ended", step: "staging.deploy", status: 1 });
  expect(again.status).toBe(1);
}, 300_000);
