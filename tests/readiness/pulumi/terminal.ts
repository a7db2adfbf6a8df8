/** Runs the command line on a terminal, which `script` of util-linux makes: test equipment. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { expect, vi } from "vitest";
import { project } from "../project.ts";
import type { World } from "./world.ts";

/** Milliseconds: a busy machine starts processes slowly. */
export const patience = 100_000;

export function onTerminal({ cwd }: World, args: readonly string[], env: NodeJS.ProcessEnv) {
  const line = `exec '${process.execPath}' '${join(project, "readiness/cli.ts")}' ${args.join(" ")}`;
  const child = spawn("script", ["-qec", line, "/dev/null"], { cwd, env });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  const ended = new Promise((resolve) => child.on("close", resolve));
  return {
    child,
    ended,
    shows: (text: string) => vi.waitFor(() => expect(output).toContain(text), patience),
  };
}
