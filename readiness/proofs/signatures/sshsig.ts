/** SSH signatures (OpenSSH's PROTOCOL.sshsig), as `ssh-keygen -Y sign` makes them. */
import { createHash, verify } from "node:crypto";
import { readKey, type SshKey, securityKey, softwareKey } from "./ssh-key.ts";
import { strictBase64, WireReader, wireString } from "./ssh-wire.ts";

export interface SshSignature {
  /** `ssh-ed25519 AAAA…`, without a comment: whose it is, the caller must ask. */
  readonly publicKey: string;
  /** `SHA256:…`, as `ssh-keygen -l` shows it. */
  readonly fingerprint: string;
  /** Whether somebody touched the security key; null for a key in software. */
  readonly touched: boolean | null;
}

const magic = "SSHSIG";
const armour =
  /^-----BEGIN SSH SIGNATURE-----\r?\n([A-Za-z0-9+/=\r\n]+?)\r?\n-----END SSH SIGNATURE-----[\r\n]*$/;
const hashes = ["sha512", "sha256"];
/** Somebody was there (CTAP2, "user presence"). */
const userPresent = 1;

/**
 * Verifies a signature over a message. It says which key signed, and nothing of whose it is or whether it still counts.
 * @param namespace what the signature must be made for, so that none serves two purposes
 */
export function verifySshSignature(
  message: Uint8Array,
  armoured: string,
  namespace: string,
): SshSignature | { readonly problem: string } {
  const body = armour.exec(armoured)?.[1]?.replaceAll(/[\r\n]/g, "");
  const blob = body === undefined ? undefined : strictBase64(body);
  if (!blob) return { problem: "a signature that is not an armoured SSH signature" };
  try {
    return verifyBlob(message, blob, namespace);
  } catch {
    return { problem: "a signature that is cut short or altered" };
  }
}

function verifyBlob(
  message: Uint8Array,
  blob: Buffer,
  namespace: string,
): SshSignature | { readonly problem: string } {
  const reader = new WireReader(blob);
  if (reader.take(magic.length).toString("latin1") !== magic || reader.number() !== 1) {
    return { problem: "a signature of a format other than SSHSIG 1" };
  }
  const key = readKey(reader.bytes());
  const madeFor = reader.bytes();
  const reserved = reader.bytes();
  const hash = reader.text();
  const signature = reader.bytes();
  reader.end();
  if ("problem" in key) return { problem: `a signature by ${key.problem}` };
  if (!madeFor.equals(Buffer.from(namespace))) {
    const name = JSON.stringify(madeFor.toString("latin1").slice(0, 60));
    return { problem: `a signature made for the namespace ${name}, not "${namespace}"` };
  }
  if (!hashes.includes(hash)) return { problem: `a signature over a hash other than ${hashes.join(" or ")}` };
  const digest = createHash(hash).update(message).digest();
  const signed = [madeFor, reserved, hash, digest].map(wireString);
  return verifyKeySignature(Buffer.concat([Buffer.from(magic), ...signed]), signature, key);
}

function verifyKeySignature(
  signed: Buffer,
  signature: Buffer,
  key: SshKey,
): SshSignature | { readonly problem: string } {
  const { publicKey, fingerprint, application } = key;
  const reader = new WireReader(signature);
  const type = reader.text();
  const bytes = reader.bytes();
  const device = application === null ? undefined : reader.take(5);
  reader.end();
  const expected = application === null ? softwareKey : securityKey;
  const content = device && application !== null ? deviceContent(signed, application, device) : signed;
  if (type !== expected || bytes.length !== 64 || !verify(null, content, key.verifier, bytes)) {
    return { problem: `a signature by ${fingerprint} over something else` };
  }
  return { publicKey, fingerprint, touched: device ? ((device[0] ?? 0) & userPresent) !== 0 : null };
}

/** What a security key signs (PROTOCOL.u2f): its application, its flags and counter, and the message. */
function deviceContent(signed: Buffer, application: string, flagsAndCounter: Buffer): Buffer {
  const sha256 = (content: Uint8Array) => createHash("sha256").update(content).digest();
  return Buffer.concat([sha256(Buffer.from(application, "latin1")), flagsAndCounter, sha256(signed)]);
}
