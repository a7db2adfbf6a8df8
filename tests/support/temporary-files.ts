/** Tests leave their files where they are; all of them are in one folder, which goes when the run ends. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

export default function setup({ config }: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), "tests-"));
  config.env["TMPDIR"] = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
