/** The project's own files, for tests about the code itself. */
import { execFileSync } from "node:child_process";
import { resolve } from "node:path";

export const projectDir = resolve(import.meta.dirname, "../..");

/** Every file that git knows or would take, as paths from the project's folder. */
export function trackedFiles(): readonly string[] {
  const args = ["ls-files", "--cached", "--others", "--exclude-standard"];
  const listed = execFileSync("git", args, { cwd: projectDir, encoding: "utf8" });
  return listed.split("\n").filter((file) => file !== "");
}
