import { expect, it } from "vitest";
import { among, from, outside, unlooked } from "../../policies/optional-bounds.ts";
import { resourceOf, unknown } from "./support/stack.ts";

it.each<[unknown, string[]]>([
  [undefined, []],
  [null, []],
  ["a", []],
  ["c", ["x is c"]],
  [false, ["x is false"]],
])("among: %s", (x, expected) => {
  expect(outside({ x }, { x: among("a", "b") }).map(({ observed }) => observed)).toEqual(expected);
});

it.each([
  [1, true],
  ["2", true],
  [3, false],
  ["0", false],
  ["", false],
  ["many", false],
])("from 1 to 2: %s", (x, holds) => {
  expect(outside({ x }, { x: from(1, 2) })).toHaveLength(holds ? 0 : 1);
});

it("tells what nobody has looked at", () => {
  expect(unlooked({ a: "secret", b: undefined }, ["a", "b", "c"])).toEqual([
    { doubt: "nobody has looked at what its a leads to" },
  ]);
});

it("judges nothing that is not known yet", () => {
  const { props } = resourceOf("aws:rds/instance:Instance", { x: unknown });
  expect(() => outside(props, { x: among("a") })).toThrow();
});
