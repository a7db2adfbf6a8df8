/** `preview` on the command line; what it does is loaded when it is called. */
import type { Command } from "commander";
import { pulumiCommand } from "../pulumi/command.ts";
import type { Run } from "../terminal/options.ts";
import type { PreviewOptions } from "./preview.ts";

export function addPreview(program: Command, run: Run): void {
  pulumiCommand(program, "preview", "preview", "Show what an update would do, and the readiness verdict")
    .option("--events <file>", "write the engine's events to a file, for `comment`")
    .action((args: string[], options: PreviewOptions) =>
      run(async () => (await import("./preview.ts")).preview(options, args, process.cwd())),
    );
}
