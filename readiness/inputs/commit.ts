/** The commit that a report speaks of. */
import { execFile } from "node:child_process";
import { gitEnvironment } from "./git.ts";

/** The full id of the checked-out commit, or why there is none. */
export type Commit =
  | { readonly id: string; readonly reason: null }
  | { readonly id: null; readonly reason: string };

/** The commit checked out in `directory`; never fails. */
export function currentCommit(directory: string): Promise<Commit> {
  return new Promise((resolve) => {
    const options = { cwd: directory, env: gitEnvironment() };
    execFile("git", ["rev-parse", "--verify", "HEAD"], options, (error, stdout) => {
      if (!error) resolve({ id: stdout.trim(), reason: null });
      else if (error.code === "ENOENT") resolve({ id: null, reason: "git is not installed" });
      else resolve({ id: null, reason: "not a git repository, or one without a commit" });
    });
  });
}
