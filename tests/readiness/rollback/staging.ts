/** Staging, its Vercel and its site, none of them real: what a rollback is tried on. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { RollbackOptions } from "../../../readiness/rollback/options.ts";
import type { Pace } from "../../../readiness/rollback/pace.ts";
import { rollback } from "../../../readiness/rollback/rollback.ts";
import { inProcess } from "../in-process.ts";
import { makeProject, NODE_COMPILE_CACHE, PATH, type Run } from "../project.ts";
import { FakeVercel, type Script } from "./fake-vercel.ts";
import { quick, quickPace } from "./quick.ts";

export class Staging {
  readonly cwd = makeProject("");
  vercel = new FakeVercel();

  dispose(): void {
    this.vercel.stop();
    rmSync(this.cwd, { recursive: true });
  }

  /** In this process. */
  async again(options: Partial<RollbackOptions> = {}, pace: Partial<Pace> = {}): Promise<Run> {
    const all = { ...quick, url: this.vercel.url, ...options };
    return inProcess(() => rollback(all, this.cwd, { ...quickPace, ...pace }), this.vercel.env);
  }

  async against(
    script: Script,
    options: Partial<RollbackOptions> = {},
    pace: Partial<Pace> = {},
  ): Promise<Run> {
    this.vercel = await new FakeVercel(script).start();
    return this.again(options, pace);
  }

  /** As a process of its own. */
  start(): { child: ChildProcess; ended: Promise<unknown> } {
    const env = { PATH, NODE_COMPILE_CACHE, ...this.vercel.env };
    const child = spawn(process.execPath, [join(import.meta.dirname, "quickly.ts"), this.vercel.url], {
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
