/** The commit that a report speaks of. */
import { execFile } from "node:child_process";
import { gitEnvironment } from "./git.ts";

/** The full id of the checked-out commit, or why there is none. */
export type Commit =
  | {
      readonly id: string;
      readonly reason: null;
      /** The first line of its message, and its time as ISO 8601; absent where they were not asked for. */
      readonly subject?: string;
      readonly time?: string;
    }
  | { readonly id: null; readonly reason: string };

const asked = ["log", "-1", "--no-show-signature", "--encoding=UTF-8", "--format=%H%n%cI%n%s", "HEAD"];

/** The commit checked out in `directory`; never fails. */
export function currentCommit(directory: string): Promise<Commit> {
  return new Promise((resolve) => {
    const options = { cwd: directory, env: gitEnvironment() };
    execFile("git", asked, options, (error, stdout) => {
      const [id = "", time = "", subject = ""] = stdout.trimEnd().split("\n");
      if (!error) resolve({ id, reason: null, subject, time });
      else if (error.code === "ENOENT") resolve({ id: null, reason: "git is not installed" });
      else resolve({ id: null, reason: "not a git repository, or one without a commit" });
    });
  });
}
