/** `up` on the command line; what it does is loaded when it is called. */
import type { Command } from "commander";
import { acts, pulumiCommand } from "../pulumi/command.ts";
import type { Run } from "../terminal/options.ts";
import type { UpOptions } from "./up.ts";

export function addUp(program: Command, run: Run): void {
  const command = pulumiCommand(program, "up", "Preview an update, ask, and carry out what was previewed")
    .option("-y, --yes", "do not ask; for production only in CI and with --commit", false)
    .option("--commit <sha>", "refuse to deploy anything but this commit, unchanged");
  acts<UpOptions>(command, run, async (options, args) =>
    (await import("./up.ts")).up(options, args, process.cwd()),
  );
}
