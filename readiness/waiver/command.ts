/** `waiver` on the command line; what it does is loaded when it is called. */
import { type Command, Option } from "commander";
import { stackCommand } from "../pulumi/command.ts";
import { type Run, wholeNumber } from "../terminal/options.ts";
import type { WaiverOptions } from "./waiver-command.ts";

export function addWaiver(program: Command, run: Run): void {
  stackCommand(program, "waiver", "Say which waivers of a stack hold, or sign one")
    .addOption(
      new Option("--sign <number>", "sign this entry of waivers.yaml, counted from 1").argParser(wholeNumber),
    )
    .option("--key <file>", "the approver's private SSH key, or the public one of a key in an agent")
    .option("--issue", "open, update or close an issue on GitHub on what ends soon or does not hold", false)
    .option("--event", "tell the team's channel of it, through an event in Datadog", false)
    .action((options: WaiverOptions) =>
      run(async () => (await import("./waiver-command.ts")).waiver(options, process.cwd(), new Date())),
    );
}
