/**
 * `--reporter=json` of Biome: crates/biome_cli/src/reporter/json.rs. What its options left out, and what comments
 * suppress, leaves no trace in it.
 */
import { z } from "zod";
import { readShape } from "../../json.ts";
import type { Format, RawFile, Reading, Unreadable } from "../../reading.ts";
import { count } from "../values.ts";
import { linted } from "./findings.ts";

const schema = z.looseObject({
  summary: z.looseObject({
    changed: count,
    unchanged: count,
    errors: count,
    warnings: count,
    diagnosticsNotPrinted: count,
  }),
  diagnostics: z.array(
    z.looseObject({ severity: z.enum(["hint", "information", "info", "warning", "error", "fatal"]) }),
  ),
  command: z.string(),
});

/** Those that lint; `format` does not. */
const linting: readonly string[] = ["lint", "check", "ci"];

export const biomeJson: Format = {
  name: "biome-json",
  kind: "lint",
  made: "biome lint --reporter=json --reporter-file=FILE",
  read,
};

function read({ bytes }: RawFile): Reading | Unreadable {
  const shape = readShape(bytes, schema);
  if ("problem" in shape) return shape;
  const { summary, diagnostics, command } = shape.value;
  if (!linting.includes(command)) {
    return { problem: `it is of \`biome ${command.slice(0, 20)}\`, must be of ${linting.join(", ")}` };
  }
  const listed = (...severities: readonly string[]) =>
    diagnostics.filter(({ severity }) => severities.includes(severity)).length;
  const said = { errors: summary.errors, warnings: summary.warnings };
  const found = { errors: listed("error", "fatal"), warnings: listed("warning") };
  for (const which of ["errors", "warnings"] as const) {
    const hidden = said[which] - found[which];
    if (hidden >= 0 && hidden <= summary.diagnosticsNotPrinted) continue;
    return { problem: `it contradicts itself: summary.${which} is ${said[which]}, it lists ${found[which]}` };
  }
  const measure = linted({ files: summary.changed + summary.unchanged, ...said, suppressed: null });
  if ("problem" in measure) return measure;
  return { tool: "biome", version: null, startedAt: null, finishedAt: null, commit: null, measure };
}
