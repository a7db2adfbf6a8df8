/** What the commands on deployed stacks have in common on the command line. */
import type { Command } from "commander";
import { once, type Run, stackName } from "../terminal/options.ts";
import { assertNothingElse, passedOn, passedOnOptions } from "./passed-on.ts";

const given = once("--stack");

/** A command on one stack. */
export function stackCommand(program: Command, name: string, description: string): Command {
  return oneStack(program, name, description, (value, earlier) => stackName(given(value, earlier)));
}

/** One that runs Pulumi, which is told the stack's name as it was given: its organization may stand in front. */
export function deployedStackCommand(program: Command, name: string, description: string): Command {
  return oneStack(program, name, description, given);
}

function oneStack(program: Command, name: string, description: string, parse: typeof given): Command {
  return program
    .command(name)
    .description(description)
    .requiredOption("-s, --stack <name>", "the stack", parse);
}

/** One that runs a command of Pulumi's, and passes on what may be told to that. */
export function pulumiCommand(program: Command, name: string, description: string): Command {
  const command = deployedStackCommand(program, name, description);
  for (const option of passedOnOptions()) command.addOption(option);
  return command.argument("[others...]").usage("--stack <name> [options]").allowUnknownOption();
}

/**
 * Has a command do what it does, with the words for Pulumi.
 * @param act loads what it needs
 */
export function acts<O extends object>(
  command: Command,
  run: Run,
  act: (options: O, pulumiArgs: readonly string[]) => Promise<number>,
): void {
  command.action((others: string[], options: O & Readonly<Record<string, unknown>>) =>
    run(async () => {
      const known = command.options.flatMap(({ long }) => long ?? []);
      assertNothingElse(others, command.name(), known);
      return act(options, passedOn(options));
    }),
  );
}
