/** The commands about who is told; each loads what it needs when it is called. */
import { type Command, Option } from "commander";
import { severities } from "../../spec/severities.ts";
import type { DrillOptions } from "../drill/drill.ts";
import type { OnCallOptions } from "./oncall.ts";

/**
 * Adds the commands to the command line.
 * @param run takes a command that gives the exit status
 */
export function addOnCallCommands(
  program: Command,
  run: (command: () => Promise<number>) => Promise<void>,
): void {
  const projectDir = process.cwd();
  const stack = () => new Option("--stack <name>", "the stack").default("prod");
  const at = "moment such as 2027-03-28T02:30, on the clocks of the schedules (default: now)";

  program
    .command("oncall")
    .description(
      "Say who is on call, whom an incident reaches when, and whether anybody is missing in a year",
    )
    .addOption(stack())
    .option("--at <time>", at)
    .addOption(
      new Option("--severity <severity>", "whose escalation is shown").choices(severities).default("SEV1"),
    )
    .option("--svg <file>", "write the year as a picture, too")
    .action((options: OnCallOptions) =>
      run(() => told(async () => (await import("./oncall.ts")).oncall(options, projectDir))),
    );

  program
    .command("drill")
    .description("Walk an alert from a fault to a person: on paper, or with --send for real")
    .requiredOption("--alert <name>", "the alert, such as uptime-homepage")
    .addOption(stack())
    .option("--at <time>", at)
    .option("--send", "trigger a real incident, marked as a drill, and say who was told", false)
    .option("--yes", "do not ask before sending", false)
    .action((options: DrillOptions) =>
      run(() => told(async () => (await import("../drill/drill.ts")).drill(options, projectDir))),
    );
}

const badConfig = 2;
const undetermined = 3;

/** Says what is wrong with a stack, and gives the exit status for it. */
async function told(command: () => Promise<number>): Promise<number> {
  try {
    return await command();
  } catch (error) {
    const { ConfigError } = await import("../../spec/config-error.ts");
    const { describe, ProgramError } = await import("../errors.ts");
    if (!(error instanceof ConfigError || error instanceof ProgramError)) throw error;
    process.stderr.write(`${describe(error)}\n`);
    return error instanceof ConfigError ? badConfig : undetermined;
  }
}
