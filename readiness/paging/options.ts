/** Options of the commands that ask who is told. */
import { Option } from "commander";
import { stackName } from "../terminal/options.ts";

/** What `--at` is. */
export const atMeaning = "moment such as 2027-03-28T02:30, on the clocks of the schedules (default: now)";

export function stackOption(): Option {
  return new Option("--stack <name>", "the stack").argParser(stackName).default("prod");
}
