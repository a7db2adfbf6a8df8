import { describe, expect, it } from "vitest";
import { onceOfMany } from "../../policies/alike.ts";
import type { Resource } from "../../policies/resource.ts";

const named = (name: string) => ({ name }) as Resource;
const open = (count: number, observed = "it is open") =>
  Array.from({ length: count }, (_, i) => ({ resource: named(`r${i}`), observed, wanted: "closed" }));

describe("findings in the same words", () => {
  it("are told one by one where they are few", () => {
    expect(onceOfMany(open(20))).toEqual(open(20));
    expect(onceOfMany([])).toEqual([]);
  });

  it("are told once where they are many, with how many and some of their names", () => {
    expect(onceOfMany(open(21))).toEqual([
      { observed: "of 21 resources (r0, r1, r10 and 18 more): it is open", wanted: "closed" },
    ]);
  });

  it("stay doubts where they are doubts", () => {
    const doubts = open(21).map(({ resource }) => ({ resource, doubt: "who knows" }));
    expect(onceOfMany(doubts)).toEqual([{ doubt: "of 21 resources (r0, r1, r10 and 18 more): who knows" }]);
  });

  it("are counted apart from findings in other words", () => {
    const other = open(2, "it is old");
    const found = onceOfMany([...open(21), ...other]);
    expect(found).toHaveLength(3);
    expect(found).toEqual(expect.arrayContaining(other));
  });
});
