/** What the tests of the command line have in common. */
import { rmSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, onTestFinished } from "vitest";
import schema from "../../../readiness/report.schema.json" with { type: "json" };
import type { Report } from "../../../readiness/report.ts";
import { makeProject, type Run } from "../project.ts";

const valid = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);

/** A line of a stack trace. */
export const trace = /^\s+at .+:\d+/m;

/** A program that declares nothing, so that every rule fails, and quickly. */
export const declaresNothing = "console.log('hello from the program');\n";

/** A project of one test. */
export function temporary(program?: string): string {
  const folder = makeProject(program);
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** A JSON report that is valid, from standard output alone. */
export function reportIn({ stdout }: Pick<Run, "stdout">): Report {
  const document = JSON.parse(stdout);
  valid(document);
  expect(valid.errors).toBeNull();
  return document;
}
