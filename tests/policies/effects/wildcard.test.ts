import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { covers, overlaps } from "../../../policies/effects/wildcard.ts";

it.each([
  ["*", "anything", true],
  ["s3:Get*", "s3:GetObject", true],
  ["s3:Get*", "s3:Get*", true],
  ["s3:GetObject*", "s3:Get*", false],
  ["s3:?etObject", "s3:GetObject", true],
  ["s3:?etObject", "s3:*etObject", false],
  ["arn:aws:s3:::a.b/*", "arn:aws:s3:::axb/c", false],
  ["s3:get*", "s3:GetObject", false],
])("%s covers %s: %s", (pattern, text, expected) => {
  expect(covers(pattern, text)).toBe(expected);
});

it.each([
  ["s3:Get*", "s3:*Object", true],
  ["s3:Get*", "s3:Put*", false],
  ["*", "", true],
  ["a?c", "abc", true],
  ["a?c", "ac", false],
  ["*:Delete*", "sqs:*", true],
  ["a", "a*b", false],
])("%s and %s overlap: %s", (a, b, expected) => {
  expect(overlaps(a, b)).toBe(expected);
  expect(overlaps(b, a)).toBe(expected);
});

describe("of any patterns", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 5 });
  const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 6 });

  it("what covers another's texts overlaps them", () => {
    fc.assert(fc.property(pattern, pattern, (a, b) => !covers(a, b) || overlaps(a, b)));
  });

  it("two that match the same text overlap", () => {
    fc.assert(
      fc.property(pattern, pattern, text, (a, b, t) => !(covers(a, t) && covers(b, t)) || overlaps(a, b)),
    );
  });

  it("one that covers another matches whatever that matches", () => {
    fc.assert(
      fc.property(pattern, pattern, text, (a, b, t) => !(covers(a, b) && covers(b, t)) || covers(a, t)),
    );
  });
});
