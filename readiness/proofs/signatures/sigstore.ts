/** Sigstore bundles, verified offline: what a CI job signs under its own identity, without a key of its own. */
import { bundleFromJSON } from "@sigstore/bundle";
import { TrustedRoot } from "@sigstore/protobuf-specs";
import { type SignedEntity, toSignedEntity, toTrustMaterial, Verifier } from "@sigstore/verify";
import { parseJson } from "../../foreign-json.ts";

export interface SigstoreSignature {
  /** Who vouches for the identity, such as `https://token.actions.githubusercontent.com`. */
  readonly issuer: string;
  /** Compare it as a whole, never as a pattern: of a repository's name every beginning is another repository's. */
  readonly subject: string;
  /** ISO 8601; the earliest time that a log or a timestamp authority vouches for. */
  readonly at: string;
}

/**
 * Verifies a bundle over a message: the certificate, its entries in both logs, the time, the signature.
 * @param message what is signed; of a DSSE envelope the payload, byte for byte
 * @param bundleJson a bundle, version 0.1 to 0.3
 * @param trustedRootJson Sigstore's trusted root, as `cosign trusted-root` or `gh attestation trusted-root` writes it
 */
export function verifySigstore(
  message: Uint8Array,
  bundleJson: string,
  trustedRootJson: string,
): SigstoreSignature | { readonly problem: string } {
  const root = attempt(() => toTrustMaterial(TrustedRoot.fromJSON(parseJson(trustedRootJson))));
  if ("problem" in root) return { problem: `a trusted root that cannot be read: ${root.problem}` };
  const bundle = attempt(() => bundleFromJSON(parseJson(bundleJson)));
  if ("problem" in bundle) return { problem: `a Sigstore bundle that cannot be read: ${bundle.problem}` };
  const { content } = bundle.value;
  if (content.$case === "dsseEnvelope" && !Buffer.from(message).equals(content.dsseEnvelope.payload)) {
    return { problem: "a Sigstore bundle over something else" };
  }
  const signed = attempt(() => {
    const entity = toSignedEntity(bundle.value, Buffer.from(message));
    const { identity } = new Verifier(root.value).verify(entity);
    return { identity, at: earliest(entity) };
  });
  if ("problem" in signed) return { problem: `a Sigstore bundle that does not hold: ${signed.problem}` };
  const { identity, at } = signed.value;
  const { subjectAlternativeName: subject, extensions: { issuer } = {} } = identity ?? {};
  if (!subject || !issuer || !at) {
    return { problem: "a Sigstore bundle without a certificate that names its signer" };
  }
  return { issuer, subject, at };
}

/** The earliest of the times that verification takes into account: a log's own without its promise is no proof. */
function earliest({ timestamps }: SignedEntity): string | undefined {
  const times = timestamps.flatMap((t) => {
    if (t.$case === "timestamp-authority") return [t.timestamp.signingTime];
    return t.tlogEntry.inclusionPromise ? [new Date(Number(t.tlogEntry.integratedTime) * 1000)] : [];
  });
  return times.toSorted((a, b) => a.getTime() - b.getTime())[0]?.toISOString();
}

/** The libraries say by exceptions of any class what is wrong with their input. */
function attempt<T>(read: () => T): { readonly value: T } | { readonly problem: string } {
  try {
    return { value: read() };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { problem: message.replaceAll(/\s+/g, " ").slice(0, 200) };
  }
}
