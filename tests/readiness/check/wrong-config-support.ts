/** Breaks a stack file in one place, and tells what an engineer would be told. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { ConfigError } from "../../../model/config/stack-spec.ts";
import { loadStack } from "../../../readiness/inputs/stack-file.ts";
import { fixtures } from "../project.ts";

/** A folder with the given files, removed after the test. */
export function folder(files: Readonly<Record<string, string>>): string {
  const dir = mkdtempSync(join(tmpdir(), "stack-file-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  return dir;
}

/** What stands in place of a text of the fixtures' `Pulumi.prod.yaml`. */
export type Edit = readonly [text: string, replacement: string];

/** The fixtures' `Pulumi.prod.yaml` with each text replaced at its first place. */
export function edited(...edits: readonly Edit[]): string {
  return edits.reduce(
    (file, [text, replacement]) => {
      if (!file.includes(text)) throw new Error(`Pulumi.prod.yaml has no ${text}`);
      return file.replace(text, () => replacement);
    },
    readFileSync(join(fixtures, "Pulumi.prod.yaml"), "utf8"),
  );
}

/** The number of the line of a text in a file, counted from 1. */
export function lineOf(text: string, file: string): number {
  return file.slice(0, file.indexOf(text)).split("\n").length;
}

/** The error of loading a stack file with this content as stack `prod`. */
export function errorOf(file: string): ConfigError {
  return errorIn(folder({ "Pulumi.prod.yaml": file }), "prod");
}

/** The error of loading a stack; it must be one that an engineer can read. */
export function errorIn(dir: string, stack: string): ConfigError {
  try {
    loadStack(dir, stack);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error("the stack file was accepted");
}
