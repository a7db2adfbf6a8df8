/** Public keys as OpenSSH writes them; Ed25519 alone, in software or on a security key. */
import { createHash, createPublicKey, type KeyObject } from "node:crypto";
import { strictBase64, WireReader } from "./ssh-wire.ts";

export interface SshKey {
  /** `ssh-ed25519 AAAA…`, without a comment. */
  readonly publicKey: string;
  /** `SHA256:…`, as `ssh-keygen -l` shows it. */
  readonly fingerprint: string;
  readonly verifier: KeyObject;
  /** What a security key signs for, such as `ssh:`; null for a key in software. */
  readonly application: string | null;
}

export const softwareKey = "ssh-ed25519";
export const securityKey = "sk-ssh-ed25519@openssh.com";

/** Before the 32 bytes of an Ed25519 key in SubjectPublicKeyInfo (RFC 8410). */
const spkiHead = Buffer.from("302a300506032b6570032100", "hex");

/** Reads a line of a `.pub` file, with or without its comment. */
export function parsePublicKey(line: string): SshKey | { readonly problem: string } {
  const [type = "", base64 = ""] = line.trim().split(/\s+/);
  if (type !== softwareKey && type !== securityKey) return { problem: unfit(type) };
  const blob = strictBase64(base64);
  if (!blob) return { problem: "a public key that is cut short or altered" };
  const key = readKey(blob);
  if ("problem" in key || key.publicKey === `${type} ${base64}`) return key;
  return { problem: "a public key whose name is not that of its content" };
}

/** Reads the key that stands in a signature. */
export function readKey(blob: Uint8Array): SshKey | { readonly problem: string } {
  try {
    const reader = new WireReader(blob);
    const type = reader.text();
    if (type !== softwareKey && type !== securityKey) return { problem: unfit(type) };
    const point = reader.bytes();
    const application = type === securityKey ? reader.text() : null;
    reader.end();
    if (point.length !== 32) return { problem: "a public key of a wrong length" };
    return {
      publicKey: `${type} ${Buffer.from(blob).toString("base64")}`,
      fingerprint: `SHA256:${createHash("sha256").update(blob).digest("base64").replace(/=+$/, "")}`,
      verifier: createPublicKey({ key: Buffer.concat([spkiHead, point]), format: "der", type: "spki" }),
      application,
    };
  } catch {
    return { problem: "a public key that is cut short or altered" };
  }
}

function unfit(type: string): string {
  const named = /^[\w@.-]{1,60}$/.test(type) ? `a key of type ${type}` : "something that is no public key";
  return `${named}, must be ${softwareKey} or ${securityKey}: ssh-keygen -t ed25519, or ed25519-sk`;
}
