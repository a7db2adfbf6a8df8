/** `cost`: what a stack costs a month. */
import { exitStatus } from "../exit-status.ts";
import { declaredStack } from "../inputs/declared-stack.ts";
import { jsonText } from "../terminal/json-text.ts";
import { assertOutput, writeWhole } from "../terminal/out-file.ts";
import { pageOf } from "../terminal/page.ts";
import { costOfStack } from "./cost.ts";
import { needsOf } from "./needs.ts";
import { costText } from "./text.ts";

export interface CostOptions {
  readonly stack: string;
  readonly format: "text" | "json";
  /** File for the report; standard output where absent. */
  readonly out?: string;
}

export const costSchemaVersion = "1.1";

/**
 * @param projectDir folder of `Pulumi.yaml`
 * @returns 0
 * @throws UsageError, ConfigError, ProgramError where the stack cannot be used
 */
export async function cost({ stack, format, out }: CostOptions, projectDir: string): Promise<number> {
  if (out !== undefined) assertOutput(out);
  const declared = await declaredStack(projectDir, stack);
  const found = costOfStack(declared.stack, declared.spec);
  const needs = needsOf(declared.stack, declared.spec.plans);
  const { paint } = pageOf(out === undefined ? process.stdout : undefined);
  const text =
    format === "json"
      ? jsonText({ schemaVersion: costSchemaVersion, stack, ...found, needs })
      : costText(stack, found, needs, paint);
  if (out === undefined) process.stdout.write(text);
  else writeWhole(out, text);
  return exitStatus.go;
}
