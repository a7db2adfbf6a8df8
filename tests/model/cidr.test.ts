import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { block, contains, isPrivate, overlaps, prefixOf } from "../../model/cidr.ts";

/** Any IPv4 range, aligned or not. */
const range = fc
  .tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 }))
  .map(([address, prefix]) => `${address}/${prefix}`);

describe("block", () => {
  it("gives aligned parts of equal size that cover the range without overlap", () => {
    fc.assert(
      fc.property(range, fc.integer({ min: 0, max: 4 }), (cidr, bits) => {
        fc.pre(prefixOf(cidr) + bits <= 32);
        const blocks = Array.from({ length: 2 ** bits }, (_, i) => block(cidr, bits, i));
        for (const [i, one] of blocks.entries()) {
          expect(prefixOf(one)).toBe(prefixOf(cidr) + bits);
          expect(block(one, 0, 0)).toBe(one);
          expect(contains(cidr, one)).toBe(true);
          for (const other of blocks.slice(i + 1)) expect(overlaps(one, other)).toBe(false);
        }
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ["10.40.0.0/16", 4, 0, "10.40.0.0/20"],
    ["10.40.0.0/16", 4, 15, "10.40.240.0/20"],
    ["10.40.7.9/16", 0, 0, "10.40.0.0/16"],
    ["255.255.255.0/24", 8, 255, "255.255.255.255/32"],
    ["0.0.0.0/0", 1, 1, "128.0.0.0/1"],
  ])("splits %s by %i bits: number %i is %s", (cidr, bits, index, expected) => {
    expect(block(cidr, bits, index)).toBe(expected);
  });

  it.each([
    ["10.0.0.0/30", 3, 0],
    ["10.0.0.0/16", 4, 16],
    ["10.0.0.0/16", 4, -1],
  ])("refuses %s by %i bits, number %i", (cidr, bits, index) => {
    expect(() => block(cidr, bits, index)).toThrow(RangeError);
  });
});

it.each([
  ["10.0.0.0/8", "10.60.0.0/16", true],
  ["10.60.0.0/16", "10.60.0.0/16", true],
  ["10.0.0.0/16", "10.0.0.0/8", false],
  ["10.0.0.0/16", "10.1.0.0/16", false],
])("%s contains %s: %s", (outer, inner, expected) => {
  expect(contains(outer, inner)).toBe(expected);
});

describe("overlaps", () => {
  it("is symmetric, and true of a range and itself", () => {
    fc.assert(
      fc.property(range, range, (a, b) => {
        expect(overlaps(a, b)).toBe(overlaps(b, a));
        expect(overlaps(a, a)).toBe(true);
      }),
    );
  });

  it.each([
    ["10.60.0.0/16", "10.60.15.0/24", true],
    ["10.60.0.0/16", "10.61.0.0/16", false],
    ["10.60.0.0/20", "10.60.16.0/20", false],
    ["0.0.0.0/0", "192.0.2.1/32", true],
  ])("%s and %s: %s", (a, b, expected) => {
    expect(overlaps(a, b)).toBe(expected);
  });
});

it.each([
  ["10.0.0.0/8", true],
  ["172.16.0.0/12", true],
  ["172.32.0.0/16", false],
  ["192.168.1.0/24", true],
  ["192.0.0.0/8", false],
  ["0.0.0.0/0", false],
  ["11.0.0.0/8", false],
])("%s is private: %s", (cidr, expected) => {
  expect(isPrivate(cidr)).toBe(expected);
});

it.each(["", "10.0.0.0", "10.0.0.256/8", "10.0.0.0/33", "10.0.0/8", "::/0", " 10.0.0.0/8"])(
  "refuses %j",
  (text) => {
    expect(() => prefixOf(text)).toThrow(RangeError);
  },
);
