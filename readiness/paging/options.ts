/** Options of the commands that ask who is told. */
import { type Command, Option } from "commander";
import { once, stackName } from "../terminal/options.ts";

/** What `--at` is. */
export const atMeaning = "moment such as 2027-03-28T02:30, on the clocks of the schedules (default: now)";

export function stackOption(): Option {
  return new Option("--stack <name>", "the stack").argParser(stackName).default("prod");
}

export interface WithState {
  /** A state to ask in the place of what is declared. */
  readonly state?: string;
}

export function stateOption(): Option {
  return new Option(
    "--state <file>",
    "ask anybody's PagerDuty and Datadog resources, as `pulumi stack export` or `import` tells them; - for stdin",
  ).argParser(once("--state"));
}

/** The stack that somebody has named, and not the one that is taken otherwise. */
export function namedStack(command: Command): string | undefined {
  return command.getOptionValueSource("stack") === "cli"
    ? command.opts<{ stack: string }>().stack
    : undefined;
}
