import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { all, atLeast, atMost, equals, oneOf, present, show } from "../../policies/expect.ts";
import { resourceOf, unknown } from "./support/stack.ts";

describe("equals and oneOf", () => {
  it("hold for the wanted value alone", () => {
    expect(equals({ a: { b: [{ c: true }] } }, "a.b.0.c", true)).toBeUndefined();
    expect(equals({ a: "true" }, "a", true)).toEqual({ observed: "a is true", wanted: "true" });
    expect(oneOf({ a: "x" }, "a", ["x", "y"])).toBeUndefined();
    expect(oneOf({ a: "z" }, "a", ["x", "y"])).toEqual({ observed: "a is z", wanted: "x or y" });
  });

  it("fail for what is absent, at any depth", () => {
    expect(equals({}, "a.b.c", false)).toEqual({ observed: "a.b.c is not set", wanted: "false" });
    expect(oneOf({ a: null }, "a.b", ["x"])).toEqual({ observed: "a.b is not set", wanted: "x" });
  });
});

describe("atLeast and atMost", () => {
  it("agree with the order of numbers", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), (value, limit) => {
        expect(atLeast({ value }, "value", limit) === undefined).toBe(value >= limit);
        expect(atMost({ value }, "value", limit) === undefined).toBe(value <= limit);
      }),
    );
  });

  it("take in the limit itself", () => {
    expect(atLeast({ a: 7 }, "a", 7)).toBeUndefined();
    expect(atMost({ a: 7 }, "a", 7)).toBeUndefined();
  });

  it("fail for anything that is not a number", () => {
    for (const value of [undefined, null, "9", Number.NaN, [9], {}]) {
      expect(atLeast({ value }, "value", 0)).toBeDefined();
      expect(atMost({ value }, "value", 10)).toBeDefined();
    }
  });

  it("name the unit in singular and plural", () => {
    expect(atLeast({ a: 1 }, "a", 7, "days")).toEqual({ observed: "a is 1 day", wanted: "≥ 7" });
    expect(atMost({ a: 9 }, "a", 7, "days")).toEqual({ observed: "a is 9 days", wanted: "≤ 7" });
  });
});

describe("present", () => {
  it("fails for every kind of nothing", () => {
    for (const value of [undefined, null, "", "  ", [], {}])
      expect(present({ value }, "value")).toBeDefined();
  });

  it("holds for every kind of something, false and 0 among them", () => {
    for (const value of ["a", 0, false, [0], { a: 1 }]) expect(present({ value }, "value")).toBeUndefined();
  });

  it("never shows the value", () => {
    expect(JSON.stringify(present({ password: " " }, "password"))).toContain("password is not set");
  });
});

describe("an unknown value", () => {
  const { props } = resourceOf("test:index:Thing", { a: { b: unknown } });

  it.each([
    ["equals", () => equals(props, "a.b", unknown)],
    ["oneOf", () => oneOf(props, "a.b", [unknown])],
    ["atLeast", () => atLeast(props, "a.b", 0)],
    ["atMost", () => atMost(props, "a.b", 0)],
    ["present", () => present(props, "a.b")],
  ])("is never compared by %s", (_name, compare) => {
    expect(compare).toThrow("a.b");
  });
});

it("all collects every violation, in order", () => {
  const one = { observed: "1", wanted: "2" };
  const two = { observed: "3", wanted: "4" };
  expect(all(undefined, one, [], [two, one])).toEqual([one, two, one]);
});

it("show names absence and hides the inside of objects", () => {
  expect([undefined, null, [], ["a", 1], { secret: 1 }, false].map((v) => show(v))).toEqual([
    "not set",
    "not set",
    "empty",
    "a, 1",
    "an object",
    "false",
  ]);
});
