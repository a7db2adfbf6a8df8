import fc from "fast-check";
import { expect, it } from "vitest";
import { dataSubnets } from "../../../components/network/subnet-plan.ts";
import { block, contains, overlaps, prefixOf } from "../../../model/cidr.ts";

const zones = ["a", "b", "c", "d"];
const vpc = fc
  .tuple(fc.ipV4(), fc.integer({ min: 16, max: 20 }))
  .map(([address, prefix]) => block(`${address}/${prefix}`, 0, 0));

it("gives each zone a share of its own, and leaves three quarters of the VPC free", () => {
  fc.assert(
    fc.property(vpc, fc.integer({ min: 1, max: 4 }), (cidr, count) => {
      const plan = dataSubnets(cidr, zones.slice(0, count));
      expect(plan.map((s) => s.zone)).toEqual(zones.slice(0, count));
      for (const [i, { cidr: share }] of plan.entries()) {
        expect(contains(cidr, share)).toBe(true);
        expect(prefixOf(share)).toBe(prefixOf(cidr) + 4);
        for (const other of plan.slice(i + 1)) expect(overlaps(share, other.cidr)).toBe(false);
        for (const free of [1, 2, 3]) expect(overlaps(share, block(cidr, 2, free))).toBe(false);
      }
    }),
  );
});

it("never moves a zone's share when a zone is added", () => {
  fc.assert(
    fc.property(vpc, (cidr) => {
      expect(dataSubnets(cidr, zones).slice(0, 3)).toEqual(dataSubnets(cidr, zones.slice(0, 3)));
    }),
  );
});

it.each([["10.0.0.0/15"], ["10.0.0.0/21"]])("refuses the VPC %s", (cidr) => {
  expect(() => dataSubnets(cidr, zones)).toThrow(RangeError);
});

it("refuses a fifth zone", () => {
  expect(() => dataSubnets("10.0.0.0/16", [...zones, "e"])).toThrow("5 zones, must be at most 4");
});
