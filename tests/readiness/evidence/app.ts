/** A service's repository made for a test, and what the command says about it. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { vi } from "vitest";
import { collect } from "../../../readiness/evidence/collect.ts";
import type { CollectOptions, RunOptions } from "../../../readiness/evidence/options.ts";
import { runAndCollect } from "../../../readiness/evidence/run.ts";
import { fixtures } from "../project.ts";

/** Long before any file of a test is written. */
const committed = "2026-01-02T03:04:05Z";

export class App {
  readonly folder = mkdtempSync(join(tmpdir(), "app-"));

  constructor(
    files: Readonly<Record<string, string>> = { "examples/app/src/a.ts": "", ".gitignore": "out/\n" },
  ) {
    this.git("init", "-q");
    for (const [path, text] of Object.entries(files)) this.write(path, text);
    this.commit();
  }

  git(...args: readonly string[]): string {
    const env = { ...process.env, GIT_AUTHOR_DATE: committed, GIT_COMMITTER_DATE: committed };
    const as = ["-c", "user.email=Amara.Okafor@example.com", "-c", "user.name=Amara"];
    return execFileSync("git", [...as, ...args], { cwd: this.folder, env, encoding: "utf8" }).trim();
  }

  commit(): string {
    this.git("add", "-A");
    this.git("commit", "-q", "-m", "Change");
    return this.git("rev-parse", "HEAD");
  }

  write(path: string, content: string | Uint8Array): string {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  }

  /** What is the same in all options: evidence goes to `out/`, which git ignores. */
  options() {
    const [source, out] = [this.folder, join(this.folder, "out/evidence")];
    return { service: "portal", source, out, schema: [] } as const;
  }

  collect(options: Partial<CollectOptions>, clock: () => Date): Promise<Said> {
    const all = { format: [], exitCode: [], shard: [], files: [], ...this.options(), ...options };
    return said(() => collect(all, fixtures, clock));
  }

  run(options: Partial<RunOptions>, clock: () => Date): Promise<Said> {
    const all = { command: [], file: [], ...this.options(), ...options };
    return said(() => runAndCollect(all, fixtures, clock));
  }
}

export interface Said {
  readonly status: number;
  readonly lines: readonly string[];
}

async function said(command: () => Promise<number>): Promise<Said> {
  let text = "";
  const write = vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    text += String(chunk);
    return true;
  });
  try {
    const status = await command();
    return { status, lines: stripVTControlCharacters(text).trimEnd().split("\n") };
  } finally {
    write.mockRestore();
  }
}
