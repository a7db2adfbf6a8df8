/** What is released, and who releases it. */
import { userInfo } from "node:os";
import type { StackSpec } from "../../../model/config/stack-spec.ts";
import { tierOf } from "../../../model/tier.ts";
import { UsageError } from "../../errors.ts";
import { git } from "../../inputs/git.ts";
import { textIfThere } from "../../inputs/if-there.ts";
import { declaredTier, listStacks } from "../../inputs/stack-file.ts";
import { readRelease, releaseFile } from "../../proofs/release-file.ts";
import type { Subject } from "../log/entry.ts";

/** @param folders working copies of services, by name, which tell when a commit was written */
export async function subjectOf(
  projectDir: string,
  spec: StackSpec,
  commit: string,
  folders: ReadonlyMap<string, string>,
): Promise<Subject> {
  const text = textIfThere(projectDir, releaseFile(spec.stack));
  const { value } = text === undefined ? {} : readRelease(text, { ...spec, commit });
  const services = Object.entries(value?.services ?? {}).map(async ([name, { commit: id }]) => {
    const folder = folders.get(name);
    return [
      name,
      { commit: id, committedAt: folder === undefined ? null : await committedAt(folder, id) },
    ] as const;
  });
  return {
    commit,
    committedAt: await committedAt(projectDir, commit),
    services: Object.fromEntries(await Promise.all(services)),
  };
}

async function committedAt(folder: string, commit: string): Promise<string> {
  return (await git(folder, ["log", "-1", "--no-show-signature", "--format=%cI", commit])).trim();
}

/** Whether two say the same; when a commit was written does not count. */
export function isSame(one: Subject, other: Subject): boolean {
  return told(one) === told(other);
}

function told({ commit, services }: Subject): string {
  const rows = Object.entries(services).map(([name, service]) => `${name}=${service.commit}`);
  return [commit, ...rows.sort()].join(" ");
}

/**
 * The stack on which a release is tried before production: itself, where it is staging.
 * @throws UsageError where it cannot be told
 */
export function stagingOf(projectDir: string, spec: StackSpec, named: string | undefined): string {
  if (spec.tier === "staging") return spec.stack;
  const stacks = listStacks(projectDir).filter((s) => tierOf(s, declaredTier(projectDir, s)) === "staging");
  const [only, ...others] = named === undefined ? stacks : stacks.filter((stack) => stack === named);
  if (only !== undefined && (others.length === 0 || stacks.includes("staging"))) {
    return others.length === 0 ? only : "staging";
  }
  const known = stacks.join(", ") || "there is none";
  throw new UsageError(`${spec.stack} is tried on a staging stack first: name it with --staging (${known})`);
}

/** Nobody proves by this who they are: who signs does. */
export async function whoActs(projectDir: string, env: NodeJS.ProcessEnv): Promise<string> {
  const { GITHUB_ACTOR, GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID } = env;
  if (GITHUB_ACTOR) {
    return `${GITHUB_ACTOR}, ${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}`;
  }
  const address = await git(projectDir, ["config", "user.email"]).catch(() => "");
  return address.trim() || userInfo().username;
}
