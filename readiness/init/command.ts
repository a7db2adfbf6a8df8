/** `init` on the command line; what it does is loaded when it is called. */
import { type Command, Option } from "commander";
import { once, type Run, repeated } from "../terminal/options.ts";
import type { InitOptions } from "./init.ts";
import { flagOf } from "./question.ts";
import { questions } from "./questions.ts";

export function addInit(program: Command, run: Run): void {
  const command = program
    .command("init")
    .description("Begin a project: look at the app, ask what has to be known, write the stack files")
    .option("--yes", "take what is proposed, and ask nothing", false)
    .option("--from <file>", "answers in YAML, by the flags' names in camel case", once("--from"))
    .option("--out <folder>", "where the project is to be", ".")
    .option(
      "--overwrite <file>",
      "write this file though another is there (repeatable)",
      (path: string, before: readonly string[]) => repeated(path, before),
      [],
    )
    .option(
      "--dry-run",
      "write nothing: say what would be written, what it costs and how ready it is",
      false,
    );
  for (const question of questions) {
    const { ask, choices, example, list } = question;
    const flag = flagOf(question);
    const value = choices ? choices.join("|") : "answer";
    const option = new Option(`${flag} <${value}>`, choices ? ask : `${ask} Such as ${example}`);
    command.addOption(
      list
        ? option.argParser((given: string, before?: readonly string[]) => repeated(given, before ?? []))
        : option.argParser(once(flag)),
    );
  }
  command.action((options: InitOptions) =>
    run(async () => {
      const { init } = await import("./init.ts");
      return init(
        options,
        process.cwd(),
        new Date(),
        process.stdin.isTTY === true && process.stdout.isTTY === true,
      );
    }),
  );
}
