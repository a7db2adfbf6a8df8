/** A preview by the real engine, of a stack that has nothing deployed. */
import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { watch } from "./process-tree.ts";
import { engineEnvironment, writeFiles } from "./workspace.ts";

export type PreviewFigures = {
  readonly ms: number;
  /** Peak memory of the processes that run program and pack. */
  readonly mb: number;
  /** Theirs and the CLI's. The language host and the providers are stand-ins and do not count. */
  readonly withCliMb: number;
};

export interface PreviewRun {
  /** Folder of `Pulumi.yaml`. */
  readonly project: string;
  readonly stack: string;
  readonly pack: string;
  /** For the engine's state, and for what ts-node compiles. */
  readonly folder: string;
  /** Whether ts-node finds what it compiled in an earlier run. It looks in the folder for temporary files. */
  readonly keepCache?: boolean;
}

/** Makes a stack. @returns what previews it */
export function previewer({
  project,
  stack,
  pack,
  folder,
  keepCache,
}: PreviewRun): () => Promise<PreviewFigures> {
  const env = engineEnvironment(folder);
  const select = spawnSync("pulumi", ["stack", "select", "--create", stack], {
    cwd: project,
    env,
    encoding: "utf8",
  });
  if (select.status !== 0) throw new Error(`no stack could be made in ${project}:\n${select.stderr}`);
  // Like AWSGuard's template: findings are reported and fail nothing.
  const config = join(writeFiles(folder, { "pack.json": '{"all": "advisory"}' }), "pack.json");
  const policy = ["--policy-pack", pack, "--policy-pack-config", config];
  const command = ["pulumi", "preview", "--non-interactive", "--stack", stack, ...policy];
  const kept = mkdtempSync(join(folder, "tmp-"));
  return async () => {
    const TMPDIR = keepCache ? kept : mkdtempSync(join(folder, "tmp-"));
    const { ms, status, output, peakMb } = await watch(
      command,
      { cwd: project, env: { ...env, TMPDIR } },
      groups,
    );
    if (status !== 0) throw new Error(`the preview in ${project} failed:\n${output.slice(-5000)}`);
    return { ms, ...peakMb };
  };
}

const groups = {
  mb: runsCode,
  withCliMb: (commandLine: string) => runsCode(commandLine) || commandLine.startsWith("pulumi "),
};

function runsCode(commandLine: string): boolean {
  return /@pulumi\/pulumi\/cmd\/run(-policy-pack)?\//.test(commandLine);
}
