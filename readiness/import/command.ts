/** `import` on the command line; what it does is loaded when it is called. */
import { type Command, Option } from "commander";
import { once, type Run } from "../terminal/options.ts";
import type { ImportOptions } from "./import.ts";

export function addImport(program: Command, run: Run): void {
  program
    .command("import")
    .description(
      "Read accounts of PagerDuty and Datadog, with keys that may read alone, as a state for the others",
    )
    .option(
      "--pagerduty",
      "people, schedules, escalation policies, services, maintenance; PAGERDUTY_TOKEN",
      false,
    )
    .option("--datadog", "monitors, objectives, checks, downtimes; DD_API_KEY, DD_APP_KEY and DD_SITE", false)
    .addOption(
      new Option("--out <file>", "write the state to a file instead of standard output").argParser(
        once("--out"),
      ),
    )
    .option("--stack <name>", "name of the stack that the state says it is of", "live")
    .action((options: ImportOptions) =>
      run(async () => (await import("./import.ts")).importAccounts(options, process.env, new Date())),
    );
}
