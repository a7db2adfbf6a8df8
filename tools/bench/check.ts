/** `npm run check` from a cold start, without npm. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { watch } from "./process-tree.ts";
import { checkCommand } from "./workspace.ts";

export type CheckFigures = {
  readonly ms: number;
  /** Peak memory. */
  readonly mb: number;
};

/** @returns what checks the project in `folder` */
export function checker(folder: string, ...options: readonly string[]): () => Promise<CheckFigures> {
  const command = [...checkCommand(), ...options];
  return async () => {
    const { ms, status, output, peakMb } = await watch(command, { cwd: folder }, { mb: () => true });
    // 2 is a config that cannot be used; any other status is a verdict.
    if (status === null || status === 2) throw new Error(`the check gave no verdict:\n${output}`);
    return { ms, ...peakMb };
  };
}

/** @returns what runs the program of the project in `folder` against Pulumi's mocks */
export function mockRunner(folder: string, stack: string): () => Promise<CheckFigures> {
  const command = [process.execPath, join(import.meta.dirname, "mocked.ts"), folder, stack];
  return async () => {
    const { ms, status, output, peakMb } = await watch(command, { cwd: folder }, { mb: () => true });
    if (status !== 0) throw new Error(`the program failed with mocks:\n${output}`);
    return { ms, ...peakMb };
  };
}

/** The same of the stack `prod`; it counts the resources too. */
export function prodChecker(folder: string): () => Promise<CheckFigures & { readonly resources: number }> {
  const out = join(folder, "report.json");
  const check = checker(folder, "--stack", "prod", "--format", "json", "--out", out);
  return async () => {
    const figures = await check();
    const { stacks } = JSON.parse(readFileSync(out, "utf8")) as Report;
    const counts = stacks.flatMap(({ resources }) => Object.values(resources));
    return { ...figures, resources: counts.reduce((sum, count) => sum + count, 0) };
  };
}

interface Report {
  readonly stacks: readonly { readonly resources: Readonly<Record<string, number>> }[];
}
