/** `check` on the command line; what it does is loaded when it is called. */
import { statSync } from "node:fs";
import { type Command, Option } from "commander";
import { type Purpose, purposes } from "../../model/checklist/checklist.ts";
import { didYouMean } from "../../model/suggest.ts";
import { UsageError } from "../errors.ts";
import { addSelection, refuseForMany, type SelectionOptions } from "../selection/options.ts";
import { once, type Run, repeated, stackName } from "../terminal/options.ts";
import type { CheckOptions } from "./check.ts";
import { type OutputFormat, type OutputOption, outputFormats, pairOutputs } from "./destinations.ts";

interface Asked extends SelectionOptions {
  readonly for: Purpose | undefined;
  readonly backend: string | undefined;
}

export function addCheck(program: Command, run: Run): void {
  /** In the order in which they stand. */
  const outputOptions: OutputOption[] = [];
  const check = program
    .command("check")
    .description("Evaluate stacks offline, as they are declared or deployed, and report GO or NO-GO")
    .addOption(
      new Option("--stack <name>", "stack to check; repeat for several (default: staging)")
        .argParser((name: string, before: readonly string[]) => repeated(stackName(name), before))
        .default([], "staging"),
    )
    .addOption(
      new Option("--all", "check every stack that has a stack file").default(false).conflicts("stack"),
    )
    .addOption(
      new Option(
        "--state <file>",
        "check what is deployed, as `pulumi stack export` tells it; - for stdin, a folder for many stacks; repeat to judge it with other stacks",
      )
        .argParser(repeated)
        .default([], "what is declared")
        .conflicts("all"),
    )
    .addOption(
      new Option("--backend <address>", "check all stacks of a backend: s3://<bucket>, file://<folder>")
        .argParser(once("--backend"))
        .conflicts(["all", "state"]),
    )
    .addOption(
      new Option(
        "--since <file>",
        "say what became better and worse since another report, of --format json",
      ).argParser(once("--since")),
    )
    .addOption(
      new Option("--format <format>", "format of the report; repeat for several, each with its --out")
        .choices(outputFormats)
        .argParser((name: string) => outputOptions.push({ format: parseFormat(name) }))
        .default("text"),
    )
    .addOption(
      new Option("--out <file>", "write the report to a file instead of standard output").argParser(
        (out: string) => outputOptions.push({ out }),
      ),
    )
    .option("--quiet", "say the verdict and what is open alone, in the text report", false)
    .option("--conditional", "take CONDITIONAL for GO: whatever is open is waived", false)
    .addOption(
      new Option(
        "--for <purpose>",
        "what the verdict is asked for: a change of the code, a release, or an update",
      )
        .choices(purposes)
        .default(undefined, "release; of many stacks change"),
    )
    .action(({ for: purpose, backend, ...asked }: Omit<CheckOptions, "outputs" | "purpose"> & Asked) =>
      run(async () => {
        const outputs = pairOutputs(outputOptions);
        const folder = asked.state.find(isFolder);
        if (backend !== undefined || folder !== undefined) {
          refuseForMany(asked);
          const { stacks } = await import("../stacks/stacks.ts");
          return stacks({ ...asked, backend, purpose, outputs }, process.cwd());
        }
        const [{ check }, { selected }] = await Promise.all([
          import("./check.ts"),
          import("../selection/options.ts"),
        ]);
        const options = { ...asked, purpose: purpose ?? "release", outputs, selected: await selected(asked) };
        return check(options, process.cwd());
      }),
    );
  addSelection(check);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** commander's own check of choices suggests nothing. */
function parseFormat(name: string): OutputFormat {
  const format = outputFormats.find((f) => f === name);
  if (format) return format;
  const hint = didYouMean(name, outputFormats) || ".";
  throw new UsageError(`there is no format "${name}"${hint} The formats are ${outputFormats.join(", ")}.`);
}
