/** The files that a verdict stands on, with their digests. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { releaseFile } from "../../proofs/release-file.ts";
import type { StackReport } from "../../report.ts";
import type { KeptFile, Subject } from "../log/entry.ts";

export function keptFile(projectDir: string, path: string): KeptFile {
  const sha256 = createHash("sha256")
    .update(readFileSync(join(projectDir, path)))
    .digest("hex");
  return { path, sha256 };
}

/** The release, its sign-offs, and what was handed in for its commits or, of drills, for the stack itself. */
export function proofFiles(projectDir: string, report: StackReport, subject: Subject): readonly KeptFile[] {
  const commits = [subject.commit, ...Object.values(subject.services).map(({ commit }) => commit)];
  const handedIn = statements(projectDir).filter((path) => {
    const [, , commit = "", name = ""] = path.split("/");
    return commits.includes(commit) || name.startsWith("INC-");
  });
  const signed = report.findings
    .flatMap(({ source }) => source?.file ?? [])
    .filter((f) => f.endsWith(".json"));
  const release = [releaseFile(report.stack)].filter((path) => existsSync(join(projectDir, path)));
  return [...new Set([...release, ...signed, ...handedIn])].map((path) => keptFile(projectDir, path));
}

/** Every `evidence/<service>/<commit>/<statement>.json`. */
function statements(projectDir: string): readonly string[] {
  const folder = join(projectDir, "evidence");
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => join("evidence", path))
    .filter((path) => /^evidence\/[^/]+\/[^/]+\/[^/]+\.json$/.test(path))
    .sort();
}

/** Every file of a folder, as far as it is there. */
export function filesIn(projectDir: string, folder: string): readonly KeptFile[] {
  if (!existsSync(join(projectDir, folder))) return [];
  return readdirSync(join(projectDir, folder))
    .filter((name) => !name.startsWith("."))
    .sort()
    .map((name) => keptFile(projectDir, join(folder, name)));
}
