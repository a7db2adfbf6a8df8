/** `preview` on the command line; what it does is loaded when it is called. */
import type { Command } from "commander";
import { acts, pulumiCommand } from "../pulumi/command.ts";
import type { Run } from "../terminal/options.ts";
import type { PreviewOptions } from "./preview.ts";

export function addPreview(program: Command, run: Run): void {
  const command = pulumiCommand(
    program,
    "preview",
    "Show what an update would do, and the readiness verdict",
  ).option("--events <file>", "write the engine's events to a file, for `comment`");
  acts<PreviewOptions>(command, run, async (options, args) =>
    (await import("./preview.ts")).preview(options, args, process.cwd()),
  );
}
