/** An update at a terminal: who stops it, and who is asked. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { project } from "../project.ts";
import { onTerminal, patience } from "../pulumi/terminal.ts";
import { makeWorld, type World } from "../pulumi/world.ts";

let world: World;
beforeAll(() => {
  world = makeWorld();
});
beforeEach(() => world.forget());
afterAll(() => world.dispose());

describe("signals", () => {
  const args = [join(project, "readiness/cli.ts"), "up", "--stack", "staging", "--yes"];

  it.each(["SIGINT", "SIGTERM"] as const)(
    "passes %s on once, and waits for Pulumi to end",
    async (signal) => {
      const env = world.env({ waits: "up" });
      const child = spawn(process.execPath, args, {
        cwd: world.cwd,
        env,
        stdio: ["ignore", "ignore", "ignore"],
      });
      const ended = new Promise((resolve) => child.on("close", resolve));
      await vi.waitFor(() => expect(world.calls().at(-1)).toEqual({ waits: true }), patience);
      child.kill(signal);
      await vi.waitFor(() => expect(world.calls().at(-1)).toEqual({ signal }), patience);
      child.kill(signal);
      expect(await ended).toBe(255);
      expect(world.calls().filter((call) => call.signal)).toEqual([{ signal }]);
    },
  );
});

describe("the question", () => {
  it.each([
    ["yes", 0, ["stack", "preview", "up"]],
    ["y", 1, ["stack", "preview"]],
    ["\u0003", 1, ["stack", "preview"]],
    ["\u0004", 1, ["stack", "preview"]],
  ])("answered %j ends with %i", async (answer, status, commands) => {
    const { child, ended, shows } = onTerminal(world, ["up", "--stack", "staging"], world.env());
    await shows("Type yes to deploy this to staging: ");
    child.stdin.write(`${answer}\n`);
    expect(await ended).toBe(status);
    expect(world.commands().map(([name]) => name)).toEqual(commands);
  });

  it("lets Ctrl-C reach Pulumi once", async () => {
    const { child, ended, shows } = onTerminal(
      world,
      ["up", "--stack", "staging"],
      world.env({ waits: "up" }),
    );
    await shows("Type yes");
    child.stdin.write("yes\n");
    await vi.waitFor(() => expect(world.calls().at(-1)).toEqual({ waits: true }), patience);
    child.stdin.write("\u0003");
    expect(await ended).toBe(255);
    expect(world.calls().filter((call) => call.signal)).toEqual([{ signal: "SIGINT" }]);
  });
});
