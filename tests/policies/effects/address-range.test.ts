import fc from "fast-check";
import { expect, it } from "vitest";
import { block } from "../../../model/cidr.ts";
import { contains, isPrivate } from "../../../policies/effects/address-range.ts";

it.each([
  ["10.0.0.0/8", true],
  ["10.1.2.3/32", true],
  ["172.16.0.0/12", true],
  ["172.16.0.0/11", false],
  ["0.0.0.0/1", false],
  ["128.0.0.0/1", false],
  ["192.0.2.0/24", false],
  ["fd00::/8", true],
  ["2000::/3", false],
  ["::/0", false],
  ["10.0.0.0", false],
  ["10.0.0.0/33", false],
  ["10.0.0.0/8/8", false],
  ["pl-63a5400a", false],
  ["", false],
])("%s is private: %s", (range, expected) => {
  expect(isPrivate(range)).toBe(expected);
});

it("contains every block of a range, and no block contains the range", () => {
  const outer = "10.40.0.0/16";
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 16 }), fc.nat(), (bits, n) => {
      const inner = block(outer, bits, n % 2 ** bits);
      expect(contains(outer, inner)).toBe(true);
      expect(contains(inner, outer)).toBe(false);
    }),
  );
});

it("compares no IPv4 with IPv6", () => {
  expect(contains("::/0", "10.0.0.0/8")).toBe(false);
});
