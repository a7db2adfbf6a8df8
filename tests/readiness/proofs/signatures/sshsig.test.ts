import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { verifySshSignature } from "../../../../readiness/proofs/signatures/sshsig.ts";
import { armoured, testKey, withOpenSsh } from "../signing.ts";

const namespace = "production-readiness-test";
const message = "what is signed\n";
const verify = (signature: string, of = message, name = namespace) =>
  verifySshSignature(Buffer.from(of), signature, name);

describe("beside OpenSSH", () => {
  it("accepts what ssh-keygen signs, with either hash, and names the key as it does", () => {
    withOpenSsh((ssh) => {
      const key = ssh.makeKey("priya");
      const [type, base64] = ssh.publicLine(key).split(" ");
      for (const hash of ["sha512", "sha256"]) {
        expect(verify(ssh.sign(key, message, namespace, hash))).toEqual({
          publicKey: `${type} ${base64}`,
          fingerprint: ssh.fingerprint(key),
          touched: null,
        });
      }
    });
  });

  it("agrees on keys in software and on security keys, touched or not, and on what is altered", () => {
    withOpenSsh((ssh) => {
      const security = testKey("ssh:");
      const cases = [
        [testKey(), {}],
        [security, { touch: true }],
        [security, { touch: false }],
      ] as const;
      for (const [key, options] of cases) {
        const signature = key.sign(message, namespace, options);
        // OpenSSH lets a signature without a touch pass; here whoever asks sees that there was none.
        expect(ssh.verifies(key.line, message, signature, namespace)).toBe(true);
        expect(verify(signature)).not.toHaveProperty("problem");
        expect(verify(signature, "something else")).toHaveProperty("problem");
        expect(ssh.verifies(key.line, "something else", signature, namespace)).toBe(false);
      }
    });
  });

  it("says which kinds of keys it takes instead of RSA and ECDSA", () => {
    withOpenSsh((ssh) => {
      for (const [type, name] of [
        [["rsa", "-b", "1024"], "ssh-rsa"],
        [["ecdsa"], "ecdsa-sha2-nistp256"],
      ] as const) {
        const found = verify(ssh.sign(ssh.makeKey(name, [...type]), message, namespace));
        expect(found).toHaveProperty("problem", expect.stringContaining(`key of type ${name}`));
        expect(found).toHaveProperty("problem", expect.stringContaining("ssh-keygen -t ed25519"));
      }
    });
  });
});

describe("a signature", () => {
  const key = testKey();
  const signature = key.sign(message, namespace);

  it("tells whether a security key was touched", () => {
    const security = testKey("ssh:");
    for (const touch of [true, false]) {
      expect(verify(security.sign(message, namespace, { touch }))).toHaveProperty("touched", touch);
    }
  });

  it.each([
    ["made for another purpose", key.sign(message, "git"), 'made for the namespace "git"'],
    ["over something else", key.sign("another text", namespace), "over something else"],
    [
      "with a namespace that only begins alike",
      key.sign(message, `${namespace}-2`),
      "made for the namespace",
    ],
    ["that is empty", "", "not an armoured SSH signature"],
    ["that is a key", key.line, "not an armoured SSH signature"],
    ["cut short", signature.slice(0, 100), "not an armoured SSH signature"],
    ["whose content is cut short", armoured(Buffer.from("SSHSIG\0\0\0\u0001\0")), "cut short"],
    ["of a later version", armoured(Buffer.from("SSHSIG\0\0\0\u0002")), "other than SSHSIG 1"],
    ["after other text", `Dear all,\n${signature}`, "not an armoured SSH signature"],
    ["of two", signature + signature, "not an armoured SSH signature"],
  ])("%s is refused", (_, altered, reason) => {
    expect(verify(altered)).toHaveProperty("problem", expect.stringContaining(reason));
  });

  it("holds with the line ends of Windows", () => {
    expect(verify(signature.replaceAll("\n", "\r\n"))).not.toHaveProperty("problem");
  });

  it.each([
    ["a key in software", testKey()],
    ["a security key", testKey("ssh:")],
  ])("of %s does not survive a change of any byte, and none makes it crash", (_, signer) => {
    const original = signer.sign(message, namespace);
    const blob = Buffer.from(original.split("\n").slice(1, -2).join(""), "base64");
    fc.assert(
      fc.property(fc.nat(blob.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const altered = Buffer.from(blob);
        altered[at] = (altered[at] ?? 0) ^ mask;
        expect(verify(armoured(altered))).toHaveProperty("problem");
      }),
      { numRuns: 1_000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(blob.length), (junk, at) => {
        expect(
          verify(armoured(Buffer.concat([blob.subarray(0, at), junk, blob.subarray(at + 1)]))),
        ).toSatisfy(
          (found: object) => "problem" in found || Buffer.from(junk).equals(blob.subarray(at, at + 1)),
        );
      }),
      { numRuns: 500 },
    );
  });
});
