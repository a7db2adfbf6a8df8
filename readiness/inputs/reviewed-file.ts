/** What a team has reviewed itself, from `reviewed.yaml`. */
import type { TeamRow } from "../../policies/closed-world/review.ts";
import { reviewedFile, reviewedSchema, rowProblems } from "../../policies/closed-world/team-file.ts";
import { textIfThere } from "./if-there.ts";
import { checkFile, usable } from "./project-file.ts";

/**
 * The rows; none where there is no file.
 * @throws ProjectFileError with everything that is wrong with it
 */
export function reviewedRows(projectDir: string): readonly TeamRow[] {
  const text = textIfThere(projectDir, reviewedFile);
  if (text === undefined) return [];
  return usable(reviewedFile, checkFile(reviewedFile, text, reviewedSchema, rowProblems)).reviewed;
}
