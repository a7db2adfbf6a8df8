/** `drift` on the command line; what it does is loaded when it is called. */
import type { Command } from "commander";
import { acts, pulumiCommand } from "../pulumi/command.ts";
import type { Run } from "../terminal/options.ts";
import type { DriftOptions } from "./drift.ts";

export function addDrift(program: Command, run: Run): void {
  const command = pulumiCommand(program, "drift", "Compare what is deployed with what is declared").option(
    "--issue",
    "open, update or close an issue on GitHub",
    false,
  );
  acts<DriftOptions>(command, run, async (options, args) =>
    (await import("./drift.ts")).drift(options, args, process.cwd()),
  );
}
