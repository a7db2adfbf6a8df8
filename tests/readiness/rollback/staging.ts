/** Staging, its Vercel and its site, none of them real: what a rollback is tried on. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { RollbackOptions } from "../../../readiness/rollback/options.ts";
import { rollback } from "../../../readiness/rollback/rollback.ts";
import { inProcess } from "../in-process.ts";
import { makeProject, NODE_COMPILE_CACHE, PATH, project, type Run } from "../project.ts";
import { FakeVercel, type Script } from "./fake-vercel.ts";
import { quick } from "./quick.ts";

export class Staging {
  readonly cwd = makeProject("");
  vercel = new FakeVercel();

  dispose(): void {
    this.vercel.stop();
    rmSync(this.cwd, { recursive: true });
  }

  /** In this process. */
  async again(options: Partial<RollbackOptions> = {}): Promise<Run> {
    const all = { ...quick, url: this.vercel.url, ...options };
    return inProcess(() => rollback(all, this.cwd), this.vercel.env);
  }

  async against(script: Script, options: Partial<RollbackOptions> = {}): Promise<Run> {
    this.vercel = await new FakeVercel(script).start();
    return this.again(options);
  }

  /** As a process of its own. */
  start(): { child: ChildProcess; ended: Promise<unknown> } {
    const args = [
      "rollback",
      "--stack",
      "staging",
      "--url",
      this.vercel.url,
      "--yes",
      "--answers",
      "2",
      "--pause-seconds",
      "0",
    ];
    const env = { PATH, NODE_COMPILE_CACHE, ...this.vercel.env };
    const child = spawn(process.execPath, [join(project, "readiness/cli.ts"), ...args], {
      cwd: this.cwd,
      env,
      stdio: "ignore",
    });
    return { child, ended: once(child, "close") };
  }

  /** What has been done so far, as it stands on disk. */
  get journal() {
    return JSON.parse(readFileSync(join(this.cwd, "rollbacks/staging/portal.json"), "utf8"));
  }
}
