import fc from "fast-check";
import { expect, it } from "vitest";
import { isGuessable } from "../../../policies/effects/secret-strength.ts";

it.each([
  "changeme",
  "change-me-change-me-change-me",
  "my-super-secret-password-1234567890",
  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
  "0123456789",
  "correcthorse",
  "",
])("%s is guessable", (text) => {
  expect(isGuessable(text)).toBe(true);
});

it.each([
  "9f86d081884c7d659a2feaa0c55ad015",
  "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzz",
  "https://0a1b2c3d4e5f60718293a4b5c6d7e8f9@o42.ingest.sentry.io/1",
  "b1946ac9-2f8e-4b0e-9d7c-51e6f0c3a7d2",
])("%s is not", (text) => {
  expect(isGuessable(text)).toBe(false);
});

it("a generated text of 32 hexadecimal digits is hardly ever taken for a word", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
      fc.pre(new Set(bytes).size > 12);
      expect(isGuessable(Buffer.from(bytes).toString("hex"))).toBe(false);
    }),
    { seed: 1 },
  );
});
