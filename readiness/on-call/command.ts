/** `oncall` on the command line; what it does is loaded when it is called. */
import { type Command, Option } from "commander";
import { severities } from "../../model/on-call/severities.ts";
import { atMeaning, namedStack, stackOption, stateOption, type WithState } from "../paging/options.ts";
import type { Run } from "../terminal/options.ts";
import type { OnCallOptions } from "./on-call.ts";

export function addOnCall(program: Command, run: Run): void {
  program
    .command("oncall")
    .description(
      "Say who is on call, whom an incident reaches when, and whether anybody is missing in a year",
    )
    .addOption(stackOption())
    .option("--at <time>", atMeaning)
    .addOption(stateOption())
    .addOption(
      new Option("--service <name>", "of a state: the PagerDuty service that is asked about (default: all)"),
    )
    .addOption(
      new Option("--severity <severity>", "whose escalation is shown")
        .choices(severities)
        .default(undefined, "SEV1"),
    )
    .option("--svg <file>", "write the year as a picture, too")
    .addOption(new Option("--format <format>").choices(["text", "json"]).default("text"))
    .option("--out <file>", "write the report to a file instead of standard output")
    .action((options: OnCallOptions & WithState, command: Command) =>
      run(async () => {
        const { state, ...asked } = options;
        if (state === undefined) return (await import("./on-call.ts")).onCall(asked, process.cwd());
        return (await import("./state.ts")).onCallOfState(state, { ...asked, stack: namedStack(command) });
      }),
    );
}
