/** Keys made while a test runs, and signatures by them: with OpenSSH itself, and in this process, which is faster. */
import { execFileSync } from "node:child_process";
import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { wireString } from "../../../readiness/proofs/signatures/ssh-wire.ts";

export interface TestKey {
  /** As a line of a `.pub` file, with a comment. */
  readonly line: string;
  readonly sign: (message: Uint8Array | string, namespace: string, options?: SignOptions) => string;
}

export interface SignOptions {
  readonly hash?: "sha512" | "sha256";
  /** Of a security key: whether somebody touches it. */
  readonly touch?: boolean;
}

/** A key in this process; on a security key where it has an application. */
export function testKey(application?: string): TestKey {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const point = publicKey.export({ format: "der", type: "spki" }).subarray(-32);
  const type = application === undefined ? "ssh-ed25519" : "sk-ssh-ed25519@openssh.com";
  const parts = [type, point, ...(application === undefined ? [] : [application])];
  const blob = Buffer.concat(parts.map(wireString));
  return {
    line: `${type} ${blob.toString("base64")} made@test`,
    sign: (message, namespace, { hash = "sha512", touch = true } = {}) => {
      const head = [namespace, "", hash];
      const digest = createHash(hash).update(message).digest();
      const signed = Buffer.concat([Buffer.from("SSHSIG"), ...[...head, digest].map(wireString)]);
      const signature =
        application === undefined
          ? Buffer.concat([type, sign(null, signed, privateKey)].map(wireString))
          : onDevice(type, application, signed, privateKey, touch);
      const version = Buffer.from([0, 0, 0, 1]);
      const body = [blob, ...head, signature].map(wireString);
      return armoured(Buffer.concat([Buffer.from("SSHSIG"), version, ...body]));
    },
  };
}

function onDevice(type: string, application: string, signed: Buffer, key: KeyObject, touch: boolean): Buffer {
  const sha256 = (content: string | Buffer) => createHash("sha256").update(content).digest();
  const flagsAndCounter = Buffer.from([touch ? 1 : 0, 0, 0, 0, 7]);
  const content = Buffer.concat([sha256(application), flagsAndCounter, sha256(signed)]);
  return Buffer.concat([wireString(type), wireString(sign(null, content, key)), flagsAndCounter]);
}

export function armoured(blob: Uint8Array): string {
  const lines =
    Buffer.from(blob)
      .toString("base64")
      .match(/.{1,70}/g) ?? [];
  return ["-----BEGIN SSH SIGNATURE-----", ...lines, "-----END SSH SIGNATURE-----", ""].join("\n");
}

/** Gives OpenSSH a folder of its own, which is gone afterwards. */
export function withOpenSsh<T>(use: (ssh: OpenSsh) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "signing-"));
  try {
    return use(new OpenSsh(folder));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export class OpenSsh {
  readonly folder: string;
  constructor(folder: string) {
    this.folder = folder;
  }

  /** Makes a key and gives the path of its private half. */
  makeKey(name: string, type = ["ed25519"]): string {
    const path = join(this.folder, name);
    this.#run(["-q", "-t", ...type, "-N", "", "-C", `${name}@test`, "-f", path]);
    return path;
  }

  publicLine(path: string): string {
    return readFileSync(`${path}.pub`, "utf8").trim();
  }

  fingerprint(path: string): string {
    return this.#run(["-l", "-f", path]).split(" ")[1] ?? "";
  }

  sign(path: string, message: string, namespace: string, hash = "sha512"): string {
    return this.#run(["-Y", "sign", "-q", "-f", path, "-n", namespace, "-O", `hashalg=${hash}`], message);
  }

  verifies(line: string, message: string, signature: string, namespace: string): boolean {
    const [signers, file] = [join(this.folder, "allowed"), join(this.folder, "signature")];
    writeFileSync(signers, `somebody ${line}\n`);
    writeFileSync(file, signature);
    try {
      this.#run(["-Y", "verify", "-f", signers, "-I", "somebody", "-n", namespace, "-s", file], message);
      return true;
    } catch {
      return false;
    }
  }

  #run(args: readonly string[], input = ""): string {
    return execFileSync("ssh-keygen", args, { input, encoding: "utf8", stdio: ["pipe", "pipe", "ignore"] });
  }
}
