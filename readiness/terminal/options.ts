/** What options of several commands have in common. */
import { existsSync, readFileSync } from "node:fs";
import { InvalidArgumentError } from "commander";
import { UsageError } from "../errors.ts";

/** Carries a command out and makes its status the process's. */
export type Run = (command: () => Promise<number>) => Promise<void>;

/** @throws InvalidArgumentError */
export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("It must be a whole number.");
  return Number(text);
}

/**
 * An address on the web that nothing in Markdown takes for its own.
 * @throws InvalidArgumentError
 */
export function webAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new InvalidArgumentError("It must be an address on the web.");
  return url.href.replace(/[()[\]<>|\\]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
}

/** For an option that may be repeated. */
export function repeated(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

/**
 * A stack's own name in one as Pulumi takes it: `prod`, `organization/prod` or `organization/project/prod`.
 * @throws UsageError where it is of another project
 */
export function stackName(value: string): string {
  const [, project, stack = value] = /^[^/]+\/(?:([^/]+)\/)?([^/]+)$/.exec(value) ?? [];
  // Read with no library: this is loaded with every command.
  const file = project === undefined || !existsSync("Pulumi.yaml") ? "" : readFileSync("Pulumi.yaml", "utf8");
  const [, own = project] = /^name:\s*["']?([\w.-]+)/m.exec(file) ?? [];
  if (own === project) return stack;
  throw new UsageError(`${value} is a stack of the project "${project}", and this one is "${own}"`);
}

/** For an option that may not: commander takes the last of several values and says nothing. */
export function once(option: string) {
  return (value: string, earlier: string | undefined): string => {
    if (earlier !== undefined) throw new UsageError(`${option} can be given once`);
    return value;
  };
}
