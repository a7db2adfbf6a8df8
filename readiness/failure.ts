/** How what went wrong with a command is told on standard error, and its exit status. */
import { inspect } from "node:util";
import { CommanderError } from "commander";
import { harmless } from "../model/harmless.ts";
import { describe, located, refusal, UsageError } from "./errors.ts";
import { exitStatus } from "./exit-status.ts";

export interface Failure {
  /** Nothing where help was asked for, which is printed by then. */
  readonly text: string;
  readonly status: number;
}

/** @param hint what may be the reason where the command line itself is wrong */
export function failureOf(error: unknown, hint = ""): Failure {
  if (error instanceof CommanderError) {
    const status = error.exitCode === 0 ? exitStatus.go : exitStatus.unusable;
    if (error.code.startsWith("commander.help")) return { text: "", status };
    const said = harmless(error.message).replace(/\s+/g, " ");
    return { text: `${hint ? `${said.replace(/\.$/, "")}; ${hint}` : said}\n`, status };
  }
  if (error instanceof UsageError) {
    return { text: `error: ${describe(error).replaceAll("\n", " ")}\n`, status: exitStatus.unusable };
  }
  const details = process.env["DEBUG"] ? [inspect(error)] : [];
  const refused = refusal(error);
  if (refused !== undefined) {
    const lines = [`error: ${harmless(refused).replace(/\s+/g, " ")}`, ...details];
    return { text: `${lines.join("\n")}\n`, status: exitStatus.unusable };
  }
  const lines = [
    `internal error: ${harmless(located(error))}`,
    "If this is a fault of the tool, please report it with what DEBUG=1 adds to this message.",
    ...details,
  ];
  return { text: `${lines.join("\n")}\n`, status: exitStatus.undetermined };
}
