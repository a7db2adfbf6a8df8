/** `signoff` on the command line; what it does is loaded when it is called. */
import { type Command, Option } from "commander";
import { signOffItems } from "../../model/checklist/sign-offs.ts";
import { didYouMean } from "../../model/suggest.ts";
import { UsageError } from "../errors.ts";
import { decisions } from "../proofs/sign-offs/payload.ts";
import { stackCommand } from "../pulumi/command.ts";
import { once, type Run } from "../terminal/options.ts";
import type { SignOffOptions } from "./signoff.ts";

export function addSignOff(program: Command, run: Run): void {
  stackCommand(program, "signoff", "Sign an item of the checklist that a person's word proves")
    .addOption(
      new Option("--item <id>", "the item, such as GO-01")
        .argParser((id: string) => parseItem(id))
        .makeOptionMandatory(),
    )
    .requiredOption("--person <id>", "who signs, as in the stack's config", once("--person"))
    .requiredOption(
      "--key <file>",
      "their private SSH key, or the public one of a key in an agent",
      once("--key"),
    )
    .addOption(new Option("--decision <decision>", "what they say").choices(decisions).default("go"))
    .action((options: SignOffOptions) =>
      run(async () => (await import("./signoff.ts")).signOff(options, process.cwd(), new Date())),
    );
}

function parseItem(id: string) {
  const item = signOffItems.find((known) => known === id.toUpperCase());
  if (item) return item;
  const hint = didYouMean(id, signOffItems) || ".";
  throw new UsageError(`no sign-off proves "${id}"${hint} The items are ${signOffItems.join(", ")}.`);
}
