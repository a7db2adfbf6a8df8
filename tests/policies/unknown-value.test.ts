import { expect, it } from "vitest";
import { isUnknownValue, whenKnown } from "../../policies/unknown-value.ts";
import { resourceOf, unknown } from "./support/stack.ts";

const unread = { unknownTypeSentinel: true, props: ["size"] };
const fails = (error: unknown) => () => {
  throw error;
};

it.each([
  ["an error that says so", Object.assign(new Error("later"), unread), true],
  ["an error that happens to have props", Object.assign(new Error("oops"), { props: [] }), false],
  ["an error that names no property", Object.assign(new Error("oops"), { unknownTypeSentinel: 1 }), false],
  ["what is no error", unread, false],
  ["any other error", new TypeError("oops"), false],
])("%s tells of an unknown value: %s", (_title, error, expected) => {
  expect(isUnknownValue(error)).toBe(expected);
});

it("gives nothing where the value is only known later", () => {
  const { props } = resourceOf("test:index:Bucket", { size: unknown, name: "files" });
  expect(whenKnown(() => props["size"])).toBeUndefined();
  expect(whenKnown(() => props["name"])).toBe("files");
});

it.each([
  ["what a state keeps closed", Object.assign(new Error("closed"), unread, { reason: "encrypted" })],
  ["any other error", Object.assign(new TypeError("oops"), { props: [] })],
])("does not take %s for it", (_title, error) => {
  expect(() => whenKnown(fails(error))).toThrow(error);
});
