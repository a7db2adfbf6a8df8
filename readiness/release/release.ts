/** `release`: writes or updates a stack's release from its services and the commit that is checked out. */
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { didYouMean } from "../../model/suggest.ts";
import { UsageError } from "../errors.ts";
import { exitStatus } from "../exit-status.ts";
import { currentCommit } from "../inputs/commit.ts";
import { authorsOf } from "../inputs/git.ts";
import { textIfThere } from "../inputs/if-there.ts";
import type { CheckedFile } from "../inputs/project-file.ts";
import { selectStacks } from "../inputs/selection.ts";
import { listStacks, loadStack } from "../inputs/stack-file.ts";
import { differences } from "../inputs/working-tree.ts";
import { digestOf } from "../proofs/canonical.ts";
import type { Release } from "../proofs/release.ts";
import { readRelease, releaseFile } from "../proofs/release-file.ts";
import { alone } from "../terminal/lock.ts";
import { writeWhole } from "../terminal/out-file.ts";
import { type Draft, draftText, readDraft } from "./draft.ts";

export interface ReleaseOptions {
  readonly stack: string;
  readonly service: readonly string[];
  readonly checkout: readonly string[];
  readonly deployed: readonly string[];
}

/**
 * Writes `releases/<stack>/release.yaml` and says what of it is left to fill in.
 * @returns 0 where nothing is, otherwise 1
 * @throws UsageError for a stack, service, commit or folder that is none
 */
export async function release(options: ReleaseOptions, projectDir: string): Promise<number> {
  const { file, value, issues } = await writeRelease(options, projectDir);
  process.stdout.write(`${file} is written.\n`);
  for (const { source, path: at, message } of issues) {
    process.stdout.write(`  ${source.file}:${source.line}: ${at}: ${message}\n`);
  }
  if (value) process.stdout.write(`Its digest is ${digestOf(value)}.\n`);
  return value ? exitStatus.go : exitStatus.noGo;
}

/** Writes it, and reads it again. */
export async function writeRelease(
  options: ReleaseOptions,
  projectDir: string,
): Promise<CheckedFile<Release> & { readonly file: string }> {
  selectStacks([options.stack], false, listStacks(projectDir));
  const { spec } = loadStack(projectDir, options.stack);
  const commit = await currentCommit(projectDir);
  if (commit.id === null) throw new UsageError(`a release is of a commit: ${commit.reason}`);
  const [first, ...others] = await differences(projectDir, commit.id);
  if (first !== undefined) {
    const more = others.length > 0 ? `, and ${others.length} more` : "";
    throw new UsageError(
      `a release is of a commit, and ${first.path} ${first.how}${more}: commit or remove it first`,
    );
  }
  const names = spec.services.map((s) => s.name);
  const file = releaseFile(options.stack);
  const draft: Draft = {
    stack: options.stack,
    commit: commit.id,
    services: await servicesOf(options, names),
  };
  const path = join(projectDir, file);
  mkdirSync(dirname(path), { recursive: true });
  const text = await alone(path, `release --stack ${options.stack}`, async () => {
    const made = draftText(draft, names, readDraft(textIfThere(projectDir, file)));
    writeWhole(path, made);
    return made;
  });
  return { file, ...readRelease(text, { ...spec, commit: commit.id }) };
}

/** By service, what `--checkout` names. */
export function checkoutsOf(
  { checkout }: Pick<ReleaseOptions, "checkout">,
  names: readonly string[],
): ReadonlyMap<string, string> {
  return new Map(checkout.map((given) => pairOf("--checkout", given, names)));
}

async function servicesOf(options: ReleaseOptions, names: readonly string[]): Promise<Draft["services"]> {
  const checkouts = checkoutsOf(options, names);
  const deployed = new Map(options.deployed.map((given) => pairOf("--deployed", given, names)));
  for (const id of deployed.values()) assertCommit("--deployed", id);
  const services = options.service.map(async (given) => {
    const [name, what] = pairOf("--service", given, names);
    const [commit = "", deployment] = what.split("@");
    assertCommit("--service", commit);
    const folder = checkouts.get(name);
    const authors = folder === undefined ? undefined : await authorsOf(folder, commit, deployed.get(name));
    return [name, { commit, deployment: deployment || undefined, authors }] as const;
  });
  return new Map(await Promise.all(services));
}

function pairOf(option: string, given: string, names: readonly string[]): readonly [string, string] {
  const [, name = "", what = ""] = /^([^=]+)=(.+)$/.exec(given) ?? [];
  if (names.includes(name)) return [name, what];
  const hint = didYouMean(name, names) || ".";
  throw new UsageError(
    `${option} ${given}: must be <service>=…${hint} The stack's services are ${names.join(", ")}.`,
  );
}

function assertCommit(option: string, id: string): void {
  if (/^[0-9a-f]{40}$/.test(id)) return;
  throw new UsageError(
    `${option}: found the commit "${id}", must be a full id of 40 digits: git rev-parse <commit>`,
  );
}
