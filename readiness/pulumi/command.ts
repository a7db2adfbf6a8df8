/** What the commands on deployed stacks have in common on the command line. */
import type { Command } from "commander";

/** A command on one stack. */
export function stackCommand(program: Command, name: string, description: string): Command {
  return program.command(name).description(description).requiredOption("-s, --stack <name>", "the stack");
}

/** One that passes what it does not know on to a command of Pulumi's. */
export function pulumiCommand(program: Command, name: string, pulumi: string, description: string): Command {
  return stackCommand(program, name, description)
    .argument("[pulumi options...]", `passed on to \`pulumi ${pulumi}\``)
    .allowUnknownOption();
}
