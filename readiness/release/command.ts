/** `release` on the command line; what it does is loaded when it is called. */
import { type Command, Option } from "commander";
import { stackCommand } from "../pulumi/command.ts";
import { type Run, repeated } from "../terminal/options.ts";
import type { ReleaseOptions } from "./release.ts";

export function addRelease(program: Command, run: Run): void {
  const severalOf = (flags: string, meaning: string) =>
    new Option(flags, `${meaning}; repeat for several`).argParser(repeated).default([], "none");
  stackCommand(program, "release", "Write what is to be deployed together, for people to complete and sign")
    .addOption(severalOf("--service <name=commit[@deployment]>", "full commit id of a service"))
    .addOption(severalOf("--checkout <name=folder>", "clone of a service's repository, to tell who wrote it"))
    .addOption(
      severalOf("--deployed <name=commit>", "what of it is deployed now: earlier commits do not count"),
    )
    .action((options: ReleaseOptions) =>
      run(async () => (await import("./release.ts")).release(options, process.cwd())),
    );
}
