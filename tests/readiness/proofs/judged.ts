/** What `check` makes of a project that is ready, and of one whose proofs were changed: test equipment. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { Finding } from "../../../model/finding.ts";
import { evaluate } from "../../../policies/evaluate.ts";
import { rules } from "../../../policies/rules.ts";
import { currentCommit } from "../../../readiness/inputs/commit.ts";
import { type DeclaredStack, declaredStack } from "../../../readiness/inputs/declared-stack.ts";
import { costFindings } from "../../../readiness/proofs/cost.ts";
import { gather } from "../../../readiness/proofs/gather.ts";
import { type StackReport, stackReport } from "../../../readiness/report.ts";
import { type ReadyProject, stack } from "./ready-project.ts";

export class Judgement {
  readonly #folder: string;
  readonly #now: Date;
  readonly #declared: DeclaredStack;
  readonly #policy: readonly Finding[];

  private constructor(folder: string, now: Date, declared: DeclaredStack) {
    this.#folder = folder;
    this.#now = now;
    this.#declared = declared;
    this.#policy = [...evaluate(rules, declared.stack, now), ...costFindings(declared.stack, declared.spec)];
  }

  static async of({ folder }: ReadyProject, now: Date): Promise<Judgement> {
    return new Judgement(folder, now, await declaredStack(folder, stack));
  }

  /** Without running the project's program again. */
  async now(at = this.#now, purpose: "release" | "update" = "update"): Promise<StackReport> {
    const commit = await currentCommit(this.#folder);
    const policy = this.#policy;
    const asked = { projectDir: this.#folder, commit, purpose, now: at, policy, ...this.#declared };
    const proofs = await gather(asked);
    const { findings, warnings } = proofs;
    return stackReport(this.#declared.stack, findings, commit, warnings, purpose, undefined, proofs);
  }

  /** With files changed, which are put back. */
  async with(files: readonly string[], spoil: (file: string) => void): Promise<StackReport> {
    const before = files.map((file) => [file, readFileSync(file)] as const);
    expect(before).not.toEqual([]);
    for (const file of files) spoil(file);
    try {
      return await this.now();
    } finally {
      for (const [file, bytes] of before) writeFileSync(file, bytes);
    }
  }

  /** Statements of an item, or sign-offs. */
  filesOf(item: string): readonly string[] {
    return ["evidence", "releases"]
      .flatMap((name) => filesIn(join(this.#folder, name)))
      .filter((file) => file.split("/").at(-1)?.startsWith(`${item}.`) && file.endsWith(".json"));
  }
}

/** Items that are required and not proven. */
export function open({ checklist }: StackReport): readonly string[] {
  return checklist.filter((i) => i.required && i.standing !== "proven").map(({ id }) => id);
}

/** Every file below a folder. */
function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
