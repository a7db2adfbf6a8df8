/** What linters found, as every format of theirs counts it. */
import type { LintMeasure, Unreadable } from "../../reading.ts";

export function linted(measure: Omit<LintMeasure, "kind">): LintMeasure | Unreadable {
  if (measure.files === 0) {
    return {
      problem:
        "no file was looked at: check the paths and what is ignored, at least one file has to be linted",
    };
  }
  return { kind: "lint", ...measure };
}
