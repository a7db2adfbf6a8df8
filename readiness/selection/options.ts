/** The options by which `check` asks for less than the whole; what they mean is loaded when one is given. */
import { type Command, Option } from "commander";
import { UsageError } from "../errors.ts";
import { once, repeated } from "../terminal/options.ts";
import type { Asked, AskedOptions } from "./asked.ts";
import type { Terms } from "./baseline.ts";

export interface SelectionOptions extends AskedOptions {
  readonly baseline?: string;
  readonly accept?: boolean;
  readonly expires?: string;
  readonly reason?: string;
}

/** What is asked, and on which terms what is open is accepted first. */
export interface Selected {
  readonly asked: Asked;
  readonly accepting: Terms | undefined;
}

export function addSelection(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--judge <what>",
        "all, or existing: whether what is there is right, and nothing of what would have to be",
      )
        .choices(["all", "existing"])
        .default("all"),
    )
    .addOption(
      new Option(
        "--section <name>",
        "ask for a section of the checklist alone; repeat for several",
      ).argParser((name: string, before: readonly string[] | undefined) => repeated(name, before ?? [])),
    )
    .addOption(
      new Option("--rule <id>", "ask for a rule, or an item, alone; repeat for several").argParser(
        (name: string, before: readonly string[] | undefined) => repeated(name, before ?? []),
      ),
    )
    .addOption(
      new Option("--min-severity <severity>", "ask for findings that are at least as severe").choices([
        "error",
        "warning",
        "note",
      ]),
    )
    .addOption(
      new Option("--baseline <file>", "take the findings that a file accepts for known").argParser(
        once("--baseline"),
      ),
    )
    .addOption(new Option("--accept", "write what is open now into the baseline first"))
    .addOption(
      new Option("--expires <date>", "last day of what --accept accepts (default: in 90 days)").argParser(
        once("--expires"),
      ),
    )
    .addOption(new Option("--reason <text>", "why --accept accepts it").argParser(once("--reason")));
}

/** @throws UsageError for what a table of many stacks has no place for */
export function refuseForMany(options: SelectionOptions): void {
  const names = ["section", "rule", "minSeverity", "baseline", "accept", "expires", "reason"] as const;
  const given = names.find((name) => options[name] !== undefined);
  if (given === undefined) return;
  const option = given === "minSeverity" ? "min-severity" : given;
  throw new UsageError(`--${option} is of one stack: give its state as a file`);
}

/**
 * Nothing where the whole is asked.
 * @throws UsageError where an option cannot be carried out; ProjectFileError for a baseline that cannot be used
 */
export async function selected(options: SelectionOptions, now = new Date()): Promise<Selected | undefined> {
  const { judge = "all", section, rule, minSeverity, baseline: file, accept, expires, reason } = options;
  if (!accept && (expires !== undefined || reason !== undefined)) {
    throw new UsageError(`--${expires === undefined ? "reason" : "expires"} is for --accept`);
  }
  if (accept && file === undefined) {
    throw new UsageError("--accept writes a baseline: name its file with --baseline");
  }
  if (judge === "all" && !section && !rule && minSeverity === undefined && file === undefined) {
    return undefined;
  }
  const [{ askedOf }, { expiryOf, readBaseline }] = await Promise.all([
    import("./asked.ts"),
    import("./baseline-file.ts"),
  ]);
  const terms = accept
    ? { today: now.toISOString().slice(0, 10), expires: expiryOf(expires, now), reason }
    : undefined;
  const baseline =
    file === undefined ? undefined : readBaseline(file, accept ? { file, entries: [] } : undefined);
  return { asked: askedOf({ judge, ...options }, baseline), accepting: terms };
}
