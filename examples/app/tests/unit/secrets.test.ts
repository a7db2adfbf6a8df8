import { describe, expect, it } from "vitest";
import { hashPassword, isPassword } from "../../server/passwords.ts";
import { hashToken } from "../../server/sessions.ts";

describe("a password", () => {
  it("is the one that was hashed, and no other", async () => {
    const hashed = await hashPassword("correct horse");
    expect(await isPassword("correct horse", hashed)).toBe(true);
    expect(await isPassword("wrong horse", hashed)).toBe(false);
  });

  it("has a salt of its own", async () => {
    expect(await hashPassword("same")).not.toBe(await hashPassword("same"));
  });

  it.each(["", "salt", "salt.", "."])("is none where the hash is %j", async (hashed) => {
    expect(await isPassword("", hashed)).toBe(false);
  });
});

describe("a session's token", () => {
  const secret = "s".repeat(32);
  it("has a hash that takes the secret to make", () => {
    expect(hashToken("token", secret)).toBe(hashToken("token", secret));
    expect(hashToken("token", secret)).not.toBe(hashToken("token", "t".repeat(32)));
  });

  it.each([undefined, "", "short"])("has none with the secret %j", (weak) => {
    expect(() => hashToken("token", weak ?? "")).toThrow(/SESSION_SECRET/);
  });
});
