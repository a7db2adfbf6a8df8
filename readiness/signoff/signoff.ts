/** `signoff`: shows what is signed, has OpenSSH sign exactly that, and adds it to the release. */

import { randomBytes } from "node:crypto";
import { type SignOffItem, type SignOffRow, signOffs } from "../../model/checklist/sign-offs.ts";
import type { Person, StackSpec } from "../../model/config/stack-spec.ts";
import { holdersOf, holds } from "../../model/on-call/people.ts";
import { didYouMean } from "../../model/suggest.ts";
import { assess } from "../assess.ts";
import { UsageError } from "../errors.ts";
import { exitStatus } from "../exit-status.ts";
import { currentCommit } from "../inputs/commit.ts";
import { committedFile } from "../inputs/git.ts";
import { textIfThere } from "../inputs/if-there.ts";
import { usable } from "../inputs/project-file.ts";
import { selectStacks } from "../inputs/selection.ts";
import { listStacks, loadStack } from "../inputs/stack-file.ts";
import { otherThanCommit } from "../inputs/working-tree.ts";
import { digestOf } from "../proofs/canonical.ts";
import type { Release } from "../proofs/release.ts";
import { readRelease, releaseFile } from "../proofs/release-file.ts";
import { signOffFindings } from "../proofs/sign-offs/find.ts";
import { readSignOffs, storeSignOff } from "../proofs/sign-offs/folder.ts";
import {
  type Decision,
  fileName,
  fileText,
  type SignOff,
  signedBytes,
  signOffNamespace,
} from "../proofs/sign-offs/payload.ts";
import { reportDigest } from "../proofs/sign-offs/report-digest.ts";
import { against } from "../proofs/sign-offs/terms.ts";
import { readSigners, type Signers, signersFile } from "../proofs/signers.ts";
import { shownText } from "./shown.ts";
import { sshSign } from "./ssh-keygen.ts";

export interface SignOffOptions {
  readonly stack: string;
  readonly item: SignOffItem;
  readonly person: string;
  /** Path of an SSH key. */
  readonly key: string;
  readonly decision: Decision;
}

/**
 * Signs an item for a stack or its release. Nothing is written that would not count.
 * @returns 0
 * @throws UsageError where the person cannot sign it or OpenSSH does not; ConfigError and ProjectFileError where a file
 * cannot be used
 */
export async function signOff(options: SignOffOptions, projectDir: string, now: Date): Promise<number> {
  const { stack, item, decision } = options;
  selectStacks([stack], false, listStacks(projectDir));
  const { spec } = loadStack(projectDir, stack);
  const row = signOffs[item];
  const person = signatoryOf(options, row, spec);
  const commit = await currentCommit(projectDir);
  if (commit.id === null) throw new UsageError(`a sign-off is for a commit: ${commit.reason}`);
  const other = await otherThanCommit(projectDir, commit.id);
  if (other !== undefined) throw new UsageError(`a sign-off is for a commit, and ${other}`);
  const signers = await committedSigners(projectDir, commit.id);
  const release = row.of === "release" ? releaseOf(projectDir, spec, commit.id) : undefined;
  const report = await assess(projectDir, stack, Promise.resolve(commit), "release", { now });
  const digest = reportDigest(stack, report.findings, report.waivers);
  const payload: SignOff = {
    version: 1,
    item,
    decision,
    person: person.id,
    role: row.role,
    stack,
    release: release ? digestOf(release) : null,
    report: row.report ? digest : null,
    at: `${now.toISOString().slice(0, 19)}Z`,
    nonce: randomBytes(16).toString("hex"),
  };
  process.stdout.write(shownText(payload, person, report, release));
  const signature = await sshSign(options.key, signedBytes(payload), signOffNamespace);
  const signed = { payload, signature };
  const file = fileName(payload);
  const found = signOffFindings({
    stack,
    people: spec.people,
    release,
    signers,
    signOffs: [...readSignOffs(projectDir, stack), { file, text: fileText(signed) }],
    reportDigest: digest,
    authors: [],
    now,
    deploying: false,
  });
  const finding = found.find(({ subject }) => subject === file);
  if (finding?.outcome !== "pass" && finding?.observed !== against(payload)?.observed) {
    throw new UsageError(`not written: ${finding?.observed}, must be ${finding?.wanted}`);
  }
  process.stdout.write(`Written to ${storeSignOff(projectDir, signed)}.\n`);
  return exitStatus.go;
}

function signatoryOf({ item, person: id }: SignOffOptions, { role }: SignOffRow, spec: StackSpec): Person {
  const person = spec.people.find((p) => p.id === id);
  if (!person) {
    const ids = spec.people.map((p) => p.id);
    const hint = didYouMean(id, ids) || ".";
    throw new UsageError(
      `--person ${id} is not a person of ${spec.stack}${hint} They are ${ids.join(", ")}.`,
    );
  }
  if (holds(person, role)) return person;
  const holders = holdersOf(role, spec.people).map((p) => p.id);
  throw new UsageError(
    `${item} is signed by the ${role} (${holders.join(", ") || "nobody yet"}), not a ${person.roles.join(" and ")}`,
  );
}

async function committedSigners(projectDir: string, commit: string): Promise<Signers> {
  const text = await committedFile(projectDir, commit, signersFile);
  if (text !== undefined) return usable(signersFile, readSigners(text));
  throw new UsageError(
    `${signersFile} is not in commit ${commit.slice(0, 12)}: write it and have it reviewed`,
  );
}

function releaseOf(projectDir: string, spec: StackSpec, commit: string): Release {
  const file = releaseFile(spec.stack);
  const text = textIfThere(projectDir, file);
  if (text === undefined) {
    throw new UsageError(`there is no ${file}; write it with npm run release -- --stack ${spec.stack}`);
  }
  return usable(file, readRelease(text, { ...spec, commit }));
}
