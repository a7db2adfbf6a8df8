/** `drill` on the command line; what it does is loaded when it is called. */
import { type Command, Option } from "commander";
import { atMeaning, namedStack, stackOption, stateOption, type WithState } from "../paging/options.ts";
import type { Run } from "../terminal/options.ts";
import type { DrillOptions } from "./drill.ts";

export function addDrill(program: Command, run: Run): void {
  program
    .command("drill")
    .description("Walk an alert from a fault to a person: on paper, or with --send for real")
    .requiredOption("--alert <name>", "the alert, such as uptime-homepage")
    .addOption(stackOption())
    .option("--at <time>", atMeaning)
    .addOption(stateOption())
    .option("--send", "trigger a real incident, marked as a drill, and say who was told", false)
    .option("--yes", "do not ask before sending", false)
    .addOption(new Option("--format <format>").choices(["text", "json"]).default("text"))
    .option("--out <file>", "write the report to a file instead of standard output")
    .action((options: DrillOptions & WithState, command: Command) =>
      run(async () => {
        const { state, ...asked } = options;
        if (state === undefined) return (await import("./drill.ts")).drill(asked, process.cwd());
        return (await import("./state.ts")).drillOfState(state, { ...asked, stack: namedStack(command) });
      }),
    );
}
