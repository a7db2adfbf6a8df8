/** Who signed a statement: an SSH signature or a Sigstore bundle beside it, by a signer of its service. */

import { verifySshSignature } from "../signatures/sshsig.ts";
import { evidenceSigner, type Signers, signersFile } from "../signers.ts";
import { bundleEnding, type ReadableFile, signatureEnding } from "./folder.ts";
import { readInside } from "./inside.ts";
import type { Unreadable } from "./reading.ts";

/** What the signature is made for: one for anything else counts for nothing here. */
export const namespace = "production-readiness-evidence";

export interface Trust {
  /** Nothing where the project has no `signers.yaml`. */
  readonly signers: Signers | undefined;
  /** Sigstore's trusted root, as JSON; bundles hold only where there is one. */
  readonly trustedRoot?: string | undefined;
  readonly now: Date;
}

/** Whether a statement is signed; a signature that does not hold is a problem, even where none is asked for. */
export async function signatureOf(
  directory: string,
  filed: ReadableFile,
  trust: Trust,
): Promise<{ readonly signed: boolean } | Unreadable> {
  const beside = (ending: string) => readInside(directory, [...filed.folder, `${filed.name}${ending}`]);
  const ssh = await beside(signatureEnding);
  const bundle = await beside(bundleEnding);
  const problems = [
    ssh && ("problem" in ssh ? ssh : sshProblem(filed, textOf(ssh.bytes), trust)),
    bundle && ("problem" in bundle ? bundle : await sigstoreProblem(filed, textOf(bundle.bytes), trust)),
  ];
  // Of two signatures, both have to hold.
  return problems.find((problem) => problem !== undefined) ?? { signed: Boolean(ssh ?? bundle) };
}

function sshProblem(filed: ReadableFile, armoured: string, { signers, now }: Trust): Unreadable | undefined {
  const by = verifySshSignature(filed.bytes, armoured, namespace);
  if ("problem" in by) return by;
  if (by.touched === false) return { problem: "a signature that a security key made without a touch" };
  // Records tell of weeks ago and are signed when they are handed in.
  return unknown(filed, by, filed.written ?? now, signers, now);
}

async function sigstoreProblem(
  filed: ReadableFile,
  bundle: string,
  { signers, trustedRoot, now }: Trust,
): Promise<Unreadable | undefined> {
  if (trustedRoot === undefined) {
    return {
      problem:
        "a Sigstore bundle, for which the project has no trusted root: sign with a key of signers.yaml",
    };
  }
  // Loaded for the first bundle alone: its libraries take longer than everything else here.
  const { verifySigstore } = await import("../signatures/sigstore.ts");
  const by = verifySigstore(filed.bytes, bundle, trustedRoot);
  return "problem" in by ? by : unknown(filed, by, new Date(by.at), signers, now);
}

function unknown(
  filed: ReadableFile,
  by: Parameters<typeof evidenceSigner>[2],
  signedAt: Date,
  signers: Signers | undefined,
  now: Date,
): Unreadable | undefined {
  if (!signers) return { problem: `a signature, and there is no ${signersFile} that says whose it may be` };
  const signer = evidenceSigner(signers, filed.content.predicate.service, by, signedAt, now);
  return "problem" in signer ? signer : undefined;
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
