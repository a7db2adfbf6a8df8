import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { verifySigstore } from "../../../../readiness/proofs/signatures/sigstore.ts";
import { issuer, signedAt, sigstore, subject } from "../sigstore.ts";

const message = Buffer.from('{"service":"portal"}');
const here = await sigstore();
const bundle = await here.bundleOf(message);

describe("a Sigstore bundle", () => {
  it.each(["message", "envelope"] as const)("of a %s tells who signed, and when", async (kind) => {
    const signed = await here.bundleOf(message, subject, kind);
    expect(verifySigstore(message, signed, here.trustedRoot)).toEqual({
      issuer,
      subject,
      at: signedAt.toISOString(),
    });
  });

  it.each(["message", "envelope"] as const)("of a %s proves nothing of another", async (kind) => {
    const signed = await here.bundleOf(message, subject, kind);
    expect(verifySigstore(Buffer.from("another"), signed, here.trustedRoot)).toHaveProperty("problem");
  });

  it("gives the identity as it is, for an exact comparison", async () => {
    const longer = `${subject}-of-somebody-else`;
    const found = verifySigstore(message, await here.bundleOf(message, longer), here.trustedRoot);
    expect(found).toHaveProperty("subject", longer);
  });

  it("of another authority is refused", async () => {
    const { trustedRoot } = await sigstore();
    expect(verifySigstore(message, bundle, trustedRoot)).toHaveProperty("problem");
  });

  it("whose log entry is missing, or has lost the log's promise, is refused", () => {
    for (const entries of [[], [{ ...entryOf(bundle), inclusionPromise: undefined }]]) {
      const parsed = JSON.parse(bundle);
      parsed.verificationMaterial.tlogEntries = entries;
      const found = verifySigstore(message, JSON.stringify(parsed), here.trustedRoot);
      expect(found).toHaveProperty("problem");
    }
  });

  it("with a key in place of a certificate is refused", () => {
    const parsed = JSON.parse(bundle);
    delete parsed.verificationMaterial.certificate;
    parsed.verificationMaterial.publicKey = { hint: "mine" };
    expect(verifySigstore(message, JSON.stringify(parsed), here.trustedRoot)).toHaveProperty("problem");
  });

  it("that is no bundle, or a root that is none, is named", () => {
    for (const text of ["", "<html>", "{}", "null", "[]"]) {
      expect(verifySigstore(message, text, here.trustedRoot)).toHaveProperty(
        "problem",
        expect.stringContaining("bundle"),
      );
    }
    expect(verifySigstore(message, bundle, "<html>")).toHaveProperty(
      "problem",
      expect.stringContaining("trusted root"),
    );
  });

  it("never crashes, and never names another signer, whichever character is altered", () => {
    fc.assert(
      fc.property(fc.nat(bundle.length - 1), fc.constantFrom(..."aZ09+/{}[],:\"'"), (at, character) => {
        const altered = bundle.slice(0, at) + character + bundle.slice(at + 1);
        const found = verifySigstore(message, altered, here.trustedRoot);
        if (!("problem" in found)) expect(found).toMatchObject({ issuer, subject });
      }),
      { numRuns: 500 },
    );
  });
});

function entryOf(json: string): object {
  return JSON.parse(json).verificationMaterial.tlogEntries[0];
}
