import { unknownCheckingProxy } from "@pulumi/policy";
import { unknownStringValue } from "@pulumi/policy/proxy.js";
import fc from "fast-check";
import { expect, it } from "vitest";
import { readable, unwrapped } from "../../policies/readable.ts";

type Values = Record<string, unknown>;

const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<unknown>(unknownStringValue, "a", 1, true, null, undefined),
    fc.array(tie("tree"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "c"), tie("tree"), { maxKeys: 3, noNullPrototype: true }),
  ),
}));

/** All that can be read, and what is said of what cannot. */
function told(values: unknown): unknown {
  if (typeof values !== "object" || values === null) return values;
  const entries = Object.keys(values).map((key) => {
    try {
      return [key, told((values as Values)[key])];
    } catch (error) {
      const { name, message, props, unknownTypeSentinel } = error as Error & Values;
      return [key, { name, message, props, unknownTypeSentinel }];
    }
  });
  return [Array.isArray(values), Array.isArray(values) && values.length, Object.fromEntries(entries)];
}

it("reads and refuses what the policy SDK's proxy does", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom("a", "b"), tree, { noNullPrototype: true }), (values) => {
      expect(told(readable(values))).toEqual(told(unknownCheckingProxy(values)));
    }),
  );
});

it("leaves what is closed closed, and what is not listed unlisted", () => {
  const values = Object.defineProperties({ open: 1, unknown: unknownStringValue } as Values, {
    closed: {
      enumerable: true,
      get() {
        throw new Error("closed");
      },
    },
    filledIn: { value: true },
  });
  const read = readable(values);
  expect(() => read["closed"]).toThrow("closed");
  expect(() => read["unknown"]).toThrow(".unknown can't be known");
  expect(Object.keys(read)).toEqual(["open", "unknown", "closed"]);
  expect(read["filledIn"]).toBe(true);
});

it("takes what the policy SDK has wrapped", () => {
  const values = { a: { b: 1 } };
  expect(unwrapped(unknownCheckingProxy(values))).toBe(values);
  expect(unwrapped(values)).toBe(values);
});

it("copies nothing that is known", () => {
  const known = { list: [1, { a: "b" }] };
  expect(readable(known)).toBe(known);
  expect(readable({ known, unknown: unknownStringValue }).known).toBe(known);
});
