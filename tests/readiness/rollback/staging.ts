/** Staging, its Vercel and its site, none of them real: what a rollback is tried on. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { vi } from "vitest";
import { failureOf } from "../../../readiness/failure.ts";
import type { RollbackOptions } from "../../../readiness/rollback/options.ts";
import { rollback } from "../../../readiness/rollback/rollback.ts";
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
    const output = { stdout: "", stderr: "" };
    const catcher = (stream: "stdout" | "stderr") =>
      vi.spyOn(process[stream], "write").mockImplementation((text) => {
        output[stream] += text;
        return true;
      });
    const spies = [catcher("stdout"), catcher("stderr")];
    for (const [name, value] of Object.entries(this.vercel.env)) vi.stubEnv(name, value);
    try {
      const status = await rollback({ ...quick, url: this.vercel.url, ...options }, this.cwd);
      return { status, ...output };
    } catch (error) {
      const { text, status } = failureOf(error);
      return { status, stdout: output.stdout, stderr: output.stderr + text };
    } finally {
      for (const spy of spies) spy.mockRestore();
      vi.unstubAllEnvs();
    }
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
