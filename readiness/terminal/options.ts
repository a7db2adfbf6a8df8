/** What options of several commands have in common. */
import { InvalidArgumentError } from "commander";
import { UsageError } from "../errors.ts";

/** Carries a command out and makes its status the process's. */
export type Run = (command: () => Promise<number>) => Promise<void>;

/** @throws InvalidArgumentError */
export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("It must be a whole number.");
  return Number(text);
}

/** For an option that may be repeated. */
export function repeated(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

/** For an option that may not: commander takes the last of several values and says nothing. */
export function once(option: string) {
  return (value: string, earlier: string | undefined): string => {
    if (earlier !== undefined) throw new UsageError(`${option} can be given once`);
    return value;
  };
}
