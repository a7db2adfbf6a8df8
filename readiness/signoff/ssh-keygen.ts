/** Signing with OpenSSH itself, so that passphrases, agents and security keys work as their owner is used to. */
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { UsageError } from "../errors.ts";

/**
 * Signs a message; asks on the terminal for a passphrase or a touch where the key needs it.
 * @param key path of the private key, or of the public one where an agent holds the other
 * @returns the armoured signature
 * @throws UsageError where there is no OpenSSH, or it does not sign
 */
export async function sshSign(key: string, message: Uint8Array, namespace: string): Promise<string> {
  const child = spawn("ssh-keygen", ["-Y", "sign", "-q", "-f", key, "-n", namespace], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", () => reject(new UsageError("ssh-keygen is not installed; it comes with OpenSSH")));
    child.once("close", resolve);
  });
  // It may end without having read everything; its status says why.
  child.stdin.on("error", () => {});
  child.stdin.end(message);
  const [status, signature] = await Promise.all([ended, text(child.stdout)]);
  if (status !== 0) throw new UsageError(`ssh-keygen did not sign with ${key}; its answer stands above`);
  return signature;
}
