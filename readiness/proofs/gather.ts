/** Everything that proves an item and is no rule: evidence, probes and sign-offs; and what is waived. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Purpose, requiredProofs } from "../../model/checklist/checklist.ts";
import type { StackSpec } from "../../model/config/stack-spec.ts";
import type { Finding } from "../../model/finding.ts";
import type { Stack } from "../../policies/resource.ts";
import { rules } from "../../policies/rules.ts";
import type { Commit } from "../inputs/commit.ts";
import { authorsOf, committedFile, isShallow } from "../inputs/git.ts";
import { textIfThere } from "../inputs/if-there.ts";
import { usable } from "../inputs/project-file.ts";
import { listStacks } from "../inputs/stack-file.ts";
import { otherThanCommit } from "../inputs/working-tree.ts";
import { costProofs } from "./cost.ts";
import type { Release } from "./release.ts";
import { readRelease, releaseFile } from "./release-file.ts";
import { settled } from "./settle.ts";
import { readSignOffs } from "./sign-offs/folder.ts";
import { reportDigest } from "./sign-offs/report-digest.ts";
import { readSigners, type Signers, signersFile } from "./signers.ts";
import { readWaivers, type Waivers } from "./waivers/read.ts";
import { waiversFile } from "./waivers/waiver.ts";

export interface GatherInput {
  readonly projectDir: string;
  readonly spec: StackSpec;
  readonly stack: Stack;
  /** What the rules found. */
  readonly policy: readonly Finding[];
  readonly commit: Commit;
  readonly purpose: Purpose;
  readonly now: Date;
}

export interface Gathered extends Pick<Waivers, "live" | "waiverOf"> {
  /** The rules' own among them. */
  readonly findings: readonly Finding[];
  /** Nothing where the stack has none that can be used. */
  readonly release: Release | undefined;
  readonly warnings: readonly string[];
}

/** Where evidence lies, whoever brought it there: `evidence/<service>/<commit>/`. */
const evidenceFolder = "evidence";
/** Sigstore's, for bundles of a CI job without a key of its own: `cosign trusted-root create` writes it. */
const trustedRootFile = "trusted-root.json";

/**
 * Reads what lies in the project. Who may sign and what is waived is read from the checked-out commit: a change that is
 * not committed approves nothing.
 * @throws ProjectFileError where `signers.yaml` cannot be used
 * @throws UnreadableError where the release or a sign-off is there and cannot be read
 */
export async function gather(input: GatherInput): Promise<Gathered> {
  const { projectDir, spec, stack, policy, commit, purpose, now } = input;
  const asked = requiredProofs(spec.tier, purpose);
  const [signers, waiversText] = await Promise.all([
    readCommitted(projectDir, commit, signersFile).then(signersOf),
    readCommitted(projectDir, commit, waiversFile),
  ]);
  const { release, warnings } = asked.includes("sign-off")
    ? await releaseOf(projectDir, spec, commit)
    : { release: undefined, warnings: [] };
  const evidence =
    release && asked.includes("evidence")
      ? await (await import("./evidence/findings.ts")).evidenceFindings({
          stack: spec.stack,
          spec,
          release,
          directory: join(projectDir, evidenceFolder),
          signers,
          trustedRoot: await readCommitted(projectDir, commit, trustedRootFile),
          acceptUnsigned: spec.evidence.unsigned === "accept",
          now,
          occasion: purpose === "update" ? "update" : "release",
        })
      : [];
  const found = [...policy, ...evidence];
  const waivers = readWaivers({
    text: waiversText,
    stack: spec.stack,
    stacks: listStacks(projectDir),
    people: spec.people,
    signers,
    rules: [...rules, ...costProofs],
    resources: stack.resources.map(({ name }) => name),
    findings: found,
    now,
  });
  const signOffs = asked.includes("sign-off")
    ? (await import("./sign-offs/find.ts")).signOffFindings({
        stack: spec.stack,
        people: spec.people,
        release,
        signers,
        signOffs: readSignOffs(projectDir, spec.stack),
        reportDigest: reportDigest(spec.stack, found, waivers.live),
        authors: await commitAuthors(projectDir, commit),
        now,
        deploying: purpose === "update",
      })
    : [];
  return {
    findings: settled([...found, ...waivers.findings, ...signOffs]),
    live: waivers.live,
    waiverOf: waivers.waiverOf,
    release,
    warnings: [...warnings, ...waivers.warnings],
  };
}

async function readCommitted(projectDir: string, { id }: Commit, file: string): Promise<string | undefined> {
  return id === null ? undefined : committedFile(projectDir, id, file);
}

function signersOf(text: string | undefined): Signers {
  return text === undefined ? { people: [], evidence: [] } : usable(signersFile, readSigners(text));
}

/** What is wrong with a release, or left to be filled in, is told: sign-offs cannot be bound to it. */
async function releaseOf(
  projectDir: string,
  spec: StackSpec,
  { id }: Commit,
): Promise<Pick<Gathered, "release" | "warnings">> {
  const file = releaseFile(spec.stack);
  if (id === null) return { release: undefined, warnings: [] };
  const text = textIfThere(projectDir, file);
  if (text === undefined) {
    const command = `npm run release -- --stack ${spec.stack} --service SERVICE=COMMIT`;
    const untold = `${file} is not there, and without a release no evidence counts: ${command}`;
    return { release: undefined, warnings: existsSync(join(projectDir, evidenceFolder)) ? [untold] : [] };
  }
  const other = await otherThanCommit(projectDir, id);
  if (other !== undefined) {
    const bound = `a release is of a commit, and ${other}: nothing that was proven or signed for ${id.slice(0, 12)} counts`;
    return { release: undefined, warnings: [bound] };
  }
  if (await isShallow(projectDir)) {
    const cut = "the clone is shallow, and who wrote the commit cannot be told: git fetch --unshallow";
    return { release: undefined, warnings: [cut] };
  }
  const { value, issues } = readRelease(text, { ...spec, commit: id });
  return {
    release: value,
    warnings: issues.map(
      ({ source, path: at, message }) => `${source.file}:${source.line}: ${at}: ${message}`,
    ),
  };
}

/** Who wrote what the commit brings: a merge brings all that was merged. */
async function commitAuthors(projectDir: string, { id }: Commit): Promise<readonly string[]> {
  return id === null
    ? []
    : authorsOf(projectDir, id, `${id}^`).catch(() => authorsOf(projectDir, id, undefined));
}
