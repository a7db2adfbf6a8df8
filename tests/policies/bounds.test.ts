import { describe, expect, it } from "vitest";
import {
  among,
  type Bound,
  between,
  free,
  off,
  on,
  outOfBounds,
  required,
  unset,
  upTo,
} from "../../policies/bounds.ts";

const told = (bound: Bound, value: unknown) => outOfBounds({ a: value }, { a: bound });

describe("a bound", () => {
  it.each<[string, Bound, readonly unknown[], readonly unknown[]]>([
    ["unset", unset, [undefined, null, []], [false, 0, "", ["a"], {}]],
    ["off", off, [undefined, false], [true, "false", 0]],
    ["on", on, [undefined, true], [false, "true"]],
    ["free", free, [undefined, 1, {}], []],
    ["among", among("a", 1), [undefined, "a", 1], ["b", "1", null]],
    ["upTo", upTo(3), [undefined, 3, -1], [4, "3", Number.NaN]],
    ["between", between(1, 3), [undefined, 1, 3], [0, 4, "2"]],
    ["required", required(upTo(3)), [3], [undefined, 4]],
  ])("%s", (_name, bound, good, bad) => {
    expect(good.filter((value) => told(bound, value).length > 0)).toEqual([]);
    expect(bad.filter((value) => told(bound, value).length === 0)).toEqual([]);
  });
});

it("is told with its path, in each of a list", () => {
  const props = { list: [{ days: 1 }, { days: 9 }], deep: { er: 8 } };
  expect(outOfBounds(props, { "list.*.days": upTo(3, "days"), "deep.er": upTo(3), "no.where": off })).toEqual(
    [
      { observed: "list.1.days is 9 days", wanted: "≤ 3" },
      { observed: "deep.er is 8", wanted: "≤ 3" },
    ],
  );
});

it("does not tell values that may be secret", () => {
  expect(outOfBounds({ a: "s3cret" }, { a: unset })).toEqual([{ observed: "a is set", wanted: "not set" }]);
});

it("finds nothing in a list that is not there", () => {
  expect(outOfBounds({}, { "list.*.days": required(upTo(3)) })).toEqual([]);
});
